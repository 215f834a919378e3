#include "portfolio/portfolio.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <random>

#include "clearance/random_decision.h"

namespace destock::portfolio {
namespace {

struct Account {
  std::vector<clearance::Decision> decisions;
  std::vector<Stake> stakes;
};

Account made_up(uint64_t seed, size_t skus) {
  std::mt19937_64 random(seed);
  Account account;
  for (size_t k = 0; k < skus; ++k)
    account.decisions.push_back(clearance::random_decision(random, 13, 60 + static_cast<int>(random() % 300), true));
  for (const clearance::Decision& d : account.decisions) {
    Stake stake{&d, 1, 0.3, "standard", "US", {}, {}};
    for (const clearance::Programme& programme : d.programmes) {
      stake.deals.push_back(programme.cooldown_weeks > 0);
      stake.by_clicks.push_back(programme.cooldown_weeks > 0);
    }
    account.stakes.push_back(std::move(stake));
  }
  return account;
}

// Rows that halve what the plan without limits uses of each; of cash a little more than it brings.
std::vector<Row> tight_rows(const Account& account, double part) {
  std::vector<Row> rows = {{Scarce::kSpace, "", 6, 6, 0},
                           {Scarce::kDeals, "US", 3, 3, 0},
                           {Scarce::kFees, "", 0, 12, 0},
                           {Scarce::kActions, "", 0, 0, 0},
                           {Scarce::kCash, "", 0, 5, 0}};
  for (Row& row : rows) row.limit = row.at_least() ? -1e12 : 1e12;
  const Portfolio open = solve(account.stakes, rows, {});
  for (size_t r = 0; r < rows.size(); ++r)
    rows[r].limit = rows[r].at_least() ? open.used[r] + 0.02 * std::abs(open.used[r]) : part * open.used[r];
  return rows;
}

TEST(Portfolio, WithoutLimitsEverySkuHasItsOwnPlan) {
  const Account account = made_up(1, 12);
  const Portfolio all = solve(account.stakes, {}, {});
  clearance::Planner planner;
  double sum = 0;
  for (size_t k = 0; k < account.stakes.size(); ++k) {
    const clearance::Optimum alone = planner.solve(account.decisions[k], {});
    sum += alone.objective;
    EXPECT_EQ(all.chosen[k].optimum.value, alone.value);
    ASSERT_EQ(all.chosen[k].optimum.path.size(), alone.path.size());
    EXPECT_NEAR(all.chosen[k].optimum.path[0].cash, alone.path[0].cash, 1e-6 * std::abs(alone.path[0].cash) + 1e-9);
  }
  EXPECT_NEAR(all.value, sum, 1e-9 * std::abs(sum));
  EXPECT_EQ(all.bound, all.value);
}

TEST(Portfolio, LimitsHoldAndLittleIsLostAgainstTheBound) {
  const Account account = made_up(2, 60);
  const auto rows = tight_rows(account, 0.6);
  const Portfolio within = solve(account.stakes, rows, {});
  for (size_t r = 0; r < rows.size(); ++r) {
    EXPECT_NEAR(within.short_by[r], 0, 1e-6 * std::abs(rows[r].limit)) << kScarceIds[static_cast<size_t>(rows[r].what)];
    if (rows[r].at_least())
      EXPECT_GE(within.used[r], rows[r].limit * (1 - 1e-6));
    else
      EXPECT_LE(within.used[r], rows[r].limit * (1 + 1e-6) + 1e-6);
  }
  EXPECT_LE(within.value, within.bound * (1 + 1e-4));  // limits hold to a ten-millionth
  EXPECT_GE(within.value, 0.99 * within.bound);
  EXPECT_LT(within.value, within.without_limits);
  EXPECT_TRUE(std::any_of(within.price.begin(), within.price.end(), [](double price) { return price > 0; }));
}

TEST(Portfolio, TighteningALimitNeverRaisesTheBound) {
  const Account account = made_up(3, 25);
  double before = 1e300;
  for (double part : {1.0, 0.8, 0.6, 0.4}) {
    auto rows = tight_rows(account, part);
    rows.pop_back();
    const Portfolio within = solve(account.stakes, rows, {});
    EXPECT_LE(within.bound, before * (1 + 2e-3)) << part;
    before = within.bound;
  }
}

// Two policies a SKU at most matter here: every pair of weeks in which the one deal may run.
TEST(Portfolio, OneDealForTwoSkusGoesWhereItBringsMore) {
  Account account = made_up(4, 2);
  for (clearance::Decision& d : account.decisions) {
    d.programmes = {clearance::simple_programme("outlet", 1, 0.2, 0.5, 3, 0, 52, 0)};
    for (int week = 0; week < d.weeks; ++week) d.programmes[0].slots.push_back({week == 2, 0, 0.2});
  }
  for (Stake& stake : account.stakes) stake.deals = stake.by_clicks = {true};
  clearance::Planner planner;
  double with[2], without[2];
  for (size_t k = 0; k < 2; ++k) {
    with[k] = planner.solve(account.decisions[k], {}).objective;
    clearance::Decision none = account.decisions[k];
    none.programmes.clear();
    without[k] = planner.solve(none, {}).objective;
    ASSERT_GT(with[k], without[k] + 1);
  }
  const std::vector<Row> rows = {{Scarce::kDeals, "US", 2, 2, 1}};
  const Portfolio within = solve(account.stakes, rows, {});
  EXPECT_NEAR(within.value, std::max(with[0] + without[1], with[1] + without[0]), 0.002 * within.value);
  EXPECT_LE(within.used[0], 1);
}

// A SKU of a few units, three prices and three weeks, so that every schedule of prices can be tried.
clearance::Decision tiny(std::mt19937_64& random) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  clearance::Decision d;
  d.weeks = 3;
  d.price = 20;
  d.ladder = {20, 16, 12};
  d.net_at = {between(8, 12), between(5, 8), between(2, 5)};
  d.factor_at = {1, between(1.3, 2), between(2, 4)};
  d.elasticity = {-1};
  d.weight = {1};
  d.on_hand = 6 + static_cast<int>(random() % 7);
  d.base = {between(0.8, 2.5)};
  d.cohorts = {clearance::rated_cohort(d.on_hand, 0, 0, between(0.05, 0.4), d.weeks)};
  return d;
}

struct Tried {
  double value = 0, space = 0;  // expected; space: units in the last week
};

// One schedule, by the distribution of what is left.
Tried follow(const clearance::Decision& d, const std::array<size_t, 3>& levels) {
  std::vector<double> left(static_cast<size_t>(d.on_hand) + 1, 0);
  left.back() = 1;
  Tried tried;
  for (int week = 0; week < 3; ++week) {
    const size_t level = levels[static_cast<size_t>(week)];
    const double mean = d.base[0] * d.factor_at[level];
    std::vector<double> next(left.size(), 0);
    for (size_t stock = 0; stock < left.size(); ++stock) {
      if (week == 2) tried.space += left[stock] * static_cast<double>(stock);
      tried.value -= left[stock] * d.holding(week, static_cast<double>(stock));
      double mass = std::exp(-mean), fewer = 0;
      for (size_t sold = 0; sold < stock; ++sold, mass *= mean / static_cast<double>(sold)) {
        next[stock - sold] += left[stock] * mass;
        tried.value += left[stock] * mass * static_cast<double>(sold) * d.net_at[level];
        fewer += mass;
      }
      next[0] += left[stock] * (1 - fewer);
      tried.value += left[stock] * (1 - fewer) * static_cast<double>(stock) * d.net_at[level];
    }
    left = next;
  }
  return tried;
}

std::vector<Tried> every_schedule(const clearance::Decision& d) {
  std::vector<Tried> all;
  for (size_t a = 0; a < 3; ++a)
    for (size_t b = 0; b < 3; ++b)
      for (size_t c = 0; c < 3; ++c) all.push_back(follow(d, {a, b, c}));
  return all;
}

// Schedules that are fixed beforehand, all pairs of them: the bound lies above what the best within the limit brings,
// and the portfolio brings as much on the whole. Of one pair it may fall short: it takes policies that are best at some
// price of the limit, whole, and of two SKUs there is none small enough to fill what is left.
TEST(Portfolio, NoPairOfFixedSchedulesIsBetter) {
  std::mt19937_64 random(8);
  double sum = 0, sum_of_best = 0;
  for (int run = 0; run < 25; ++run) {
    const clearance::Decision a = tiny(random), b = tiny(random);
    const auto of_a = every_schedule(a), of_b = every_schedule(b);
    Tried open;
    for (const Tried& one : of_a)
      for (const Tried& other : of_b)
        if (one.value + other.value > open.value) open = {one.value + other.value, one.space + other.space};
    const double limit = 0.7 * open.space;
    double best = -1e300;
    for (const Tried& one : of_a)
      for (const Tried& other : of_b)
        if (one.space + other.space <= limit) best = std::max(best, one.value + other.value);
    if (best < -1e299) continue;
    std::vector<Stake> stakes = {{&a, 1, 1, "standard", "US", {}, {}}, {&b, 1, 1, "standard", "US", {}, {}}};
    const Portfolio within = solve(stakes, {{Scarce::kSpace, "", 2, 2, limit}}, {});
    EXPECT_GE(within.bound, best * (1 - 1e-6)) << run;
    EXPECT_LE(within.used[0], limit * (1 + 1e-6)) << run;
    EXPECT_GE(within.value, 0.8 * best) << run;
    sum += within.value;
    sum_of_best += best;
  }
  EXPECT_GT(sum_of_best, 0);
  EXPECT_GE(sum, 0.99 * sum_of_best) << sum / sum_of_best;
}

TEST(Portfolio, WhatCannotBeMetIsSaidWithHowFarItIsMissed) {
  const Account account = made_up(5, 10);
  const std::vector<Row> rows = {{Scarce::kCash, "", 0, 2, 1e7}};
  const Portfolio within = solve(account.stakes, rows, {});
  EXPECT_GT(within.short_by[0], 1e6);
  EXPECT_GT(within.used[0], 0);
}

TEST(Portfolio, TheSameOnAnyNumberOfThreads) {
  const Account account = made_up(6, 20);
  const auto rows = tight_rows(account, 0.7);
  Options two;
  two.threads = 2;
  const Portfolio a = solve(account.stakes, rows, {});
  const Portfolio b = solve(account.stakes, rows, two);
  EXPECT_EQ(a.value, b.value);
  EXPECT_EQ(a.bound, b.bound);
  EXPECT_EQ(a.price, b.price);
}

}  // namespace
}  // namespace destock::portfolio
