#include "clearance/planner.h"

#include <gtest/gtest.h>

#include <cmath>

#include "clearance/demand_row.h"
#include "clearance/exact_programme.h"
#include "clearance/fluid_bound.h"
#include "decisions.h"
#include "sanitized.h"

namespace destock::clearance {
namespace {

double planned(const Decision& d, size_t grid = 80, Rule rule = Rule::kBest, bool exact_modes = false) {
  PlannerOptions options;
  options.grid = grid;
  options.rule = rule;
  options.path = false;
  options.exact_modes = exact_modes;
  return Planner().solve(d, options).value;
}

TEST(DemandRow, SalesAreWhatTheStockAllows) {
  DemandRow row;
  demand_row(3, 3, 1, 11, row);
  double mass = std::exp(-3);
  double expected = 0;
  double beyond = 1 - mass;
  EXPECT_EQ(row.sold[0], 0);
  for (int x = 1; x <= 10; ++x) {
    expected += beyond;
    EXPECT_NEAR(row.sold[static_cast<size_t>(x)], expected, 1e-9);
    mass *= 3.0 / x;
    beyond -= mass;
  }
  double sum = row.rest;
  for (double weight : row.weight) sum += weight;
  EXPECT_NEAR(sum, 1, 1e-9);
}

TEST(DemandRow, LargeDemandIsNearItsExactSums) {
  constexpr double kMean = 600;
  constexpr double kStep = 10;
  for (double factor : {1.5, 4.0, 40.0}) {
    DemandRow row;
    demand_row(kMean, kMean * factor, kStep, 150, row);
    // Negative binomial of that mean and variance, by logarithms of the gamma function.
    const double p = 1 / factor;
    const double r = kMean * p / (1 - p);
    double below = 0;  // P(D < x)
    double sold = 0;   // E[min(D, x)]
    for (int x = 0; x < 1490; ++x) {
      if (x % 10 == 0) {
        EXPECT_NEAR(row.sold[static_cast<size_t>(x) / 10], sold, 0.001 * kMean + 0.02 * std::sqrt(kMean * factor))
            << factor << " at " << x;
      }
      below +=
          std::exp(std::lgamma(r + x) - std::lgamma(r) - std::lgamma(x + 1.0) + r * std::log(p) + x * std::log(1 - p));
      sold += 1 - below;
    }
  }
}

// Points that lie wider than the demand spreads: what is kept and what is sold still add up.
TEST(DemandRow, ACoarseGridKeepsTheMean) {
  for (double step : {20.0, 60.0, 150.0}) {
    DemandRow row;
    demand_row(550, 560, step, 40, row);
    for (size_t g = 12; g < 40; ++g) {
      const double stock = step * static_cast<double>(g);
      double kept = 0;
      for (size_t j = 0; j < row.weight.size() && j <= g; ++j)
        kept += row.weight[j] * step * static_cast<double>(g - j);
      EXPECT_NEAR(stock - kept, row.sold[g], 0.5) << step << " at " << stock;
      EXPECT_NEAR(row.sold[g], std::min(stock, 550.0), 12) << step << " at " << stock;
    }
  }
}

// Values found by an independent programme in another language, unit by unit.
TEST(Planner, FindsTheWorkedValues) {
  const struct {
    double elasticity, ratio, hold, best, bound;
  } rows[] = {{-1.5, 4, 11215, 11215, 11216}, {-1.5, 8, 8306, 9790, 9922},   {-1.5, 16, 4231, 6130, 6251},
              {-2.5, 4, 11215, 11215, 11216}, {-2.5, 8, 8303, 9905, 10045},  {-2.5, 16, 4230, 7450, 7589},
              {-4.0, 4, 11215, 11215, 11216}, {-4.0, 8, 8311, 10087, 10158}, {-4.0, 16, 4228, 8552, 8749}};
  for (const auto& row : rows) {
    const Decision d = test::worked_decision(row.elasticity, row.ratio);
    EXPECT_NEAR(planned(d, 600) / row.best, 1, 5e-4) << row.elasticity << " " << row.ratio;
    EXPECT_NEAR(planned(d) / row.best, 1, 0.005) << row.elasticity << " " << row.ratio;
    EXPECT_NEAR(planned(d, 600, Rule::kHold) / row.hold, 1, 0.002);
    EXPECT_NEAR(fluid_bound(d) / row.bound, 1, 3e-4);
  }
}

// Every decision and every outcome, one inside the other: nothing remembered, nothing shared.
class ByHand {
public:
  explicit ByHand(const Decision& d) : d_(d) {}
  double value(int week, int units, int cooling) const {
    if (week == d_.weeks) return units * std::max(0.0, *d_.exit_value(week));
    double best = -1e300;
    for (int keep = 0; keep <= units; ++keep) {
      const double exit = (units - keep) * *d_.exit_value(week);
      for (size_t level = 0; level < d_.ladder.size(); ++level)
        best = std::max(best, exit + after(week, keep, cooling, 1, level, 1));
      const Programme& programme = d_.programmes[0];
      if (cooling == 0 && week + programme.weeks <= d_.weeks)
        for (size_t level = 0; level < d_.ladder.size(); ++level)
          if (d_.ladder[level] <= d_.price * (1 - programme.min_discount) + 0.01)
            best = std::max(best, exit + after(week, keep, -1, programme.weeks, level, programme.uplift));
    }
    return best;
  }

private:
  double after(int week, int units, int cooling, int weeks, size_t level, double uplift) const {
    const double mean = d_.base[0] * weeks * uplift * std::pow(d_.ladder[level] / d_.price, d_.elasticity[0]);
    const int then = cooling < 0 ? d_.programmes[0].cooldown_weeks : std::max(0, cooling - weeks);
    double sum = 0;
    double left = 1;
    double mass = std::exp(-mean);
    for (int k = 0; k <= units; ++k) {
      const double p = k == units ? left : mass;
      sum += p * (k * d_.net(level) + value(week + weeks, units - k, then));
      left -= mass;
      mass *= mean / (k + 1);
    }
    for (int w = 0; w < weeks; ++w) sum -= units * d_.cohorts[0].rate[static_cast<size_t>(week + w)];
    return sum;
  }
  const Decision& d_;
};

TEST(Planner, TheExactProgrammeIsEveryDecisionAndOutcome) {
  for (int units : {1, 2, 3}) {
    Decision d = test::worked_decision(-2, 0.3, units);
    d.weeks = 3;
    d.ladder = {29.99, 22.49, 12.0};
    d.programmes[0].cooldown_weeks = 1;
    d.exits = {{"liquidation", 4.5, 0, {}}};
    EXPECT_NEAR(exact_value(d), ByHand(d).value(0, units, 0), 1e-9) << units;
    EXPECT_NEAR(planned(d, 80, Rule::kBest, true), ByHand(d).value(0, units, 0), 0.002 * exact_value(d)) << units;
  }
}

TEST(Planner, OnUnitsItIsTheExactProgramme) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 8; ++i) {
    Decision d = random_decision(random, 8, 10 + static_cast<int>(random() % 15), i % 2 == 0);
    const double exact = exact_value(d);
    EXPECT_NEAR(planned(d) / exact, 1, 0.01) << i;  // several programmes cooling at once: what they cost is added up
    d.programmes.resize(1);
    EXPECT_NEAR(planned(d, 80, Rule::kBest, true) / exact_value(d), 1, 0.001) << i;  // one alone
    d.programmes.clear();
    EXPECT_NEAR(planned(d, 80, Rule::kBest, true) / exact_value(d), 1, 0.001) << i;  // prices near a line left out
  }
}

