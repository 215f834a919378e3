#include "demand/velocity.h"

#include <gtest/gtest.h>

#include "account_builder.h"

namespace destock::demand {
namespace {

using test::AccountBuilder;
const market::VelocityRule kRule{{3, 7, 14, 30}, {0.1, 0.4, 0.3, 0.2}};

TEST(Velocity, ThePlaybooksMixOfAverages) {
  // Daily averages 10, 12, 11, 9 over 3, 7, 14, 30 days → 10.9.
  EXPECT_NEAR(*weighted_velocity({10.0, 12.0, 11.0, 9.0}, kRule.weights), 10.9, 1e-12);
}

TEST(Velocity, AWindowWithoutAFigureGivesItsWeightToTheOthers) {
  EXPECT_NEAR(*weighted_velocity({std::nullopt, 12.0, std::nullopt, 9.0}, kRule.weights), (0.4 * 12 + 0.2 * 9) / 0.6,
              1e-12);
  EXPECT_FALSE(weighted_velocity({}, kRule.weights).has_value());
}

TEST(Velocity, TheSnapshotsOwnDayIsNotComplete) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 10);
  builder.sells(sku, 2, 40).covers();
  builder.sale(sku, static_cast<int32_t>(day_number(builder.facts().as_of)), 500);
  const auto account = builder.build();
  const Velocity found = velocity(account, 0, kRule);
  EXPECT_EQ(found.units_last_month, 60);
  EXPECT_NEAR(*found.weighted, 2, 1e-12);
}

TEST(Velocity, OrdersBeatTheReportsFigure) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 10).units_t30 = 999;
  builder.sells(sku, 2).covers();
  EXPECT_EQ(velocity(builder.build(), 0, kRule).units_last_month, 60);
  EXPECT_EQ(velocity(builder.build(), 0, kRule).basis, SalesBasis::kOrders);
}

TEST(Velocity, WithoutOrdersTheReportsFigureCounts) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  auto& row = builder.planning(sku, 10);
  row.units_t30 = 280;
  row.units_t7 = 70;
  const Velocity found = velocity(builder.build(), 0, kRule);
  EXPECT_EQ(found.units_last_month, 280);
  EXPECT_EQ(found.basis, SalesBasis::kReport);
  EXPECT_FALSE(found.averages[0].has_value());
  EXPECT_NEAR(*found.averages[1], 10, 1e-12);
}

TEST(Velocity, WhatPlanningLeavesOutSoldNothing) {
  AccountBuilder builder;
  builder.planning(builder.listing("SELLS"), 10);
  account::ManageFbaRow row;
  row.listing = builder.listing("AAA");
  row.snapshot = builder.facts().as_of;
  row.fulfillable = 5;
  builder.facts().manage_fba.push_back(row);
  const auto account = builder.build();
  EXPECT_EQ(account.listings[0].sku, "AAA");
  EXPECT_EQ(velocity(account, 0, kRule).basis, SalesBasis::kNotSelling);
  EXPECT_EQ(velocity(account, 0, kRule).units_last_month, 0);
  EXPECT_EQ(velocity(account, 1, kRule).basis, SalesBasis::kUnknown);  // in it, and no figure anywhere
}

TEST(Velocity, DaysWithoutStockSayNothingAboutDemand) {
  AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 10);
  builder.sells(sku, 3, 15).covers();
  const auto end = static_cast<int32_t>(day_number(builder.facts().as_of));
  for (int day = 16; day <= 30; ++day) builder.facts().stockouts.push_back({sku, end - day});
  const Velocity found = velocity(builder.build(), 0, kRule);
  EXPECT_EQ(found.stockout_days, 15);
  EXPECT_NEAR(*found.in_stock, 3, 1e-12);
}

}  // namespace
}  // namespace destock::demand
