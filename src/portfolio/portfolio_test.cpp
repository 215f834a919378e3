#include "portfolio/portfolio.h"

#include <gtest/gtest.h>

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