// What is lost by following it, not what it promises: its choices at every standing and stock, valued exactly.
double lost_by_following(const Decision& d) {
  Planner planner;
  PlannerOptions options;
  options.path = false;
  planner.solve(d, options);
  const double followed = exact_value_of(
      d, [&](int week, const Standing& standing, int units) { return planner.choose(week, standing, units); });
  return 1 - followed / exact_value(d);
}

TEST(Planner, FollowedItLosesLittleAgainstTheExactProgramme) {
  if (test::kSanitized) GTEST_SKIP() << test::kInRelease;
  std::mt19937_64 random(23);
  double sum = 0;
  constexpr int kSkus = 10;
  for (int i = 0; i < kSkus; ++i) {
    const Decision d = random_decision(random, 26, 20 + static_cast<int>(random() % 20), i % 2 == 0);
    const double lost = lost_by_following(d);
    EXPECT_GE(lost, -1e-9) << i;
    EXPECT_LT(lost, 0.005) << i;
    sum += lost;
  }
  EXPECT_LT(sum / kSkus, 0.001);
}

// Where every programme also remembers prices, what two of them cost at once is added up, and it shows.
TEST(Planner, WithMemoryItLosesALittleMore) {
  if (test::kSanitized) GTEST_SKIP() << test::kInRelease;
  std::mt19937_64 random(29);
  double sum = 0;
  constexpr int kSkus = 10;
  for (int i = 0; i < kSkus; ++i) {
    Decision d = random_decision(random, 10, 15 + static_cast<int>(random() % 15), i % 2 == 0);
    d.ladder = {d.ladder[0], d.ladder[2], d.ladder[4], d.ladder[6], d.ladder[8], d.ladder[10]};
    remember_prices(d);
    const double lost = lost_by_following(d);
    EXPECT_GE(lost, -1e-9) << i;
    EXPECT_LT(lost, 0.02) << i;
    sum += lost;
  }
  EXPECT_LT(sum / kSkus, 0.005);
}

