#include "economics/holding.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <functional>

#include "account_builder.h"
#include "economics/exit_value.h"
#include "economics/sale_terms.h"
#include "shipped_facts.h"

namespace destock::economics {
namespace {

using test::shipped_facts;

account::Account account_with(const std::function<void(account::PlanningRow&)>& change) {
  test::AccountBuilder builder;
  auto& row = builder.planning(builder.listing("A"), 100);
  row.volume_cuft = 0.5;
  row.price = Money::of("29.99", "USD");
  change(row);
  return builder.build();
}

TEST(Holding, OctoberToDecemberIsThreeTimesAsDear) {
  const auto account = account_with([](auto& row) { row.ages = {{0, 90, 100}}; });
  const auto cost = holding_cost(account, 0, holding_terms(account, 0, shipped_facts(), account.as_of));
  EXPECT_EQ(cost.now, Money::of("39", "USD"));       // 100 · 0.5 ft³ · 0.78
  EXPECT_EQ(cost.oct_dec, Money::of("120", "USD"));  // · 2.40
}

TEST(Holding, TheSellersOwnEstimateComesFirst) {
  const auto account = account_with([](auto& row) {
    row.ages = {{0, 90, 100}};
    row.storage_cost_next_month = Money::of("41.50", "USD");
  });
  EXPECT_EQ(holding_cost(account, 0, holding_terms(account, 0, shipped_facts(), account.as_of)).next_month,
            Money::of("41.50", "USD"));
}

TEST(Holding, TheSurchargeBeginsOnDay181) {
  const auto account = account_with([](auto&) {});
  const HoldingTerms terms = holding_terms(account, 0, shipped_facts(), account.as_of);
  const Date on = make_date(2026, 2, 15);
  EXPECT_EQ(*terms.aged_per_unit(on, 180), 0);
  EXPECT_NEAR(*terms.aged_per_unit(on, 181), 0.25, 1e-12);   // 0.5 ft³ · 0.50
  EXPECT_NEAR(*terms.aged_per_unit(on, 271), 2.725, 1e-12);  // 5.45 since 16 January 2026
  EXPECT_NEAR(*terms.aged_per_unit(on, 456), 3.95, 1e-12);   // 7.90 · 0.5, above 0.35 a unit
  EXPECT_NEAR(*aged_surcharge_of(terms, std::vector<account::AgeBand>{{181, 210, 10}}, 0, on), 2.5, 1e-9);
  EXPECT_NEAR(*aged_surcharge_of(terms, std::vector<account::AgeBand>{{180, 181, 10}}, 0, on), 1.25,
              1e-9);  // half of it has crossed
}

TEST(Holding, WhatStoodBetweenTwoListsIsNotKnown) {
  const auto account = account_with([](auto&) {});
  const HoldingTerms terms = holding_terms(account, 0, shipped_facts(), account.as_of);
  EXPECT_NEAR(*terms.aged_per_unit(make_date(2023, 12, 15), 271), 1.90, 1e-12);
  for (const Date between : {make_date(2024, 6, 15), make_date(2025, 12, 15), make_date(2026, 1, 15)}) {
    EXPECT_FALSE(terms.aged_per_unit(between, 271).has_value()) << iso(between);
    EXPECT_TRUE(terms.disputed(between, 300)) << iso(between);
    EXPECT_NEAR(*terms.aged_per_unit(between, 181), 0.25, 1e-12) << iso(between);
  }
}

TEST(Holding, ApparelIsLetOffTheFirstBands) {
  const auto account = account_with([](auto& row) { row.product_group = "Apparel"; });
  const HoldingTerms terms = holding_terms(account, 0, shipped_facts(), account.as_of);
  EXPECT_EQ(*terms.aged_per_unit(make_date(2026, 2, 15), 200), 0);
  EXPECT_GT(*terms.aged_per_unit(make_date(2026, 2, 15), 280), 0);
  EXPECT_EQ(terms.first_charged(make_date(2026, 2, 15)), 271);
}

TEST(Holding, UnknownStaysUnknown) {
  const auto account = account_with([](auto& row) { row.volume_cuft.reset(); });
  const auto cost = holding_cost(account, 0, holding_terms(account, 0, shipped_facts(), account.as_of));
  EXPECT_FALSE(cost.now.has_value());
  EXPECT_FALSE(cost.oct_dec.has_value());
}

TEST(SaleTerms, FeePreviewBeatsTheCard) {
  test::AccountBuilder builder;
  const auto sku = builder.listing("A");
  builder.planning(sku, 1).price = Money::of("20", "USD");
  EXPECT_NEAR(sale_terms(builder.build(), 0, shipped_facts(), builder.facts().as_of).referral_rate, 0.15, 1e-12);
  account::FeePreviewRow row;
  row.listing = sku;
  row.price = Money::of("20", "USD");
  row.referral_fee = Money::of("1.60", "USD");
  row.fulfilment_fee = Money::of("5", "USD");
  builder.facts().fee_preview.push_back(row);
  const SaleTerms terms = sale_terms(builder.build(), 0, shipped_facts(), builder.facts().as_of);
  EXPECT_NEAR(terms.referral_rate, 0.08, 1e-12);
  EXPECT_NEAR(terms.net(20), 20 - 1.6 - 5, 1e-9);
  EXPECT_TRUE(terms.unknown.empty());
}

TEST(SaleTerms, AnUnknownFeeIsNamed) {
  const auto account = account_with([](auto&) {});
  const SaleTerms terms = sale_terms(account, 0, shipped_facts(), account.as_of);
  ASSERT_EQ(terms.unknown.size(), 1u);
  EXPECT_NE(terms.unknown[0].en.find("fulfilment fee unknown"), std::string::npos);
}

TEST(ExitValue, TheBestComesFirstAndWhatIsNotKnownLast) {
  account::Account account = account_with([](auto&) {});
  account.fees[0].weight_lb = 1.0;
  const auto exits = exit_values(account, 0, shipped_facts(), account.as_of);
  ASSERT_GE(exits.size(), 2u);
  const auto liquidation =
      std::find_if(exits.begin(), exits.end(), [](const ExitValue& exit) { return exit.channel == "liquidation"; });
  ASSERT_NE(liquidation, exits.end());
  EXPECT_NEAR(liquidation->per_unit, 29.99 * 0.075 * 0.85 - 0.30, 1e-9);  // processing of a pound
  for (size_t i = 1; i < exits.size(); ++i) EXPECT_GE(exits[i - 1].per_unit, exits[i].per_unit);
  account.fees[0].weight_lb.reset();
  for (const ExitValue& exit : exit_values(account, 0, shipped_facts(), account.as_of))
    EXPECT_FALSE(exit.known()) << exit.channel;
}

// A report may give no weight; what fulfilment costs then says how heavy it can be at most.
TEST(ExitValue, AWeightThatIsNotKnownIsAtMostWhatItsFulfilmentFeeAllows) {
  account::Account account = account_with([](auto&) {});
  const Date day = make_date(2026, 2, 1);
  account.fees[0].weight_lb.reset();
  account.fees[0].size_tier = "Large standard-size";
  account.fees[0].fulfilment_fee = Money::of("5.57", "USD");  // 24 to 28 oz
  for (const ExitValue& exit : exit_values(account, 0, shipped_facts(), day)) {
    EXPECT_TRUE(exit.known()) << exit.channel;
    EXPECT_EQ(exit.taken_lb, 1.75) << exit.channel;
  }
  EXPECT_EQ(removal_fee(account, 0, shipped_facts(), day)->decimal(), "2.27");
  account.fees[0].fulfilment_fee = Money::of("0.50", "USD");  // by no table
  for (const ExitValue& exit : exit_values(account, 0, shipped_facts(), day)) EXPECT_FALSE(exit.known());
}

TEST(ExitValue, OversizeAndSomeCategoriesHaveTheirOwnFees) {
  account::Account account = account_with([](auto&) {});
  account.fees[0].weight_lb = 0.4;
  EXPECT_EQ(removal_fee(account, 0, shipped_facts(), make_date(2026, 2, 1))->decimal(), "0.84");
  account.fees[0].size_tier = "UsLargeBulky";
  EXPECT_EQ(removal_fee(account, 0, shipped_facts(), make_date(2026, 2, 1))->decimal(), "3.12");
  account.fees[0].size_tier = "UsLargeStandardSize";
  account.listings[0].category = "Shoes";
  EXPECT_EQ(removal_fee(account, 0, shipped_facts(), make_date(2026, 2, 1))->decimal(), "3.12");
  account.listings[0].marketplace = "UK";
  EXPECT_FALSE(removal_fee(account, 0, shipped_facts(), make_date(2026, 2, 1)).has_value());
}

}  // namespace
}  // namespace destock::economics
