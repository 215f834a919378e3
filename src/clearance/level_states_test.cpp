#include "clearance/level_states.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "clearance/fluid_bound.h"
#include "clearance/odds.h"
#include "clearance/planner.h"
#include "clearance/random_decision.h"

namespace destock::clearance {
namespace {

Decision made_up(uint64_t seed, int units) {
  std::mt19937_64 random(seed);
  return random_decision(random, 26, units, true);
}

double value_by(const Decision& d, Rule rule) {
  PlannerOptions options;
  options.rule = rule;
  options.path = false;
  return Planner().solve(d, options).value;
}

double mean_in(const LevelStates& states, size_t week) {
  double sum = 0;
  for (size_t s = 0; s < states.size(); ++s) sum += states.weight[s] * states.factor[s][week];
  return sum;
}

double spread_in(const LevelStates& states, size_t week) {
  double sum = 0;
  for (size_t s = 0; s < states.size(); ++s)
    sum += states.weight[s] * (states.factor[s][week] - 1) * (states.factor[s][week] - 1);
  return sum;
}

TEST(LevelStates, AtTheStartNothingIsKnownAndNeverMoreThanThereIs) {
  Decision d = made_up(1, 300);
  let_wander(d, 0.6, 1.0 / 7);
  const LevelStates levels = true_levels(d);
  const LevelStates believed = believed_levels(d);
  EXPECT_NEAR(spread_in(believed, 0), 0, 1e-12);
  for (size_t week = 0; week <= 26; ++week) {
    EXPECT_NEAR(mean_in(believed, week), 1, 1e-9);
    EXPECT_LE(spread_in(believed, week), spread_in(levels, week) + 1e-12);
  }
  for (size_t week = 1; week <= 26; ++week) EXPECT_GT(spread_in(believed, week), spread_in(believed, week - 1));
}

// What a level is worth tomorrow is, on average, what it is today.
TEST(LevelStates, TodaysLevelIsTheMeanOfNextWeeks) {
  Decision d = made_up(1, 300);
  let_wander(d, 0.6, 0);
  const LevelStates levels = true_levels(d);
  for (size_t week = 0; week < 26; ++week)
    for (size_t s = 1; s < levels.size(); ++s) {
      const double next = 1 + levels.keeps[week] * (levels.factor[s][week + 1] - 1);
      EXPECT_NEAR(next, levels.factor[s][week], 0.02) << week;
    }
}

TEST(LevelStates, ManySalesTeachMoreThanFew) {
  Decision few = made_up(1, 300);
  few.base = {0.5};
  let_wander(few, 0.6, 0);
  Decision many = few;
  many.base = {50};
  many.dispersion = few.dispersion = 0.05;
  EXPECT_LT(spread_in(believed_levels(few), 8), 0.5 * spread_in(believed_levels(many), 8));
}

TEST(LevelStates, FewerKeepTheMeanAndWhatStopsApart) {
  Decision d = made_up(1, 300);
  let_wander(d, 0.5, 1.0 / 7);
  d.levels = fewer(d.levels, 3);
  ASSERT_EQ(d.levels.size(), 3u);
  EXPECT_NEAR(d.levels[0].weight, 1.0 / 7, 1e-9);
  for (size_t week = 0; week <= 26; ++week) EXPECT_NEAR(mean_in(true_levels(d), week), 1, 1e-9);
}

TEST(Planner, ALevelThatMayOnlyBeOneIsKnown) {
  const Decision known = made_up(3, 200);
  Decision same = known;
  same.levels = {{0.4, {1}}, {0.6, {1}}};
  for (Rule rule : {Rule::kBest, Rule::kHold, Rule::kPlaybook})
    EXPECT_NEAR(value_by(same, rule) / value_by(known, rule), 1, 2e-3);
}

// Stock bears what the level may do: with too little of it sales are lost, with too much nothing is won.
TEST(Planner, ALevelThatIsNotKnownIsWorthLess) {
  for (uint64_t seed : {4, 5, 6, 7}) {
    const Decision known = made_up(seed, 300);
    Decision unknown = known;
    let_wander(unknown, 0.5, 1.0 / 7);
    for (Rule rule : {Rule::kBest, Rule::kHold}) EXPECT_LT(value_by(unknown, rule), value_by(known, rule)) << seed;
    EXPECT_GE(value_by(unknown, Rule::kBest), value_by(unknown, Rule::kHold)) << seed;
    EXPECT_GE(value_by(unknown, Rule::kBest), value_by(unknown, Rule::kPlaybook)) << seed;
    // Demand equal to its mean is better than any that varies about it.
    EXPECT_LE(value_by(unknown, Rule::kBest), fluid_bound(unknown)) << seed;
  }
}

// The price kept while the level goes on as it does: drawn thousands of times, it brings what was reckoned.
TEST(Planner, HoldingIsWorthWhatItBringsInTheLevelsThemselves) {
  Decision d;
  d.weeks = 20;
  d.price = 20;
  d.ladder = {20};
  d.net_share = 0.8;
  d.on_hand = 120;
  d.base = {8};
  d.dispersion = 0.1;
  d.elasticity = {-2};
  d.weight = {1};
  d.cohorts = {{120, 0, {0.1}}};
  let_wander(d, 0.6, 1.0 / 7);
  const LevelStates levels = true_levels(d);
  std::mt19937_64 random(5);
  std::discrete_distribution<size_t> drawn(levels.weight.begin(), levels.weight.end());
  std::uniform_real_distribution<double> uniform(0, 1);
  constexpr int kRuns = 20'000;
  double sum = 0;
  double squares = 0;
  for (int run = 0; run < kRuns; ++run) {
    size_t state = drawn(random);
    double stock = d.on_hand;
    double cash = 0;
    for (int week = 0; week < d.weeks; ++week) {
      if (week > 0 && uniform(random) > levels.keeps[static_cast<size_t>(week) - 1]) state = drawn(random);
      const double mean = d.base_in(week) * levels.factor[state][static_cast<size_t>(week)];
      const double apart = d.dispersion * mean * mean;  // of the variance from the mean
      double rate = mean;
      if (apart > 0) rate = std::gamma_distribution<double>(mean * mean / apart, apart / mean)(random);
      const double sold =
          std::min(stock, static_cast<double>(std::poisson_distribution<int>(std::max(1e-9, rate))(random)));
      cash += sold * d.net(0) - d.holding(week, stock);
      stock -= sold;
    }
    sum += cash;
    squares += cash * cash;
  }
  const double mean = sum / kRuns;
  const double error = std::sqrt((squares / kRuns - mean * mean) / kRuns);
  EXPECT_NEAR(value_by(d, Rule::kHold), mean, 4 * error + 0.01 * mean);
}

// A week that sells little is one after which little is expected: stock and news of the level go together.
TEST(LevelStates, SalesComeFromTheLevelThatTheWeekTeaches) {
  Decision d = made_up(1, 300);
  let_wander(d, 0.6, 1.0 / 7);
  const LevelStates drawn = drawn_levels(d, true);
  const LevelStates believed = believed_levels(d);
  for (size_t week = 0; week < 26; ++week) {
    EXPECT_NEAR(mean_in(drawn, week), 1, 1e-9);
    EXPECT_NEAR(spread_in(drawn, week), spread_in(believed, week + 1), 1e-9);
  }
  EXPECT_EQ(drawn_levels(d, false).keeps.front(), 0);
}

TEST(Decision, DeepCutsBringLessThanAStraightLineSays) {
  Decision d = made_up(2, 100);
  d.price = 20;
  d.ladder = {20, 14, 8, 2};
  d.bends_from = 0.35;
  d.gain_beyond = 0.5;
  d.deepest_believed = 0.8;
  EXPECT_NEAR(d.felt(1), std::log(0.7), 1e-12);
  EXPECT_NEAR(d.felt(2), std::log(0.65) + 0.5 * (std::log(0.4) - std::log(0.65)), 1e-12);
  EXPECT_NEAR(d.felt(3), std::log(0.65) + 0.5 * (std::log(0.2) - std::log(0.65)), 1e-9);
}

TEST(Planner, AWiderLevelMakesAWiderPromise) {
  double last = 0;
  for (double spread : {0.1, 0.4, 0.8}) {
    Decision d = made_up(8, 300);
    let_wander(d, spread, 0);
    const double sd = Planner().solve(d, {}).sd;
    EXPECT_GT(sd, last);
    last = sd;
  }
}

TEST(Planner, WhatAPathSellsIsTheMeanOverTheLevels) {
  Decision d = made_up(9, 300);
  let_wander(d, 0.5, 1.0 / 7);
  const Optimum best = Planner().solve(d, {});
  double stock = d.on_hand;
  for (const PlannedWeek& step : best.path) {
    EXPECT_NEAR(step.stock, stock, 1e-6);
    EXPECT_LE(step.units, step.stock + 1e-9);
    stock -= step.units + step.choice.exit_units;
    for (int week = step.week + 1; week <= step.week + step.weeks; ++week)
      if (static_cast<size_t>(week) < d.inbound.size()) stock += d.inbound[static_cast<size_t>(week)];
  }
}

TEST(Odds, ALevelThatMayStopIsLessSureToBeOut) {
  Decision d = made_up(10, 100);
  d.base = {12};
  const Optimum best = Planner().solve(d, {});
  const double sure = sold_out_odds(d, best.path).back();
  let_wander(d, 0.5, 1.0 / 7);
  const double odds = sold_out_odds(d, best.path).back();
  EXPECT_GT(sure, 0.99);
  EXPECT_LT(odds, 0.97);
  EXPECT_GT(odds, 0.6);
}

}  // namespace
}  // namespace destock::clearance