// A price of the plan's own, or of before it, forbids every programme above it for the floor's weeks.
TEST(Planner, NeverSchedulesAProgrammeThatEarlierPricesForbid) {
  std::mt19937_64 random(31);
  int with_programme = 0;
  for (int i = 0; i < 30; ++i) {
    Decision d = random_decision(random, 26, 200 + static_cast<int>(random() % 600), i % 2 == 0);
    remember_prices(d);
    d.was_weeks = 13;
    if (i % 2 == 0) d.past.assign(6, {d.ladder[static_cast<size_t>(i % 9)], d.price, 10});
    Standing standing = Standing::at_start(d);
    for (const PlannedWeek& step : Planner().solve(d, {}).path) {
      const double price = d.ladder[static_cast<size_t>(step.choice.level)];
      if (step.choice.programme >= 0) {
        ++with_programme;
        double lowest = 1e300;
        for (size_t w = 0; w < 5 && w < standing.past.size(); ++w)
          lowest = std::min(lowest, standing.past[w].lowest > 0 ? standing.past[w].lowest : 1e300);
        EXPECT_LE(price, lowest + 0.01) << i << " week " << step.week;
        if (const auto was = was_price(d, standing)) {
          const auto& programme = d.programmes[static_cast<size_t>(step.choice.programme)];
          EXPECT_LE(price, *was * (1 - programme.min_discount) + 0.01) << i << " week " << step.week;
        }
      }
      standing.pass(d, step.choice, step.units);
    }
  }
  EXPECT_GT(with_programme, 30);
}

TEST(Planner, MemoryNeverAddsValue) {
  std::mt19937_64 random(37);
  for (int i = 0; i < 12; ++i) {
    Decision d = random_decision(random, 8, 8 + static_cast<int>(random() % 8), false);
    d.ladder.resize(6);
    d.programmes.resize(3);
    const double free = exact_value(d);
    remember_prices(d);
    EXPECT_LE(exact_value(d), free + 1e-9);
    d.monotone = true;
    EXPECT_LE(exact_value(d), free + 1e-9);
  }
}

TEST(Planner, AMonotoneMarkdownNeverRises) {
  std::mt19937_64 random(41);
  for (int i = 0; i < 10; ++i) {
    Decision d = random_decision(random, 12, 60, i % 2 == 0);
    const double free = planned(d);
    d.monotone = true;
    const Optimum optimum = Planner().solve(d, {});
    EXPECT_LE(optimum.value, free * 1.002 + 0.01);
    int level = 0;
    for (const PlannedWeek& step : optimum.path) {
      if (step.choice.programme >= 0) continue;
      EXPECT_GE(step.choice.level, level);
      level = step.choice.level;
    }
    d.programmes.clear();
    d.ladder.resize(5);
    d.weeks = 6;
    for (Decision::Cohort& cohort : d.cohorts) cohort.arrives = std::min(cohort.arrives, 3);
    EXPECT_NEAR(planned(d) / exact_value(d), 1, 0.002);
  }
}

