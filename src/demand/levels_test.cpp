#include "demand/levels.h"

#include <gtest/gtest.h>

#include <cmath>

#include "demand/methods.h"

namespace destock::demand {
namespace {

std::vector<LevelState> traced(const std::vector<double>& units, double prior = 1) {
  Panel panel;
  panel.add(units, 0);
  std::vector<LevelState> states;
  trace_levels(panel, 0, prior, states);
  return states;
}

TEST(Levels, AStateKnowsNothingOfItsOwnWeek) {
  const std::vector<double> units = {5, 7, 6, 8, 5, 7, 9, 4, 6, 7};
  auto changed = units;
  changed[6] = 1000;
  const auto a = traced(units);
  const auto b = traced(changed);
  for (size_t t = 0; t <= 6; ++t) {
    EXPECT_EQ(a[t].ses, b[t].ses);
    EXPECT_EQ(a[t].croston, b[t].croston);
    EXPECT_EQ(a[t].gamma, b[t].gamma);
  }
  EXPECT_NE(a[7].smooth[2], b[7].smooth[2]);
}

TEST(Levels, SmoothingIsTheTextbookRecursionOnceSettled) {
  std::vector<double> units;
  for (int t = 0; t < 40; ++t) units.push_back(10 + (t * 7) % 5);
  const auto states = traced(units);
  for (size_t t = 20; t < units.size(); ++t)
    EXPECT_NEAR(states[t + 1].smooth[2], states[t].smooth[2] + 0.2 * (units[t] - states[t].smooth[2]), 1e-12);
}

TEST(Levels, CrostonIsSizeByInterval) {
  // Four units every third week: size 4, interval 3.
  std::vector<double> units;
  for (int t = 0; t < 30; ++t) units.push_back(t % 3 == 2 ? 4 : 0);
  const auto states = traced(units);
  EXPECT_NEAR(states.back().croston, 4.0 / 3, 1e-12);
  const Mix none;
  EXPECT_NEAR(method_mean(Method::kSba, states.back(), 0, kNotKnown, none), 4.0 / 3 * 0.95, 1e-12);
}

TEST(Levels, TsbForgetsADeadListingAndCrostonDoesNot) {
  std::vector<double> units(30, 3);
  units.insert(units.end(), 40, 0);
  const auto states = traced(units);
  EXPECT_LT(states.back().tsb, 0.1);
  EXPECT_GT(states.back().croston, 2.5);
}

TEST(Levels, WeeksOutOfStockAreNotZeros) {
  std::vector<double> units(20, 8);
  units.insert(units.end(), 6, kNotKnown);
  const auto states = traced(units);
  EXPECT_NEAR(states.back().ses, 8, 1e-9);
  EXPECT_NEAR(states.back().playbook, 8, 1e-9);
  EXPECT_EQ(states.back().known, 20);
}

TEST(Levels, OneWholesaleOrderDoesNotBecomeTheBase) {
  std::vector<double> units;
  for (int t = 0; t < 40; ++t) units.push_back(9 + t % 3);
  units.push_back(2000);
  const auto states = traced(units);
  EXPECT_LT(states.back().smooth[2], 15);
  EXPECT_LT(states.back().mean, 12);
  EXPECT_LT(states.back().gamma, 15);
}

TEST(Levels, TrendFollowsGrowthDamped) {
  std::vector<double> units;
  for (int t = 0; t < 50; ++t) units.push_back(2.0 * t);
  const auto states = traced(units);
  const Mix none;
  const double next = method_mean(Method::kTrend, states.back(), 0, kNotKnown, none);
  const double far = method_mean(Method::kTrend, states.back(), 12, kNotKnown, none);
  EXPECT_GT(next, states.back().smooth[2]);
  EXPECT_GT(far, next);
  EXPECT_LT(far, 2.0 * 62);
}

TEST(Levels, SilenceCountsTheUnitsItCost) {
  Panel panel;
  panel.add(std::vector<double>(12, 14), 0);
  panel.quiet.assign(12, 0);
  panel.tail.assign(12, 14);
  panel.quiet.back() = 5;
  panel.tail.back() = 0;
  std::vector<LevelState> states;
  trace_levels(panel, 0, 1, states);
  EXPECT_NEAR(states.back().quiet, 10, 0.5);
  EXPECT_EQ(states.back().tail, 0);
}

}  // namespace
}  // namespace destock::demand
