#include "clearance/optimal_line.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "account_builder.h"
#include "clearance/fluid_bound.h"
#include "shipped_facts.h"

namespace destock::clearance {
namespace {

using test::shipped_facts;

using testing::HasSubstr;
using testing::Not;

struct Wanted {
  int64_t stock = 900;
  int64_t per_day = 2;
  int oldest = 150;
  double price = 29.99;
  double deal_price = 0;  // paid in the last fortnight; 0: the price
  int64_t working = 0;    // inbound not yet sent
  Date as_of = make_date(2026, 1, 5);
};

struct Made {
  account::Account account;
  SkuCase sku;
  Outlook outlook;
};

Made made(const Wanted& wanted) {
  test::AccountBuilder builder(wanted.as_of);
  const auto sku = builder.listing("A");
  auto& row = builder.planning(sku, wanted.stock);
  row.price = Money::from_double(wanted.price, currency_of("USD"));
  row.volume_cuft = 0.5;
  row.ages = {{wanted.oldest, wanted.oldest, wanted.stock}};
  row.inbound_working = wanted.working;
  account::FeePreviewRow fees;
  fees.listing = sku;
  fees.price = row.price;
  fees.referral_fee = Money::from_double(wanted.price * 0.15, currency_of("USD"));
  fees.fulfilment_fee = Money::of("5", "USD");
  fees.weight_lb = 1.0;
  builder.facts().fee_preview.push_back(fees);
  builder.covers("US");
  const auto end = static_cast<int32_t>(day_number(wanted.as_of));
  for (int32_t day = end - 200; day < end; ++day) {
    const bool deal = wanted.deal_price > 0 && day >= end - 14;
    builder.sale(sku, day, wanted.per_day, deal ? wanted.deal_price : wanted.price);
  }
  account::Account account = builder.build();
  const double month = static_cast<double>(wanted.per_day) * 30;
  const Need need{0,
                  "excess",
                  static_cast<double>(wanted.stock) / month,
                  month,
                  static_cast<double>(wanted.per_day),
                  wanted.oldest >= 181 ? static_cast<double>(wanted.stock) : 0,
                  true,
                  wanted.oldest,
                  false};
  SkuCase sku_of = sku_case(account, need, shipped_facts(), 26);
  const auto forecast = demand::forecast_account(account, shipped_facts(), 26, 1);
  Outlook outlook = outlook_of(account, forecast, sku_of, shipped_facts());
  return {std::move(account), std::move(sku_of), std::move(outlook)};
}

// What Amazon must offer, it does.
PlanWishes offered() {
  PlanWishes wishes;
  wishes.assume_offers = true;
  return wishes;
}

account::PlanLine line_of(const Wanted& wanted, const PlanWishes& wishes = offered()) {
  const Made m = made(wanted);
  Planner planner;
  return optimal_line(m.sku, m.outlook, m.account.listings[0], shipped_facts(), wishes, planner);
}

TEST(SkuDecision, SurchargesFallOnTheFifteenthAndStorageFollowsTheMonth) {
  Wanted wanted;
  wanted.as_of = make_date(2026, 8, 31);
  const Made m = made(wanted);
  const SkuDecision problem = sku_decision(m.sku, m.outlook, shipped_facts(), offered());
  ASSERT_EQ(problem.decision.cohorts.size(), 1u);
  const auto& rate = problem.decision.cohorts[0].rate;
  // Week 0 is 31 August to 6 September: seven days of storage. 150 days old; 181 on 1 October, so the first charge is
  // in the week of 15 October, week 6; October's storage begins in week 4.
  const double storage = *m.sku.holding.month(9, 1) / 30;
  EXPECT_NEAR(rate[1], 7 * storage, 1e-9);
  EXPECT_GT(rate[5], 2 * rate[1]);
  EXPECT_NEAR(rate[6] - rate[5], *m.sku.holding.aged_per_unit(m.sku.first_day + Days(42), 195), 1e-6);
  EXPECT_NEAR(rate[7], rate[5], 1e-9);
}

TEST(SkuDecision, ProgrammesHaveAmazonsTerms) {
  const Made m = made({});
  const SkuDecision problem = sku_decision(m.sku, m.outlook, shipped_facts(), offered());
  const auto find = [&](const char* channel) {
    const auto& all = problem.decision.programmes;
    const auto found = std::find_if(all.begin(), all.end(), [&](const Programme& p) { return p.channel == channel; });
    EXPECT_NE(found, all.end()) << channel;
    return *found;
  };
  const Programme outlet = find("outlet");
  EXPECT_EQ(outlet.weeks, 2);
  EXPECT_EQ(outlet.cooldown_weeks, 9);  // 60 days
  EXPECT_EQ(outlet.fixed_fee, 0);
  EXPECT_NEAR(outlet.min_discount, 0.2, 1e-9);
  EXPECT_TRUE(outlet.remembers);
  EXPECT_NEAR(outlet.uplift, 1.45, 0.02);  // mean of a prior of median 1.4
  const Programme best_deal = find("best_deal");
  EXPECT_NEAR(best_deal.fixed_fee, 490, 1e-9);  // 70 a day for a week
  EXPECT_NEAR(best_deal.share_fee, 0.01, 1e-9);
  const Programme lightning = find("lightning");
  EXPECT_NEAR(lightning.days, 8.0 / 24, 1e-9);
  EXPECT_EQ(lightning.weeks_until_eligible, 1);
  EXPECT_EQ(problem.decision.floor_weeks, 5);
  EXPECT_EQ(problem.decision.was_weeks, 13);
  EXPECT_GE(problem.decision.ladder.back() / 29.99, 0.3);  // never past 70 % off
  EXPECT_LE(problem.decision.ladder.back() / 29.99, 0.36);
}

TEST(SkuDecision, AYoungStockWaitsForTheOutlet) {
  Wanted young;
  young.oldest = 60;
  const Made m = made(young);
  const SkuDecision problem = sku_decision(m.sku, m.outlook, shipped_facts(), offered());
  for (const Programme& programme : problem.decision.programmes) {
    if (programme.channel == "outlet") {
      EXPECT_EQ(programme.weeks_until_eligible, 5);  // 90 days
    }
  }
}

TEST(SkuDecision, AnEventIsClosedOnceDealsAreIn) {
  Wanted wanted;
  wanted.as_of = make_date(2026, 6, 1);  // deals for Prime Day (23 June) closed on 26 May
  const auto slot_of = [&](int week) {
    const Made m = made(wanted);
    const SkuDecision problem = sku_decision(m.sku, m.outlook, shipped_facts(), offered());
    for (const Programme& programme : problem.decision.programmes)
      if (programme.channel == "best_deal") return programme.slot(week);
    return Slot{};
  };
  EXPECT_FALSE(slot_of(3).open);  // 22 to 28 June
  EXPECT_TRUE(slot_of(5).open);
  wanted.as_of = make_date(2026, 5, 18);
  EXPECT_TRUE(slot_of(5).open);
  EXPECT_NEAR(slot_of(5).fixed_fee, 1'000, 1e-9);
}

TEST(SkuDecision, RecentPricesAreRemembered) {
  Wanted wanted;
  wanted.deal_price = 19.99;
  const Made m = made(wanted);
  const SkuDecision problem = sku_decision(m.sku, m.outlook, shipped_facts(), offered());
  const Decision& d = problem.decision;
  const Standing start = Standing::at_start(d);
  EXPECT_NEAR(*floor_price(d, start), 19.99, 0.001);
  EXPECT_NEAR(*was_price(d, start), 29.99, 0.001);  // two weeks of thirteen
  for (size_t i = 0; i < d.programmes.size(); ++i)
    for (size_t level = 0; level < d.ladder.size(); ++level) {
      const bool above = d.ladder[level] > 20;
      EXPECT_FALSE(above && allowed(d, start, 1, static_cast<int>(i), level)) << d.programmes[i].channel;
    }
}

TEST(SkuDecision, RemovalIsStoredOnWhileItWaits) {
  Wanted wanted;
  wanted.as_of = make_date(2026, 8, 31);
  const Made m = made(wanted);
  for (const BulkExit& exit : sku_decision(m.sku, m.outlook, shipped_facts(), offered()).decision.exits) {
    if (exit.channel != "removal") continue;
    ASSERT_FALSE(exit.by_week.empty());
    EXPECT_LT(exit.by_week[0], exit.per_unit);
    EXPECT_LT(exit.by_week[4], exit.by_week[0]);  // October to December is dearer
  }
}

TEST(OptimalLine, StandsBetweenTheOthersAndItsBound) {
  for (const Wanted& wanted : {Wanted{}, Wanted{2'000, 2, 200}, Wanted{60, 1, 300}, Wanted{300, 10, 30}}) {
    const account::PlanLine line = line_of(wanted);
    EXPECT_GE(line.net_recovery, *line.hold_net_recovery);
    EXPECT_GE(line.net_recovery.to_double(), line.playbook_net_recovery->to_double() * 0.999);
    EXPECT_LE(line.net_recovery, *line.upper_bound);
    double gone = 0;
    for (const account::PlanWeek& week : line.weeks) gone += week.units_sold + week.units_out;
    EXPECT_LE(gone, static_cast<double>(wanted.stock) + 1e-6);
    EXPECT_FALSE(line.why.en.empty());
    EXPECT_FALSE(line.why.zh.empty());
  }
}

TEST(OptimalLine, AnExitsMoneyComesWhenItsChannelPays) {
  const account::PlanLine line = line_of({3'000, 1, 300});
  const account::PlanAction& exit = line.actions.front();
  ASSERT_GT(exit.units_out, 100);
  const market::Channel* channel = shipped_facts().channel(exit.channel);
  ASSERT_NE(channel, nullptr);
  const auto pays = static_cast<size_t>((*channel->delay_days + 6) / 7);
  ASSERT_GT(pays, 5u);
  ASSERT_LT(pays, line.weeks.size());
  const double sales = line.weeks[pays - 1].cash.to_double();
  EXPECT_LT(line.weeks[0].cash.to_double(), exit.expected_cash->to_double() / 2);
  EXPECT_GT(line.weeks[pays].cash.to_double(), sales + exit.expected_cash->to_double() * 0.8);
}

TEST(OptimalLine, SaysWhyFromWhatIsAhead) {
  Wanted wanted{900, 2, 150};
  wanted.as_of = make_date(2026, 8, 31);
  const account::PlanLine line = line_of(wanted);
  EXPECT_THAT(line.why.en, HasSubstr("900 units reach 181 days by 15 October"));
  EXPECT_THAT(line.why.en, HasSubstr("times as much from October"));
  EXPECT_THAT(line.why.zh, HasSubstr("10月15日前有 900 件满 181 天"));
  EXPECT_THAT(line.why.en, HasSubstr("more than holding"));
  EXPECT_THAT(line.why.en, HasSubstr("Next best now"));
}

TEST(OptimalLine, SaysAtWhichResponseItsFirstStepTurns) {
  int turns = 0;
  for (int64_t stock : {250, 400, 600, 900}) {
    const account::PlanLine line = line_of({stock, 2, 20});
    if (!line.turning_elasticity) continue;
    ++turns;
    const bool keeps = line.why.en.find("Keep the price") == 0;
    EXPECT_EQ(*line.turning_elasticity < *line.elasticity, keeps) << stock;
    EXPECT_THAT(line.why.en, HasSubstr(keeps ? "more price-sensitive than" : "less price-sensitive than"));
  }
  EXPECT_GE(turns, 2);
}

TEST(OptimalLine, HoldsWhatSellsByItself) {
  Wanted fast{300, 10, 30};
  const account::PlanLine line = line_of(fast);
  EXPECT_THAT(line.why.en, HasSubstr("Keep the price"));
  for (const account::PlanAction& action : line.actions) EXPECT_FALSE(action.expected_cash) << action.channel;
  ASSERT_TRUE(line.sure_out_by);
  ASSERT_TRUE(line.half_out_by);
  EXPECT_LE(*line.half_out_by, *line.sure_out_by);
}

TEST(OptimalLine, KeepsToTheSellersWishes) {
  const Wanted wanted{2'000, 2, 200};
  PlanWishes wishes;
  wishes.floor_share = 0.8;
  wishes.without = {"outlet", "liquidation", "wholesale", "removal"};
  wishes.no_change = {{make_date(2026, 1, 5), make_date(2026, 1, 11)}};
  for (const account::PlanAction& action : line_of(wanted, wishes).actions) {
    if (!action.expected_cash) continue;  // proposed beside, not part of the plan
    EXPECT_NE(action.channel, "outlet");
    EXPECT_EQ(action.units_out, 0);
    EXPECT_GE(action.price->to_double(), 0.8 * 29.99 - 0.01);
    EXPECT_GE(action.start, make_date(2026, 1, 12));
  }
}

TEST(OptimalLine, WarnsOfACouponThatWouldFallBelowTheLowestPrice) {
  PlanWishes wishes;
  wishes.floor_share = 0.8;
  bool warned = false;
  for (const account::PlanAction& action : line_of({2'000, 2, 150}, wishes).actions)
    for (const Text& check : action.checks)
      warned = warned || check.en.find("no coupon beside it") != std::string::npos;
  EXPECT_TRUE(warned);
}

TEST(OptimalLine, ShipmentsAmazonMayRefuseAreNamed) {
  Wanted wanted;
  wanted.working = 250;
  bool named = false;
  for (const Text& note : line_of(wanted).assumptions)
    named = named || note.en.find("250 units not yet sent are not counted") != std::string::npos;
  EXPECT_TRUE(named);
}

TEST(OptimalLine, WhatAmazonMustOfferStandsBesideTheLine) {
  Wanted wanted;
  wanted.stock = 900;
  const account::PlanLine with = line_of(wanted);
  const account::PlanLine without = line_of(wanted, {});
  for (const account::PlanAction& action : without.actions)
    EXPECT_FALSE(shipped_facts().channel(action.channel) && shipped_facts().channel(action.channel)->needs_offer)
        << action.channel;
  EXPECT_LE(without.net_recovery, with.net_recovery);
  if (without.if_offered) {
    EXPECT_EQ(without.if_offered->net_recovery, with.net_recovery);
    EXPECT_TRUE(shipped_facts().channel(without.if_offered->channel)->needs_offer);
  }
  EXPECT_FALSE(with.if_offered.has_value());
}

TEST(OptimalLine, IsLeftAloneBelowTheLeastGain) {
  PlanWishes wishes = offered();
  wishes.min_gain = 1e9;
  const account::PlanLine line = line_of({}, wishes);
  EXPECT_TRUE(line.actions.empty());
  EXPECT_EQ(line.net_recovery, *line.hold_net_recovery);
  EXPECT_NE(line.why.en.find("Leave alone"), std::string::npos) << line.why.en;
}

// Eleven units for an Outlet: counted when it begins, after what leaves in bulk.
TEST(OptimalLine, ADealHasItsUnitsAfterTheExit) {
  for (int stock : {12, 30, 200, 2000}) {
    Wanted wanted;
    wanted.stock = stock;
    double left = stock;
    for (const account::PlanAction& action : line_of(wanted).actions) {
      left -= action.units_out;
      if (action.channel == "outlet" || action.channel == "lightning") {
        EXPECT_GE(left, 11) << stock;
      }
    }
  }
}

}  // namespace
}  // namespace destock::clearance