TEST(Planner, NothingChangesOnDaysThatAreKeptFree) {
  Decision d = test::worked_decision(-2.5, 16);
  d.no_change.assign(26, false);
  for (size_t week = 3; week < 6; ++week) d.no_change[week] = true;
  int seen = 0;
  for (const PlannedWeek& step : Planner().solve(d, {}).path) {
    if (step.week + step.weeks <= 3 || step.week >= 6) continue;
    EXPECT_EQ(step.choice.programme, -1);
    EXPECT_EQ(step.choice.level, 0);
    ++seen;
  }
  EXPECT_EQ(seen, 3);
}

TEST(Planner, AnEventIsEnteredOnlyWhileItIsOpen) {
  Decision d = test::worked_decision(-2.5, 16);
  d.programmes[0].slots.assign(26, {false, 0, 0.2});
  d.programmes[0].slots[7] = {true, 10, 0.3};
  int runs = 0;
  for (const PlannedWeek& step : Planner().solve(d, {}).path) {
    if (step.choice.programme < 0) continue;
    EXPECT_EQ(step.week, 7);
    EXPECT_GE(1 - d.ladder[static_cast<size_t>(step.choice.level)] / d.price, 0.299);
    ++runs;
  }
  EXPECT_EQ(runs, 1);
  EXPECT_LE(planned(d), fluid_bound(d) + 0.01);
}

// The exit that is best changes with the week: what waits for removal is stored at the dear months' rate.
TEST(Planner, AnExitsWorthMayChangeByWeek) {
  Decision d = test::worked_decision(-1.5, 40);
  d.programmes.clear();
  d.exits[1].by_week.assign(27, -5);
  for (size_t week = 4; week < 27; ++week) d.exits[1].by_week[week] = 6;
  EXPECT_EQ(d.best_exit(0)->channel, "liquidation");
  EXPECT_EQ(d.best_exit(4)->channel, "removal");
  EXPECT_NEAR(planned(d, 600) / exact_value(d), 1, 1e-3);
  EXPECT_LE(planned(d), fluid_bound(d) + 0.01);
}

TEST(Planner, ACoarseGridLosesLittle) {
  std::mt19937_64 random(5);
  double sum = 0;
  constexpr int kSkus = 40;
  for (int i = 0; i < kSkus; ++i) {
    const Decision d = random_decision(random, 26, 100 + static_cast<int>(random() % 300), i % 3 == 0);
    const double lost = 1 - planned(d) / planned(d, 1000);
    EXPECT_LT(lost, 0.005) << i;
    sum += lost;
  }
  EXPECT_LT(sum / kSkus, 0.001);
}

