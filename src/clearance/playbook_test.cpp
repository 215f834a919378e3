#include "clearance/playbook.h"

#include <gtest/gtest.h>

#include <rapidcheck/gtest.h>
#include <cmath>

#include "account_builder.h"
#include "clearance/eligibility.h"
#include "clearance/price_response.h"
#include "shipped_facts.h"

namespace destock::clearance {
namespace {

using test::shipped_facts;

struct WantedLine {
  int64_t stock = 1'200;
  int64_t per_day = 10;
  int oldest = 120;
  bool ages_known = true;
  bool costs = false;
  double price = 29.99;
  std::string marketplace = "US";
  bool dead = false;
};

SkuCase case_of(const WantedLine& wanted) {
  test::AccountBuilder builder;
  const auto sku = builder.listing("A", wanted.marketplace);
  const std::string currency = wanted.marketplace == "US" ? "USD" : "GBP";
  auto& row = builder.planning(sku, wanted.stock);
  row.price = Money::from_double(wanted.price, currency_of(currency));
  row.volume_cuft = 0.2;
  if (wanted.ages_known) row.ages = {{wanted.oldest, wanted.oldest, wanted.stock}};
  account::FeePreviewRow fees;
  fees.listing = sku;
  fees.price = row.price;
  fees.referral_fee = Money::from_double(wanted.price * 0.15, currency_of(currency));
  fees.fulfilment_fee = Money::of("5", currency);
  fees.weight_lb = 1.0;
  builder.facts().fee_preview.push_back(fees);
  if (wanted.costs) {
    account::CostRow cost;
    cost.sku = "A";
    cost.unit_cost = Money::of("8", currency);
    cost.freight = Money::of("3", currency);
    builder.facts().costs.push_back(cost);
  }
  builder.covers(wanted.marketplace);
  if (!wanted.dead) builder.sells(sku, wanted.per_day);
  const auto account = builder.build();
  const double month = wanted.dead ? 0 : static_cast<double>(wanted.per_day) * 30;
  const Need need{0,
                  wanted.dead ? "dead" : "excess",
                  month > 0 ? static_cast<double>(wanted.stock) / month : 0,
                  month,
                  wanted.dead ? 0 : static_cast<double>(wanted.per_day),
                  wanted.oldest >= 181 ? static_cast<double>(wanted.stock) : 0,
                  wanted.ages_known,
                  wanted.ages_known ? std::optional<int>(wanted.oldest) : std::nullopt,
                  wanted.dead};
  return sku_case(account, need, shipped_facts(), 26);
}

std::vector<std::string> channels(const Played& played) {
  std::vector<std::string> names;
  for (const auto& action : played.actions) names.push_back(action.channel);
  return names;
}

const account::PlanAction* first(const Played& played, const std::string& channel) {
  for (const auto& action : played.actions)
    if (action.channel == channel) return &action;
  return nullptr;
}

// 29.99 at 20 % → 23.99, 10 → 35 a day, 490 units in 14 days.
TEST(Playbook, OutletAsInTheArticle) {
  const Played played = play(case_of({}), Policy::kPlaybook, shipped_facts());
  const auto* outlet = first(played, "outlet");
  ASSERT_NE(outlet, nullptr);
  EXPECT_EQ(outlet->price, Money::of("23.99", "USD"));
  EXPECT_NEAR(*outlet->expected_units, 490, 1e-9);
  EXPECT_EQ(days_between(outlet->start, outlet->end), 13);
  EXPECT_NEAR(outlet->expected_cash->to_double(), 490 * (23.99 * 0.85 - 5), 0.01);
  EXPECT_FALSE(outlet->checks.empty());  // stars, Subscribe & Save: a person must look
}

TEST(Playbook, OutletNeedsNinetyDaysInFbaAndElevenUnits) {
  WantedLine young;
  young.oldest = 60;
  EXPECT_EQ(first(play(case_of(young), Policy::kPlaybook, shipped_facts()), "outlet"), nullptr);
  WantedLine few;
  few.stock = 8;
  few.per_day = 0;
  few.dead = true;
  EXPECT_TRUE(eligibility(case_of(few), *shipped_facts().channel("outlet")).plainly_not);
  WantedLine unknown;
  unknown.ages_known = false;
  const Eligibility asked = eligibility(case_of(unknown), *shipped_facts().channel("outlet"));
  EXPECT_FALSE(asked.plainly_not);
  EXPECT_EQ(asked.checks.front().en, "at least 90 days in FBA");
}

TEST(Playbook, DealsByTheSizeOfTheExcess) {
  WantedLine small;
  small.stock = 300 * 3 + 400;  // ratio 4.3: too young for Outlet, so the deal by size
  small.oldest = 40;
  EXPECT_EQ(channels(play(case_of(small), Policy::kPlaybook, shipped_facts()))[1], "lightning");
  WantedLine middle;
  middle.stock = 300 * 3 + 800;
  EXPECT_EQ(channels(play(case_of(middle), Policy::kPlaybook, shipped_facts()))[0], "best_deal");
  WantedLine large;
  large.stock = 4'000;
  const auto rotation = channels(play(case_of(large), Policy::kPlaybook, shipped_facts()));
  EXPECT_EQ((std::vector<std::string>(rotation.begin(), rotation.begin() + 3)),
            (std::vector<std::string>{"woot", "best_deal", "woot"}));
}

TEST(Playbook, TheWootRotationTakes42DaysAndStepsUp) {
  WantedLine large;
  large.stock = 6'000;
  const Played played = play(case_of(large), Policy::kPlaybook, shipped_facts());
  std::vector<const account::PlanAction*> legs;
  for (const auto& action : played.actions)
    if (action.channel == "woot" || action.channel == "best_deal" || action.channel == "ped") legs.push_back(&action);
  ASSERT_GE(legs.size(), 4u);
  EXPECT_EQ(days_between(legs[0]->start, legs[3]->start), 42);
  EXPECT_LT(*legs[0]->discount, *legs[1]->discount);
  EXPECT_LT(*legs[1]->discount, *legs[2]->discount);
  for (const auto* leg : legs) EXPECT_LE(*leg->discount, 0.70);
}

TEST(Playbook, WootIsAmericanOnly) {
  WantedLine british;
  british.stock = 4'000;
  british.marketplace = "UK";
  EXPECT_EQ(first(play(case_of(british), Policy::kPlaybook, shipped_facts()), "woot"), nullptr);
  EXPECT_NE(first(play(case_of(british), Policy::kPlaybook, shipped_facts()), "best_deal"), nullptr);
}

TEST(Playbook, TheLastStageIsForStockOlderThanSixMonths) {
  WantedLine heavy;
  heavy.stock = 5'000;
  heavy.costs = true;
  heavy.oldest = 100;  // 100 + 42 + 30 + 7 + 30 days < 181 + …: reaches it only late
  const auto stages = [&](int oldest) {
    WantedLine wanted = heavy;
    wanted.oldest = oldest;
    int count = 0;
    const Played played = play(case_of(wanted), Policy::kPlaybook, shipped_facts());
    for (const auto& action : played.actions) count += action.channel == "markdown";
    return count;
  };
  EXPECT_EQ(stages(10), 2);
  EXPECT_EQ(stages(181), 3);
}

TEST(Playbook, DeadStockWithoutASaleInAYearLeavesInBulk) {
  WantedLine dead;
  dead.stock = 240;
  dead.dead = true;
  const auto found = channels(play(case_of(dead), Policy::kPlaybook, shipped_facts()));
  EXPECT_EQ(found.size(), 1u);
  EXPECT_TRUE(found[0] == "liquidation" || found[0] == "wholesale") << found[0];
}

TEST(PlanLine, SaysWhyAndWhatWaitingCosts) {
  const SkuCase sku = case_of({});
  const account::Listing listing{"US", "A", "B0A", "X0A", "A title", "", "", "", "", currency_of("USD")};
  const auto line = playbook_line(sku, listing, shipped_facts());
  EXPECT_EQ(line.cost_of_delay.size(), 4u);
  EXPECT_NE(line.why.en.find("Outlet"), std::string::npos) << line.why.en;
  EXPECT_NE(line.why.zh.find("奥特莱斯"), std::string::npos) << line.why.zh;
  EXPECT_FALSE(line.upper_bound.has_value());
  ASSERT_TRUE(line.next_best.has_value());
  EXPECT_EQ(line.weeks.size(), 26u);
}

// Elasticity −2: by a straight line to 35 % off, by six tenths of it beyond, by no more beyond half price.
TEST(PriceResponse, BelievesLessOfDeepCutsAndNoMoreBeyondTheDeepest) {
  const auto& rule = shipped_facts().playbook.price_response;
  EXPECT_NEAR(price_multiplier(20, 20, rule), 1, 1e-12);
  EXPECT_NEAR(price_multiplier(14, 20, rule), 1 / (0.7 * 0.7), 1e-9);
  const double half = 1 / (0.65 * 0.65) * std::pow(0.65 / 0.5, 2 * 0.6);
  EXPECT_NEAR(price_multiplier(10, 20, rule), half, 1e-9);
  EXPECT_NEAR(price_multiplier(2, 20, rule), half, 1e-9);
}

RC_GTEST_PROP(Policies, NeverSellMoreThanThereIs, ()) {
  WantedLine wanted;
  wanted.stock = *rc::gen::inRange<int64_t>(1, 6'000);
  wanted.per_day = *rc::gen::inRange<int64_t>(0, 30);
  wanted.dead = wanted.per_day == 0;
  wanted.oldest = *rc::gen::inRange(0, 500);
  wanted.costs = *rc::gen::arbitrary<bool>();
  const SkuCase sku = case_of(wanted);
  for (Policy policy : {Policy::kHold, Policy::kPlaybook, Policy::kLiquidate}) {
    double out = 0;
    const Played played = play(sku, policy, shipped_facts());
    for (const auto& week : played.weeks) {
      RC_ASSERT(week.units_sold >= -1e-9);
      out += week.units_sold + week.units_out;
    }
    RC_ASSERT(out <= static_cast<double>(wanted.stock) + 1e-6);
  }
}

RC_GTEST_PROP(Policies, ActionsNeverGoBelowSeventyPercentOffByProgramme, ()) {
  WantedLine wanted;
  wanted.stock = *rc::gen::inRange<int64_t>(100, 9'000);
  wanted.per_day = *rc::gen::inRange<int64_t>(1, 30);
  wanted.oldest = *rc::gen::inRange(0, 500);
  const Played played = play(case_of(wanted), Policy::kPlaybook, shipped_facts());
  for (const auto& action : played.actions) {
    RC_ASSERT(action.start <= action.end);
    if (action.channel == "woot" || action.channel == "outlet" || action.channel == "lightning")
      RC_ASSERT(*action.discount <= 0.70 + 0.005);
  }
}

}  // namespace
}  // namespace destock::clearance
