#include "restock/restock.h"

#include <gtest/gtest.h>
#include <algorithm>

#include "account_builder.h"
#include "shipped_facts.h"

namespace destock::restock {
namespace {

using test::shipped_facts;

using test::AccountBuilder;

account::CostRow cost(int64_t lead_time, int64_t moq = 0, int64_t carton = 0, const std::string& season = "") {
  account::CostRow row;
  row.sku = "A";
  row.lead_time_days = lead_time;
  if (moq) row.moq = moq;
  if (carton) row.carton = carton;
  row.season = season;
  return row;
}

// Without weeks of its own: the pace of the velocity holds on.
demand::AccountForecast no_forecast() {
  demand::AccountForecast forecast;
  forecast.offsets = {0, 0};
  return forecast;
}

RestockLine line_of(int64_t stock, int64_t per_day, const account::CostRow& row, Date as_of = make_date(2026, 1, 5)) {
  AccountBuilder builder(as_of);
  const auto sku = builder.listing("A");
  builder.planning(sku, stock);
  builder.sells(sku, per_day, 60).covers();
  builder.facts().costs.push_back(row);
  return restock_line(builder.build(), 0, shipped_facts(), no_forecast(), Surplus::kNone);
}

TEST(Restock, TwoToThreeMonthsLessStockAndInbound) {
  const RestockLine line = line_of(250, 10, cost(20));
  EXPECT_EQ(line.advice, Advice::kReorder);
  EXPECT_EQ(line.order_low, 10 * 60 - 250);
  EXPECT_EQ(line.order_high, 10 * 90 - 250);
  EXPECT_EQ(line.order_now, 650);
  EXPECT_EQ(line.reorder_point, 200);
}

TEST(Restock, AlertsWhenDaysOfSupplyAreLessThanTheLeadTime) {
  EXPECT_EQ(line_of(250, 10, cost(26)).advice, Advice::kStockoutRisk);
  EXPECT_EQ(line_of(260, 10, cost(26)).advice, Advice::kReorder);
  EXPECT_EQ(line_of(250, 10, cost(26)).stockout_date, make_date(2026, 1, 30));
}

TEST(Restock, WholeCartonsAndTheMinimumOrder) {
  EXPECT_EQ(orderable(601, 100, 20), 620);
  EXPECT_EQ(orderable(30, 200, 48), 240);
  EXPECT_EQ(orderable(0, 200, 48), 0);
}

TEST(Restock, AMinimumOrderAboveTheNeedIsSaid) {
  const RestockLine line = line_of(250, 10, cost(20, 2000));
  EXPECT_EQ(line.order_now, 2000);
  EXPECT_NE(line.reason.en.find("650 needed, the minimum order of 2000 would last 7.5 months"), std::string::npos)
      << line.reason.en;
  EXPECT_EQ(line_of(250, 10, cost(20, 600)).reason.en.find("minimum"), std::string::npos);
}

TEST(Restock, EnoughStockOrdersNothing) {
  const RestockLine line = line_of(900, 10, cost(30));
  EXPECT_EQ(line.advice, Advice::kEnough);
  EXPECT_EQ(line.order_now, 0);
}

TEST(Restock, AnUnknownLeadTimeIsSaid) {
  account::CostRow row = cost(0);
  row.lead_time_days.reset();
  const RestockLine line = line_of(100, 10, row);
  EXPECT_TRUE(line.lead_time_assumed);
  EXPECT_NE(line.reason.en.find("lead time unknown"), std::string::npos);
}

TEST(Restock, ANewListingGetsATestBatch) {
  AccountBuilder builder;
  builder.planning(builder.listing("A"), 0);
  account::CostRow row = cost(30);
  row.launch = builder.facts().as_of + Days(10);
  builder.facts().costs.push_back(row);
  builder.covers();
  const RestockLine line = restock_line(builder.build(), 0, shipped_facts(), no_forecast(), Surplus::kNone);
  EXPECT_EQ(line.advice, Advice::kTestBatch);
  EXPECT_EQ(line.order_low, 150);
  EXPECT_EQ(line.order_high, 300);
}

// Halloween is 31 October 2026: cut from a month before, cleared from two weeks before.
TEST(Restock, HalloweenIsTaperedAndCleared) {
  const RestockLine early = line_of(100, 10, cost(20, 0, 0, "halloween"), make_date(2026, 8, 1));
  EXPECT_EQ(early.advice, Advice::kStockoutRisk);
  EXPECT_EQ(early.season->clear_from, make_date(2026, 10, 17));
  const RestockLine close = line_of(30, 10, cost(9, 0, 0, "万圣节"), make_date(2026, 10, 9));
  EXPECT_EQ(close.advice, Advice::kStop);  // the order would come on the 18th
  const RestockLine after = line_of(100, 10, cost(20, 0, 0, "Halloween"), make_date(2026, 11, 2));
  EXPECT_EQ(after.advice, Advice::kStop);
  EXPECT_EQ(after.order_now, 0);
}

TEST(Restock, OnlyWhatSellsBeforeTheSeasonIsCleared) {
  const RestockLine line = line_of(30, 10, cost(4, 0, 0, "halloween"), make_date(2026, 10, 9));
  EXPECT_EQ(line.advice, Advice::kTaper);
  EXPECT_EQ(line.order_now, 10 * 8 - 30);
}

TEST(Restock, WhatArrivesAfterItsSeasonIsStopped) {
  const RestockLine line = line_of(20, 10, cost(30, 0, 0, "halloween"), make_date(2026, 9, 25));
  EXPECT_EQ(line.advice, Advice::kStop);
  EXPECT_NE(line.reason.en.find("an order of today arrives"), std::string::npos) << line.reason.en;
}

TEST(Restock, AMinimumOfMoreThanAYearIsTalkedAbout) {
  const RestockLine line = line_of(10, 1, cost(20, 800));
  EXPECT_EQ(line.advice, Advice::kNegotiate);
  EXPECT_EQ(line.order_now, 0);
}

TEST(Restock, ExcessOrdersNothingAndIsNeverEnough) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 2000);
  builder.sells(sku, 10, 60).covers();
  const RestockLine line = restock_line(builder.build(), 0, shipped_facts(), no_forecast(), Surplus::kExcess);
  EXPECT_EQ(line.advice, Advice::kStop);
  EXPECT_NE(line.reason.en.find("excess: the stock lasts about 200 days"), std::string::npos) << line.reason.en;
}