TEST(Planner, NothingIsAboveTheBoundAndNoRuleAboveTheBest) {
  std::mt19937_64 random(7);
  for (int i = 0; i < 60; ++i) {
    const int units = static_cast<int>(5 * std::pow(1'000, static_cast<double>(random() >> 11) * 0x1p-53));
    const Decision d = random_decision(random, 4 + static_cast<int>(random() % 23), units, i % 2 == 0);
    const double best = planned(d);
    const double slack = 0.002 * std::abs(best) + 0.01;
    EXPECT_LE(best, fluid_bound(d) + slack) << i;
    for (Rule rule : {Rule::kHold, Rule::kPlaybook, Rule::kLiquidate})
      EXPECT_LE(planned(d, 80, rule), best + slack) << i << " rule " << static_cast<int>(rule);
  }
}

// bound ≥ exact programme ≥ the planner followed ≥ … and ≥ every rule, whatever else the problem has.
TEST(Planner, TheBoundIsAboveTheExactProgrammeAndThatAboveEveryPolicy) {
  std::mt19937_64 random(43);
  for (int i = 0; i < 16; ++i) {
    Decision d = random_decision(random, 8, 5 + static_cast<int>(random() % 16), i % 2 == 0);
    d.ladder.resize(7);
    if (i % 3 == 0) remember_prices(d);
    if (i % 3 == 0) d.programmes.resize(2);
    if (i % 4 == 1) d.end = HorizonEnd::kSellOn;
    if (i % 4 == 2) d.exits[1].by_week = {-3, -3, 0.1 * d.price, 0.1 * d.price, -1};
    if (i % 5 == 3) d.no_change = {false, true, false, false, true, false, false, false};
    if (i % 5 == 4) d.programmes[0].slots.assign(8, {i % 2 == 0, 3, 0.3});
    if (i % 5 == 2) d.programmes[1].uplift_sd = 0.4;
    d.programmes[1].share_fee = 0.02;
    const double exact = exact_value(d);
    const double slack = 1e-6 * std::abs(exact) + 1e-6;
    EXPECT_GE(fluid_bound(d), exact - slack) << i;
    Planner planner;
    for (Rule rule : {Rule::kBest, Rule::kHold, Rule::kPlaybook}) {
      PlannerOptions options;
      options.rule = rule;
      planner.solve(d, options);
      const double followed = exact_value_of(
          d, [&](int week, const Standing& standing, int units) { return planner.choose(week, standing, units); });
      EXPECT_LE(followed, exact + slack) << i << " rule " << static_cast<int>(rule);
    }
    EXPECT_LE(planned(d, 80, Rule::kLiquidate), exact + slack) << i;
  }
}

TEST(Planner, MoreStockIsNeverWorthLessThanItsRemoval) {
  for (int units : {20, 50, 100, 300}) {
    const Decision less = test::worked_decision(-2, 10, units);
    Decision more = less;
    more.on_hand += 10;
    more.cohorts[0].units += 10;
    EXPECT_GE(planned(more, 1000), planned(less, 1000) + 10 * -1.06 - 1e-6);
  }
}

TEST(Planner, AStockThatSellsByItselfIsLeftAlone) {
  const Optimum optimum = Planner().solve(test::worked_decision(-2.5, 3), {});
  ASSERT_FALSE(optimum.path.empty());
  EXPECT_EQ(optimum.path[0].choice.programme, -1);
  EXPECT_EQ(optimum.path[0].choice.level, 0);
  EXPECT_LT(optimum.path[0].choice.exit_units, 0.5);
}

TEST(Planner, ThePathSellsNoMoreThanThereIs) {
  std::mt19937_64 random(11);
  for (int i = 0; i < 20; ++i) {
    const Decision d = random_decision(random, 26, 400, false);
    const Optimum optimum = Planner().solve(d, {});
    double gone = 0;
    int week = 0;
    std::vector<int> ready(d.programmes.size(), 0);
    for (const PlannedWeek& step : optimum.path) {
      EXPECT_EQ(step.week, week);
      week += step.weeks;
      gone += step.units + step.choice.exit_units;
      if (step.choice.programme < 0) continue;
      const auto p = static_cast<size_t>(step.choice.programme);
      EXPECT_GE(step.week, ready[p]) << "still cooling";
      EXPECT_GE(step.week, d.programmes[p].weeks_until_eligible);
      ready[p] = step.week + d.programmes[p].weeks + d.programmes[p].cooldown_weeks;
    }
    EXPECT_LE(week, d.weeks);
    EXPECT_LE(gone, d.total_units() + 1e-6);
  }
}

TEST(Planner, WaitingCostsMoreTheLongerItIs) {
  Decision d = test::worked_decision(-2.5, 16);
  d.delays = {1, 2, 4, 8};
  const Optimum optimum = Planner().solve(d, {});
  ASSERT_EQ(optimum.cost_of_delay.size(), 4u);
  double before = 0;
  for (const auto& cost : optimum.cost_of_delay) {
    ASSERT_TRUE(cost);
    EXPECT_GE(*cost, before - 1e-6);
    before = *cost;
  }
  EXPECT_GT(before, 100);
}

// The end is not a cliff: sold on, the value hardly depends on where the horizon is cut.
TEST(Planner, ALongerHorizonChangesLittleWhenStockIsSoldOn) {
  Decision d = test::worked_decision(-2.5, 8);
  d.cohorts = {rated_cohort(600, 20, 0, 0.15, 80)};
  d.end = HorizonEnd::kSellOn;
  d.programmes.clear();
  const double short_one = planned(d, 300);
  d.weeks = 39;
  EXPECT_NEAR(planned(d, 300) / short_one, 1, 0.02);
}

TEST(Planner, NoStockIsWorthNothing) {
  Decision d = test::worked_decision(-2, 8, 1);
  d.on_hand = 0;
  d.cohorts.clear();
  EXPECT_NEAR(planned(d), 0, 1e-9);
  EXPECT_TRUE(Planner().solve(d, {}).path.empty());
}

}  // namespace
}  // namespace destock::clearance
