#include "health/trend.h"

#include <gtest/gtest.h>

#include "account_builder.h"
#include "shipped_facts.h"

namespace destock::health {
namespace {

using test::shipped_facts;

using test::AccountBuilder;

std::vector<TrendWeek> trend_of(AccountBuilder& builder) {
  const auto account = builder.build();
  const auto report = diagnose_account(account, shipped_facts(), 1);
  return trend(account, report.diagnoses, report.figures.base_currency, shipped_facts().playbook);
}

// Ten a day at a price of 20: three months are 900 units.
TEST(Trend, StockAndExcessOfThePastWeeks) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 1000).price = Money::of("20", "USD");
  builder.sells(sku, 10, 100).covers();
  builder.facts().stock_weeks = {{sku, 0, 1000}, {sku, 2, 1150}};
  const auto weeks = trend_of(builder);
  ASSERT_EQ(weeks.size(), 2u);
  EXPECT_EQ(weeks[0].day, builder.facts().as_of - Days(14));
  EXPECT_EQ(weeks[0].stock_value, Money::of("23000", "USD"));
  EXPECT_EQ(weeks[0].excess_value, Money::of("5000", "USD"));
  EXPECT_EQ(weeks[1].stock_value, Money::of("20000", "USD"));
  EXPECT_EQ(weeks[1].excess_value, Money::of("2000", "USD"));
}

TEST(Trend, ExcessIsUnknownBeforeTheSalesReportsBegin) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 1000).price = Money::of("20", "USD");
  builder.sells(sku, 10, 40).covers("US", 40);
  builder.facts().stock_weeks = {{sku, 0, 1000}, {sku, 1, 1000}, {sku, 2, 1000}};
  const auto weeks = trend_of(builder);
  ASSERT_EQ(weeks.size(), 3u);
  EXPECT_FALSE(weeks[0].excess_value.has_value());
  EXPECT_TRUE(weeks[1].excess_value.has_value());
}

TEST(Trend, NothingWithoutALedger) {
  AccountBuilder builder;
  builder.planning(builder.listing("A"), 1000).price = Money::of("20", "USD");
  EXPECT_TRUE(trend_of(builder).empty());
}

}  // namespace
}  // namespace destock::health
