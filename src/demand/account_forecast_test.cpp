#include "demand/account_forecast.h"

#include <gtest/gtest.h>

#include <cmath>

#include "account_builder.h"
#include "book.h"
#include "shipped_facts.h"

namespace destock::demand {
namespace {

using test::AccountBuilder;
using test::shipped_facts;

int32_t day_before(const AccountBuilder& builder, int days) {
  return static_cast<int32_t>(day_number(const_cast<AccountBuilder&>(builder).facts().as_of)) - days;
}

TEST(History, WeeksEndTheDayBefore) {
  AccountBuilder builder;
  const auto listing = builder.listing("A");
  builder.covers().sells(listing, 2, 28);
  builder.sale(listing, day_before(builder, 0), 99);  // the day itself: not complete
  const History history = weekly_history(builder.build());
  const auto units = history.panel.of(0);
  ASSERT_EQ(units.size(), 4u);
  for (double u : units) EXPECT_EQ(u, 14);
  EXPECT_NEAR(std::exp(history.log_price[0]), 20, 1e-5);
}

TEST(History, DaysOutOfStockAreCensoredNotZero) {
  AccountBuilder builder;
  const auto listing = builder.listing("A");
  builder.covers();
  for (int back = 28; back >= 1; --back) {
    const bool empty = back <= 4 || (back > 14 && back <= 21);
    if (empty)
      builder.facts().stockouts.push_back({listing, day_before(builder, back)});
    else
      builder.sale(listing, day_before(builder, back), 3);
  }
  const History history = weekly_history(builder.build());
  const auto units = history.panel.of(0);
  ASSERT_EQ(units.size(), 4u);
  EXPECT_EQ(units[0], 21);
  EXPECT_TRUE(std::isnan(units[1]));  // a whole week empty
  EXPECT_EQ(units[2], 21);
  EXPECT_NEAR(units[3], 21, 1e-9);  // three days in stock, at their pace
  EXPECT_NEAR(history.in_stock[3], 3.0 / 7, 1e-6);
}

TEST(History, TheLedgerAndASnapshotMayTellTheSameStockout) {
  AccountBuilder builder;
  const auto listing = builder.listing("A");
  builder.covers().sells(listing, 1, 60);
  builder.facts().stockouts.push_back({listing, day_before(builder, 70)});
  builder.facts().stockouts.push_back({listing, day_before(builder, 70)});
  EXPECT_EQ(builder.build().stockout_days.of(0).size(), 1u);
}

TEST(History, PriceIsWhatWasPaid) {
  AccountBuilder builder;
  const auto listing = builder.listing("A");
  builder.covers();
  for (int back = 14; back >= 1; --back)
    builder.facts().sales.push_back({listing, day_before(builder, back), 2, 400'000, 2, back <= 7 ? 1 : 0,
                                     back <= 7 ? 40'000 : 0});  // 20.00 each; one of two with 4.00 off
  const History history = weekly_history(builder.build());
  EXPECT_NEAR(std::exp(history.log_price[0]), 20, 1e-4);
  EXPECT_NEAR(std::exp(history.log_price[1]), 18, 1e-4);
  EXPECT_NEAR(history.promotion[1], 0.5, 1e-6);
  EXPECT_NEAR(std::exp(regular_log_price(history, 0)), 20, 1e-4);
}

TEST(History, WeeksThatNoReportCoversAreNotKnown) {
  AccountBuilder builder;
  const auto listing = builder.listing("A");
  builder.facts().sales_spans.push_back(
      {"US", builder.facts().as_of - Days(100), builder.facts().as_of - Days(15)});  // two weeks behind
  for (int back = 100; back >= 15; --back) builder.sale(listing, day_before(builder, back), 1);
  const auto units = weekly_history(builder.build()).panel;
  EXPECT_TRUE(std::isnan(units.of(0).back()));
  EXPECT_EQ(units.of(0)[5], 7);
}

AccountBuilder shop(int listings, int days = 400) {
  AccountBuilder builder;
  builder.covers("US", days);
  for (int i = 0; i < listings; ++i) {
    const auto listing = builder.listing("S" + std::to_string(1000 + i));
    for (int back = days; back >= 1; --back)
      if (const int64_t units = (back * (i + 3) + back / 7) % (2 + i % 5); units > 0)
        builder.sale(listing, day_before(builder, back), units, back % 90 < 14 ? 16 : 20);
  }
  return builder;
}

TEST(AccountForecast, OrdersAloneGiveAForecast) {
  auto builder = shop(30);
  const auto account = builder.build();
  const AccountForecast forecast = forecast_account(account, shipped_facts(), 52, 1);
  for (size_t i = 0; i < account.size(); ++i) {
    ASSERT_EQ(forecast.of(i).size(), 52u);
    EXPECT_EQ(forecast.listings[i].basis, ForecastBasis::kHistory);
    for (const WeekForecast& week : forecast.of(i)) {
      EXPECT_TRUE(std::isfinite(week.mean));
      EXPECT_LE(week.p10, week.p50);
      EXPECT_LE(week.p50, week.p90);
    }
  }
  EXPECT_EQ(forecast.week_start(0), account.as_of);
}

TEST(AccountForecast, AStockoutIsNotADeadListing) {
  AccountBuilder builder = shop(20);
  const auto sold_out = builder.listing("Z-SOLD-OUT");
  const auto dead = builder.listing("Z-DEAD");
  for (int back = 400; back >= 50; --back) {
    builder.sale(sold_out, day_before(builder, back), 2);
    builder.sale(dead, day_before(builder, back), 2);
  }
  builder.planning(dead, 120);
  for (int back = 49; back >= 1; --back) builder.facts().stockouts.push_back({sold_out, day_before(builder, back)});
  const auto account = builder.build();
  const AccountForecast forecast = forecast_account(account, shipped_facts(), 8, 1);
  EXPECT_LT(forecast.of(20)[0].mean, 4) << account.listings[20].sku;  // Z-DEAD
  EXPECT_NEAR(forecast.of(21)[0].mean, 14, 3);
  EXPECT_EQ(forecast.listings[21].censored_weeks, 7);
}

TEST(AccountForecast, ThreadsAndTheOrderOfRowsChangeNothing) {
  auto builder = shop(150, 200);
  const auto account = builder.build();
  std::reverse(builder.facts().sales.begin(), builder.facts().sales.end());
  const auto turned = builder.build();
  const AccountForecast one = forecast_account(account, shipped_facts(), 13, 1);
  const AccountForecast four = forecast_account(turned, shipped_facts(), 13, 4);
  ASSERT_EQ(one.forecast.size(), four.forecast.size());
  for (size_t i = 0; i < one.forecast.size(); ++i) {
    EXPECT_EQ(one.forecast[i].mean, four.forecast[i].mean);
    EXPECT_EQ(one.forecast[i].p90, four.forecast[i].p90);
  }
  for (size_t i = 0; i < account.size(); ++i)
    EXPECT_EQ(one.responses[i].elasticity.mean, four.responses[i].elasticity.mean);
}

TEST(AccountForecast, AMarketplaceWithoutSalesReportSaysSo) {
  AccountBuilder builder = shop(12);
  const auto british = builder.listing("UK-1", "UK");
  builder.planning(british, 10);
  const auto account = builder.build();
  const AccountForecast forecast = forecast_account(account, shipped_facts(), 4, 1);
  const size_t last_uk = 0;  // UK stands before US
  EXPECT_EQ(account.listings[last_uk].marketplace, "UK");
  EXPECT_EQ(forecast.listings[last_uk].basis, ForecastBasis::kNoHistory);
  EXPECT_TRUE(forecast.of(last_uk).empty());
}

TEST(AccountForecast, ForecastsAreAtTheRegularPriceWithoutPromotion) {
  AccountBuilder builder;
  builder.covers("US", 400);
  for (int i = 0; i < 25; ++i) {
    const auto listing = builder.listing("P" + std::to_string(100 + i));
    for (int back = 400; back >= 1; --back) {
      const bool promoted = back <= 14 || (back > 200 && back <= 214);
      builder.facts().sales.push_back({listing, day_before(builder, back), promoted ? 9 : 3,
                                       (promoted ? 9 : 3) * 200'000, promoted ? 9 : 3, promoted ? 9 : 0,
                                       promoted ? 9 * 40'000 : 0});
    }
  }
  const AccountForecast forecast = forecast_account(builder.build(), shipped_facts(), 4, 1);
  // 21 a week at the regular price; 63 in the two weeks of promotion just past.
  EXPECT_LT(forecast.of(0)[1].mean, 40);
  EXPECT_GT(forecast.of(0)[1].mean, 14);
  EXPECT_NEAR(*forecast.listings[0].regular_price, 20, 1e-4);
}

// Quantity breaks: large orders at a lower price, week after week. The price tells the order, and the forecast is of
// both.
TEST(AccountForecast, APriceThatAlwaysMovesIsNotDividedOut) {
  AccountBuilder builder;
  builder.covers("US", 400);
  for (int i = 0; i < 20; ++i) {
    const auto listing = builder.listing("Q" + std::to_string(100 + i));
    for (int back = 400; back >= 1; back -= 3) {
      const int64_t units = 1 + (back / 3 + i) % 9;
      builder.sale(listing, day_before(builder, back), units, 20.0 - static_cast<double>(units));
    }
  }
  const AccountForecast forecast = forecast_account(builder.build(), shipped_facts(), 4, 1);
  EXPECT_LT(forecast.listings[0].price_trust, 0.5);
  EXPECT_NEAR(forecast.of(0)[0].mean, 5.0 * 7 / 3, 3);
}

TEST(AccountForecast, TheFitKnowsNothingOfItsWeek) {
  auto builder = shop(20);
  const auto account = builder.build();
  const AccountForecast forecast = forecast_account(account, shipped_facts(), 4, 1);
  const auto weeks = fitted_weeks(account, shipped_facts(), forecast, 0);
  ASSERT_EQ(weeks.size(), forecast.history.panel.length(0));
  double error = 0;
  double units = 0;
  for (size_t t = weeks.size() / 2; t < weeks.size(); ++t) {
    error += std::abs(weeks[t].fitted - weeks[t].sold);
    units += weeks[t].sold;
  }
  EXPECT_LT(error, units);
  EXPECT_TRUE(std::isnan(weeks[0].fitted));
}

TEST(Launch, NewListingsStartBelowTheirPace) {
  AccountBuilder builder;
  builder.covers("US", 400);
  for (int i = 0; i < 12; ++i) {
    const auto listing = builder.listing("L" + std::to_string(100 + i));
    for (int back = 300; back >= 1; --back) builder.sale(listing, day_before(builder, back), back > 280 ? 1 : 4);
  }
  const History history = weekly_history(builder.build());
  ASSERT_TRUE(history.launched[0]);
  const auto curves = learn_launches(history, history.panel, shipped_facts().demand.launch);
  EXPECT_LT(curves[0].at(0), 0.45);
  EXPECT_NEAR(curves[0].at(12), 1, 0.15);
  EXPECT_EQ(curves[0].launches, 12);
}

TEST(Events, APastPrimeDayMovesThePrior) {
  AccountBuilder builder(make_date(2026, 1, 5));
  builder.covers("US", 400);
  const auto first = static_cast<int32_t>(day_number(make_date(2025, 7, 8)));
  const auto last = static_cast<int32_t>(day_number(make_date(2025, 7, 11)));
  for (int i = 0; i < 20; ++i) {
    const auto listing = builder.listing("E" + std::to_string(100 + i));
    for (int back = 400; back >= 1; --back) {
      const int32_t day = day_before(builder, back);
      builder.sale(listing, day, day >= first && day <= last ? 12 : 4);
    }
  }
  const auto account = builder.build();
  const History history = weekly_history(account);
  const auto effects = learn_events(account, history.panel, shipped_facts());
  const auto prime = std::find_if(effects.begin(), effects.end(), [](const auto& e) { return e.event == "prime_day"; });
  ASSERT_NE(prime, effects.end());
  EXPECT_GT(prime->uplift, 1.8);
  EXPECT_LT(prime->uplift, 3);
  EXPECT_GT(prime->seen, 0);
  const EventWeeks weeks(effects, shipped_facts().calendar("US"), account.as_of, 52);
  double most = 0;
  for (int ahead = 1; ahead <= 52; ++ahead) most = std::max(most, weeks.at(ahead));
  EXPECT_GT(most, 1.3);
}

}  // namespace
}  // namespace destock::demand
