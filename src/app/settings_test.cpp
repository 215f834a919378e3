#include "app/settings.h"

#include <gtest/gtest.h>
#include <algorithm>
#include <cmath>

#include "account_builder.h"
#include "app/plan.h"
#include "sanitized.h"
#include "shipped_facts.h"

namespace destock::app {
namespace {

Context shipped() {
  Context context;
  context.facts = test::shipped_facts();
  context.book = book_of(context.facts);
  return context;
}

account::Account three_listings() {
  test::AccountBuilder builder;
  const std::pair<const char*, int64_t> skus[] = {{"A", 2'000}, {"B", 300}, {"C", 40}};
  for (const auto& [sku, stock] : skus) {
    const auto listing = builder.listing(sku);
    auto& row = builder.planning(listing, stock);
    row.price = Money::of("29.99", "USD");
    row.ages = {{0, 90, stock / 2}, {91, 180, stock / 4}, {181, 270, stock - stock / 2 - stock / 4}};
    if (stock != 40) builder.sells(listing, stock / 200, 200, 29.99);
    account::CostRow cost;
    cost.sku = sku;
    cost.unit_cost = Money::of("5", "USD");
    builder.facts().costs.push_back(cost);
    account::FeePreviewRow fees;
    fees.listing = listing;
    fees.price = row.price;
    fees.referral_fee = Money::of("4.5", "USD");
    fees.fulfilment_fee = Money::of("5.2", "USD");
    fees.weight_lb = 1.2;
    fees.longest_in = 10;
    fees.median_in = 6;
    fees.shortest_in = 3;
    builder.facts().fee_preview.push_back(fees);
  }
  builder.covers();
  return builder.build();
}

double sum_of_plan(const account::Account& account, const Context& context, clearance::Policy policy) {
  AccountState state{account, health::diagnose_account(account, context.facts, 1)};
  PlanOptions options;
  options.policy = policy;
  options.horizon_weeks = context.facts.playbook.plan.horizon_weeks;
  double sum = 0;
  for (const account::PlanLine& line : make_plan(state, options, context, nullptr).lines)
    sum += line.net_recovery.to_double();
  return sum;
}

// Whatever a rule is set to: refused with a reason, or a plan comes of it.
TEST(Settings, NoValueOfARuleBreaksThePlan) {
  const Context context = shipped();
  const account::Account account = three_listings();
  int taken = 0, refused = 0;
  int number = 0;
  for (const market::RuleValue& rule : market::rules_of(context.facts)) {
    if (test::kSanitized && number++ % 5 != 0) continue;
    const bool list = rule.value.front() == '[';
    const auto count = list ? std::count(rule.value.begin(), rule.value.end(), ',') + 1 : 1;
    for (const char* value : {"0", "1", "-1", "3", "0.5", "104", "1000000000", "-0.0", "inf", "nan"}) {
      std::string text = value;
      for (long i = 1; i < count; ++i) text += std::string(", ") + value;
      // Few weeks, so that many plans are soon made.
      market::Settings settings{{"rule.plan.horizon_weeks", "6"}};
      settings["rule." + rule.id] = list ? "[" + text + "]" : text;
      const auto own = market::with_settings(context.facts, settings);
      if (!own.left_aside.empty()) {
        EXPECT_FALSE(own.left_aside[0].en.empty());
        ++refused;
        continue;
      }
      ++taken;
      Context with = context;
      with.facts = own.facts;
      for (auto policy : {clearance::Policy::kOptimal, clearance::Policy::kPlaybook, clearance::Policy::kLiquidate})
        EXPECT_TRUE(std::isfinite(sum_of_plan(account, with, policy))) << rule.id << " = " << text;
    }
  }
  EXPECT_GT(taken, test::kSanitized ? 20 : 100);
  EXPECT_GT(refused, test::kSanitized ? 20 : 100);
}

TEST(Settings, AChangeIsWholeOrRefused) {
  const Context context = shipped();
  const Json change = {{"rules", {{"plan.horizon_weeks", 20}, {"velocity.weights", {0.1, 0.2, 0.3, 0.4}}}},
                       {"channels", {{"woot", false}}},
                       {"price_endings", {{"US", "x.99"}}}};
  const auto settings = changed_settings(context, {}, change);
  ASSERT_TRUE(settings.has_value());
  EXPECT_EQ(settings->size(), 4u);
  EXPECT_EQ(with_settings(context, *settings).facts.playbook.plan.horizon_weeks, 20);
  const auto back = changed_settings(context, *settings,
                                     {{"rules", {{"plan.horizon_weeks", nullptr}}}, {"channels", {{"woot", true}}}});
  ASSERT_TRUE(back.has_value());
  EXPECT_EQ(back->size(), 2u);
  EXPECT_FALSE(changed_settings(context, {}, {{"rules", {{"plan.horizon_weeks", 20}, {"plan.nonsense", 1}}}}));
}

// A setting of an older version is said, and stands in nobody's way.
TEST(Settings, WhatNoLongerFitsDoesNotKeepOthersFromBeingSet) {
  const Context context = shipped();
  const market::Settings old{{"rule.gone.rule", "1"}};
  EXPECT_EQ(with_settings(context, old).left_aside.size(), 1u);
  EXPECT_TRUE(changed_settings(context, old, {{"channels", {{"woot", false}}}}).has_value());
}

TEST(Settings, APlaybookGivenForTheRunGoesBefore) {
  Context context = shipped();
  context.own_playbook = true;
  const Context with = with_settings(context, {{"rule.plan.horizon_weeks", "20"}, {"channel.woot", "off"}});
  EXPECT_EQ(with.facts.playbook.plan.horizon_weeks, 26);
  EXPECT_TRUE(with.facts.channel("woot")->off);
}

}  // namespace
}  // namespace destock::app
