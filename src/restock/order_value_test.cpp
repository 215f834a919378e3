#include <gtest/gtest.h>
#include <cmath>

#include "restock/lead_time.h"
#include "restock/order_problem.h"

namespace destock::restock {
namespace {

constexpr int kWeeks = 40;

// Everything left over brings so much a unit, whenever.
std::vector<LeftValue> left_at(double salvage, size_t ways = 1) {
  std::vector<LeftValue> all;
  for (size_t way = 0; way < ways; ++way) {
    LeftValue left(1, 2, kWeeks);
    for (size_t week = 0; week < kWeeks; ++week) left.set(week, 1, salvage);
    all.push_back(left);
  }
  return all;
}

// One week of 20 units on average; net of a sale 12, a unit costs 5, and 2 come back of what is left.
OrderProblem newsvendor() {
  OrderProblem problem;
  problem.landed = 2;
  problem.cost = 5;
  problem.cover_weeks = 1;
  problem.lead = {{0, 1}};
  problem.base = {20};
  problem.dispersion = 0.1;
  problem.ways = {{1, {}}};
  problem.net = {12};
  problem.storage = {0};
  problem.left = left_at(2);
  return problem;
}

// P(D ≤ units) of the negative binomial, summed by its own recursion.
double chance_up_to(double mean, double dispersion, int64_t units) {
  const double r = 1 / dispersion, p = r / (r + mean);
  double mass = std::pow(p, r), sum = mass;
  for (int64_t k = 0; k < units; ++k) {
    mass *= (1 - p) * (r + static_cast<double>(k)) / static_cast<double>(k + 1);
    sum += mass;
  }
  return sum;
}

TEST(OrderValue, OneWeekIsTheNewsvendorsQuantile) {
  const OrderChoice choice = best_order(newsvendor(), 0);
  const double ratio = (12 - 5.0) / (12 - 2.0);
  EXPECT_GE(chance_up_to(20, 0.1, choice.units), ratio);
  EXPECT_LT(chance_up_to(20, 0.1, choice.units - 1), ratio);
  EXPECT_NEAR(choice.service, chance_up_to(20, 0.1, choice.units), 1e-3);
  EXPECT_NEAR(choice.too_few, 7, 1e-6);
  EXPECT_NEAR(choice.too_many, 3, 1e-6);
}

TEST(OrderValue, WhatIsOnHandIsNotOrderedAgain) {
  OrderProblem problem = newsvendor();
  const int64_t all = best_order(problem, 0).units;
  problem.on_hand = 9;
  EXPECT_EQ(best_order(problem, 0).units, all - 9);
  problem.on_hand = 0;
  problem.lead = {{1, 1}};
  problem.inbound = {0, 9};
  EXPECT_EQ(best_order(problem, 0).units, all - 9);
}

// What is left over can be filled up by the next order: too many cost no more than to hold them.
TEST(OrderValue, WhatTheNextOrderWouldBuyIsWorthWhatItCosts) {
  OrderProblem problem = newsvendor();
  problem.landed = 5;
  problem.cost.reset();
  problem.discount_a_week = 0.99;
  problem.storage = {0.1};
  problem.left = left_at(11);
  const OrderChoice choice = best_order(problem, 0);
  EXPECT_NEAR(choice.too_many, 5 * 0.01 + 0.1, 0.02);
  EXPECT_GT(choice.service, 0.95);
  problem.left = left_at(1);
  EXPECT_NEAR(best_order(problem, 0).too_many, 5 + 0.1 - 0.99, 0.05);
}

TEST(OrderValue, ALevelThatMayStopBringsTheOrderDown) {
  OrderProblem problem = newsvendor();
  problem.cover_weeks = 4;
  const int64_t sure = best_order(problem, 0).units;
  problem.ways = {{0.6, {1.6, 1.6, 1.6, 1.6}}, {0.4, {0.1, 0.1, 0.1, 0.1}}};
  problem.left = left_at(2, 2);
  const OrderChoice choice = best_order(problem, 0);
  EXPECT_NE(choice.units, sure);
  EXPECT_LT(choice.service, 0.75);
  EXPECT_GT(choice.if_half, 0);
  EXPECT_GT(choice.if_double, 0);
}

TEST(OrderValue, CartonsAndTheMinimumBind) {
  OrderProblem problem = newsvendor();
  problem.carton = 12;
  EXPECT_EQ(best_order(problem, 0).units % 12, 0);
  problem.moq = 90;
  EXPECT_EQ(best_order(problem, 0).units, 0) << "ninety for a week of twenty lose more than they bring";
}

TEST(OrderValue, NothingIsWorthOrderingThatSellsBelowItsCost) {
  OrderProblem problem = newsvendor();
  problem.net = {4};
  problem.landed = 5;
  EXPECT_EQ(best_order(problem, 0).units, 0);
  EXPECT_EQ(due_week(problem, 26), std::nullopt);
}

TEST(DueWeek, ComesBeforeTheStockRunsOutByTheLeadTime) {
  OrderProblem problem = newsvendor();
  problem.landed = 5;
  problem.discount_a_week = 0.998;
  problem.storage = {0.02};
  problem.cover_weeks = 4;
  problem.lead = {{6, 1}};
  problem.on_hand = 300;  // fifteen weeks
  const auto week = due_week(problem, 26);
  ASSERT_TRUE(week);
  EXPECT_LE(*week, 15 - 6);
  EXPECT_GE(*week, 15 - 6 - 6);
  problem.lead = {{8, 1}};
  EXPECT_EQ(due_week(problem, 26), *week - 2);
  problem.lead = {{4, 0.5}, {8, 0.5}};
  EXPECT_LE(*due_week(problem, 26), *week) << "a lead time that may be long is met earlier";
}

TEST(DueWeek, IsBeyondWhereStockLasts) {
  OrderProblem problem = newsvendor();
  problem.landed = 5;
  problem.discount_a_week = 0.998;
  problem.on_hand = 2'000;
  EXPECT_EQ(due_week(problem, 26), std::nullopt);
}

TEST(LeadTime, ASpanKeepsItsMeanAndVariance) {
  const LeadTime lead = lead_time_between(25, 35, {});
  double variance = 0;
  for (const auto& [days, weight] : lead.points) variance += weight * (days - 30) * (days - 30);
  EXPECT_DOUBLE_EQ(lead.mean(), 30);
  EXPECT_NEAR(variance, 100.0 / 12, 1e-9);
  double weight = 0, weeks = 0;
  for (const LeadWeek& week : in_weeks(lead, 0)) {
    weight += week.weight;
    weeks += week.weight * week.weeks;
  }
  EXPECT_NEAR(weight, 1, 1e-12);
  EXPECT_NEAR(weeks, 30.0 / 7, 1e-12);
}

TEST(LeadTime, ReceiptsAreNoShorterThanWhatIsSaidOfTheWholeWay) {
  const std::vector<int> days = {20, 30, 40};
  EXPECT_DOUBLE_EQ(lead_time_of(days, 0, {}).mean(), 30);
  EXPECT_DOUBLE_EQ(lead_time_of(days, 60, {}).mean(), 60);
  EXPECT_DOUBLE_EQ(lead_time_of(days, 60, {}).points[0].days, 50);
  EXPECT_DOUBLE_EQ(lead_time_of(days, 10, {}).mean(), 30);
}

}  // namespace
}  // namespace destock::restock
