#include "health/diagnose.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "account_builder.h"
#include "health/flags.h"
#include "shipped_facts.h"

namespace destock::health {
namespace {

using test::shipped_facts;

using test::AccountBuilder;

TEST(StockToSales, ThePlaybooksExample) {
  const auto& rule = shipped_facts().playbook.stock_to_sales;
  EXPECT_NEAR(*stock_to_sales(2840, 280), 10.142857, 1e-6);
  EXPECT_EQ(band_of(2840, 280, false, rule), Band::kExcess);
  EXPECT_EQ(excess_units(2840, 280, Band::kExcess, rule), 2000);
}

TEST(StockToSales, TwoAndThreeAreHealthy) {
  const auto& rule = shipped_facts().playbook.stock_to_sales;
  EXPECT_EQ(band_of(199, 100, false, rule), Band::kStockoutRisk);
  EXPECT_EQ(band_of(200, 100, false, rule), Band::kHealthy);
  EXPECT_EQ(band_of(300, 100, false, rule), Band::kHealthy);
  EXPECT_EQ(band_of(301, 100, false, rule), Band::kExcess);
}

TEST(StockToSales, DeadStockHasNoRatio) {
  const auto& rule = shipped_facts().playbook.stock_to_sales;
  EXPECT_FALSE(stock_to_sales(50, 0).has_value());
  EXPECT_EQ(band_of(50, 0, false, rule), Band::kDead);
  EXPECT_EQ(band_of(50, 0, true, rule), Band::kNew);
  EXPECT_EQ(band_of(0, 0, false, rule), Band::kNoStock);
  EXPECT_EQ(band_of(50, std::nullopt, false, rule), Band::kUnknown);
  EXPECT_EQ(excess_units(50, 0, Band::kDead, rule), 50);
}

TEST(Diagnose, TheWholeExample) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  auto& row = builder.planning(sku, 2800);
  row.inbound_shipped = 40;
  row.amazon_excess = 1800;
  row.recommended_action = "Create sale";
  row.ages = {{0, 90, 800}, {91, 180, 1200}, {181, 270, 500}, {271, 365, 200}, {366, std::nullopt, 100}};
  builder.sells(sku, 9, 30).covers();
  builder.sale(sku, static_cast<int32_t>(day_number(builder.facts().as_of - Days(5))), 10);
  const auto account = builder.build();
  const Diagnosis found = diagnose(account, 0, shipped_facts());
  EXPECT_EQ(found.velocity.units_last_month, 280);
  EXPECT_NEAR(*found.stock_to_sales, 10.142857, 1e-6);
  EXPECT_EQ(found.excess_units, 2000);
  EXPECT_EQ(found.ageing.aged_181_plus, 800);
  EXPECT_EQ(found.ageing.aged_91_plus, 2000);
  EXPECT_EQ(found.priority, 0);
  EXPECT_FALSE(difference_from_amazon(account, found, shipped_facts().playbook).en.empty());
  ASSERT_TRUE(found.ageing.next_charged.has_value());
  EXPECT_FALSE(found.ageing.next_charged->exact());  // a band gives a range
}

TEST(Ageing, ReceiptsGiveTheDayOfTheNextCrossing) {
  const Date as_of = make_date(2026, 1, 5);
  const std::vector<account::AgeBand> bands = {{91, 180, 60}};
  const std::vector<account::Receipt> receipts = {{static_cast<int32_t>(day_number(as_of - Days(150))), 100}};
  const Ageing found = ageing(bands, receipts, 60, as_of, shipped_facts().playbook.age, 181);
  ASSERT_TRUE(found.next_charged.has_value());
  EXPECT_TRUE(found.next_charged->exact());
  EXPECT_EQ(found.next_charged->earliest, as_of + Days(31));
  EXPECT_EQ(found.next_charged->units, 60);
}

TEST(Ageing, UnknownAgesAreNotYoung) {
  const Ageing found = ageing({}, {}, 60, make_date(2026, 1, 5), shipped_facts().playbook.age, 181);
  EXPECT_FALSE(found.known);
}

TEST(Account, TwoCurrenciesAreNotAddedWithoutARate) {
  AccountBuilder builder;
  builder.planning(builder.listing("A"), 100).price = Money::of("10", "USD");
  builder.planning(builder.listing("B", "UK"), 100).price = Money::of("10", "GBP");
  auto report = diagnose_account(builder.build(), shipped_facts(), 1);
  EXPECT_FALSE(report.figures.stock_value.has_value());
  EXPECT_EQ(report.figures.missing_rates, (std::vector<std::string>{"GBP→USD"}));
  builder.facts().rates.push_back({make_date(2026, 1, 1), currency_of("GBP"), currency_of("USD"), 1.3});
  report = diagnose_account(builder.build(), shipped_facts(), 1);
  EXPECT_EQ(report.figures.stock_value, Money::of("2300", "USD"));
  EXPECT_EQ(report.figures.valued_at_price_skus, 2);
}

TEST(Account, TheAlarmRingsAboveThirtyPercent) {
  const auto share = [](int64_t excess_stock) {
    AccountBuilder builder;
    const auto good = builder.listing("GOOD");
    const auto bad = builder.listing("BAD");
    builder.planning(good, 700).price = Money::of("10", "USD");
    builder.planning(bad, excess_stock).price = Money::of("10", "USD");
    builder.sells(good, 10).covers();
    return diagnose_account(builder.build(), shipped_facts(), 1).figures;
  };
  EXPECT_FALSE(share(300).alarm);  // 30 %, not above
  EXPECT_TRUE(share(310).alarm);
}

TEST(Account, ThreadsAndRowOrderChangeNothing) {
  AccountBuilder builder;
  for (int i = 0; i < 2'000; ++i) {
    const auto sku = builder.listing("S" + std::to_string(i));
    auto& row = builder.planning(sku, i % 300);
    row.price = Money::of("9.99", "USD");
    row.volume_cuft = 0.1;
    row.ages = {{0, 90, i % 300}};
    if (i % 3 != 0) builder.sells(sku, i % 5 + 1);
  }
  builder.covers();
  const auto account = builder.build();
  const auto one = diagnose_account(account, shipped_facts(), 1);
  const auto many = diagnose_account(account, shipped_facts(), 7);
  EXPECT_EQ(one.figures.stock_value, many.figures.stock_value);
  EXPECT_EQ(one.figures.holding_cost_oct_dec, many.figures.holding_cost_oct_dec);
  for (size_t i = 0; i < account.size(); ++i) {
    EXPECT_EQ(one.diagnoses[i].excess_units, many.diagnoses[i].excess_units);
    EXPECT_EQ(one.diagnoses[i].holding.now, many.diagnoses[i].holding.now);
  }
}

RC_GTEST_PROP(StockToSales, ExcessLeavesThreeMonths, ()) {
  const auto stock = *rc::gen::inRange<int64_t>(0, 100'000);
  const auto month = *rc::gen::inRange<int64_t>(1, 10'000);
  const auto& rule = shipped_facts().playbook.stock_to_sales;
  const Band band = band_of(stock, month, false, rule);
  const int64_t excess = excess_units(stock, month, band, rule);
  RC_ASSERT(excess >= 0);
  RC_ASSERT((excess > 0) == (band == Band::kExcess));
  if (excess > 0) RC_ASSERT(stock - excess == 3 * month);
}

}  // namespace
}  // namespace destock::health