TEST(Restock, FactoryHolidaysLengthenTheLeadTime) {
  const RestockLine line = line_of(100, 10, cost(60), make_date(2026, 1, 5));
  EXPECT_GT(line.factory_closed_days, 0);
  EXPECT_EQ(line.arrives, make_date(2026, 1, 5) + Days(60 + static_cast<int>(line.factory_closed_days)));
}

TEST(Restock, TheEventsAheadAndWhatIsDueForThem) {
  AccountBuilder builder(make_date(2026, 8, 1));
  builder.planning(builder.listing("A"), 100);
  builder.listing("B", "UK");
  builder.facts().costs.push_back(cost(20, 0, 0, "halloween"));
  const auto events = events_ahead(builder.build(), shipped_facts(), 120);
  const auto halloween = std::find_if(events.begin(), events.end(), [](const EventAhead& ahead) {
    return ahead.marketplace == "US" && ahead.event->id == "halloween";
  });
  ASSERT_NE(halloween, events.end());
  EXPECT_EQ(halloween->skus, 1);
  EXPECT_EQ(halloween->order_by, make_date(2026, 10, 31) - Days(60));
  EXPECT_EQ(halloween->clear_from, make_date(2026, 10, 17));
  for (size_t i = 0; i < events.size(); ++i) {
    EXPECT_GE(events[i].event->last_day, make_date(2026, 8, 1));
    EXPECT_LE(events[i].event->first_day, make_date(2026, 11, 29));
    if (i > 0) {
      EXPECT_GE(events[i].event->first_day, events[i - 1].event->first_day);
    }
  }
}

TEST(Restock, UnknownSalesAdviseNothing) {
  AccountBuilder builder;
  builder.planning(builder.listing("A"), 50);
  const RestockLine line = restock_line(builder.build(), 0, shipped_facts(), no_forecast(), Surplus::kNone);
  EXPECT_EQ(line.advice, Advice::kUnknown);
  EXPECT_EQ(line.order_now, 0);
}

}  // namespace
}  // namespace destock::restock
