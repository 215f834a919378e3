#include <gtest/gtest.h>

#include <cmath>

#include "clearance/random_decision.h"
#include "sanitized.h"
#include "simulate/learner.h"
#include "simulate/play.h"
#include "simulate/replay.h"

namespace destock::simulate {
namespace {

clearance::Decision made_up(uint64_t seed, int units, bool remembers = false) {
  std::mt19937_64 random(seed);
  clearance::Decision d = clearance::random_decision(random, 16, units, true);
  if (remembers) clearance::remember_prices(d);
  return d;
}

TEST(Market, PoissonQuantilesInvertItsDistribution) {
  for (double mean : {0.2, 3.0, 40.0, 250.0, 1'000.0}) {
    double sum = 0;
    double squares = 0;
    constexpr int kSteps = 20'000;
    for (int i = 0; i < kSteps; ++i) {
      const int k = poisson_quantile(mean, (i + 0.5) / kSteps);
      sum += k;
      squares += static_cast<double>(k) * k;
    }
    EXPECT_NEAR(sum / kSteps / mean, 1, 0.005) << mean;
    EXPECT_NEAR((squares / kSteps - sum / kSteps * (sum / kSteps)) / mean, 1, 0.02) << mean;
  }
}

TEST(Market, SellsWhatIsBelievedOnAverage) {
  const clearance::Decision d = made_up(3, 400);
  const clearance::Effect effect = clearance::effect_of(d, -1, 4);
  double sum = 0;
  double squares = 0;
  constexpr int kRuns = 3'000;
  for (int run = 0; run < kRuns; ++run) {
    const Market market(d, all_worlds().front(), static_cast<uint64_t>(run));
    double week = 0;
    for (int day = 7; day < 14; ++day) week += market.wanted(day, -1, 4, 1).units;
    sum += week;
    squares += week * week;
  }
  const clearance::Offer offer = clearance::offer_of(d, effect, 1, -1);
  EXPECT_NEAR(sum / kRuns / offer.mean, 1, 0.04);
  EXPECT_NEAR((squares / kRuns - sum / kRuns * (sum / kRuns)) / offer.variance, 1, 0.15);
}

// The planner's figure is what its policy brings: played in the market it believes in, many times.
TEST(Players, ThePlanBringsWhatItPromises) {
  if (test::kSanitized) GTEST_SKIP() << test::kInRelease;
  for (uint64_t seed : {5, 6, 7}) {
    clearance::Decision d = made_up(seed, 300);
    d.elasticity = {d.elasticity[1]};  // a run's elasticity is one: the promise averages week by week
    d.weight = {1};
    Players players(d);
    clearance::Planner planner;
    const double promised = planner.solve(d, {}).value;
    double sum = 0;
    constexpr int kRuns = 400;
    for (int run = 0; run < kRuns; ++run)
      sum += players.play(Policy::kOptimal, Market(d, all_worlds().front(), static_cast<uint64_t>(run)));
    EXPECT_NEAR(sum / kRuns / promised, 1, 0.02) << seed;
  }
}

TEST(Players, HoldingBringsWhatThePlannerSaysOfIt) {
  const clearance::Decision d = made_up(11, 250);
  clearance::Planner planner;
  clearance::PlannerOptions options;
  options.rule = clearance::Rule::kHold;
  const double promised = planner.solve(d, options).value;
  Players players(d);
  double sum = 0;
  constexpr int kRuns = 1'000;
  for (int run = 0; run < kRuns; ++run)
    sum += players.play(Policy::kHold, Market(d, all_worlds().front(), static_cast<uint64_t>(run)));
  EXPECT_NEAR(sum / kRuns / promised, 1, 0.015);
}

// Where levels wander and some all but stop, a plan that knows it promises what comes, and brings no less than one that
// does not.
TEST(Players, APlanThatKnowsThatLevelsWanderPromisesWhatComes) {
  struct Sum {
    double promised = 0, came = 0;
  } knows, does_not;
  double within = 0;
  constexpr int kSkus = 10, kRuns = 10;
  for (uint64_t seed = 0; seed < kSkus; ++seed) {
    const clearance::Decision known = made_up(300 + seed, 40 + 50 * static_cast<int>(seed % 5));
    clearance::Decision wanders = known;
    clearance::let_wander(wanders, 0.5, 1.0 / 7);
    clearance::Planner planner;
    const clearance::Optimum best = planner.solve(wanders, {});
    knows.promised += best.value;
    does_not.promised += planner.solve(known, {}).value;
    Players with(wanders), without(known);
    for (int run = 0; run < kRuns; ++run) {
      const Market market(wanders, wandering_world(), 100 * seed + static_cast<uint64_t>(run));
      const double came = with.play(Policy::kOptimal, market);
      knows.came += came / kRuns;
      does_not.came += without.play(Policy::kOptimal, market) / kRuns;
      within +=
          came > best.value - clearance::kFallsShort * best.sd && came < best.value + clearance::kExceeds * best.sd
              ? 1.0 / kSkus / kRuns
              : 0;
    }
  }
  EXPECT_NEAR(knows.promised / knows.came, 1, 0.06);
  EXPECT_GT(does_not.promised / does_not.came, knows.promised / knows.came + 0.02);
  EXPECT_GT(knows.came, 0.995 * does_not.came);
  EXPECT_GT(within, 0.7);
  EXPECT_LT(within, 0.92);
}

TEST(Learner, FindsDemandThatIsHalfOfWhatWasBelieved) {
  const clearance::Decision d = made_up(13, 2'000);
  Learner learner(d);
  const auto base = d.base_in(0);
  for (int week = 0; week < 6; ++week) {
    SeenWeek seen;
    seen.week = week;
    seen.sold = static_cast<int>(std::lround(0.65 * base));
    learner.see(seen);
  }
  EXPECT_TRUE(learner.has_moved());
  const clearance::Decision again = learner.decision_from(6, clearance::Standing::at_start(d), 1'500);
  EXPECT_NEAR(again.base_in(0) / base, 0.68, 0.06);
  EXPECT_EQ(again.weeks, d.weeks - 6);
  EXPECT_EQ(again.on_hand, 1'500);
  EXPECT_FALSE(learner.has_moved());
}

TEST(Learner, AnEmptyShelfSaysOnlyThatNoLessWasWanted) {
  const clearance::Decision d = made_up(13, 2'000);
  Learner learner(d);
  for (int week = 0; week < 6; ++week) {
    SeenWeek seen;
    seen.week = week;
    seen.sold = 1;
    seen.sold_out = true;
    learner.see(seen);
  }
  const clearance::Decision again = learner.decision_from(6, clearance::Standing::at_start(d), 100);
  EXPECT_NEAR(again.base_in(0) / d.base_in(0), 1, 0.08);
}

std::vector<Stake> stakes(size_t count) {
  std::vector<Stake> out;
  for (size_t i = 0; i < count; ++i) out.push_back({made_up(100 + i, 30 + 40 * static_cast<int>(i % 8), true), 1});
  return out;
}

// The claim of the house: on average ahead of every other policy, whatever single belief is wrong.
TEST(Simulation, TheOptimumIsAheadOfEveryPolicyInEveryWorld) {
  if (test::kSanitized) GTEST_SKIP() << test::kInRelease;
  const Simulation simulation = simulate(stakes(24), all_worlds(), 8, 1, 2, nullptr);
  ASSERT_EQ(simulation.worlds.size(), all_worlds().size());
  for (const WorldOutcome& world : simulation.worlds)
    for (size_t p = 0; p + 1 < kPolicies.size(); ++p)
      EXPECT_GT(world.policies[p].ahead, 0) << world.world.id << " " << policy_id(kPolicies[p]);
}

TEST(Simulation, IsTheSameOnAnyNumberOfThreads) {
  const auto one = simulate(stakes(5), all_worlds(), 3, 9, 1, nullptr);
  const auto three = simulate(stakes(5), all_worlds(), 3, 9, 3, nullptr);
  for (size_t w = 0; w < one.worlds.size(); ++w)
    for (size_t p = 0; p < kPolicies.size(); ++p)
      EXPECT_EQ(one.worlds[w].policies[p].mean, three.worlds[w].policies[p].mean);
}

TEST(Replay, TheMarketsLevelSellsTheStockOut) {
  clearance::Decision d = made_up(21, 500);
  d.weeks = 4;
  d.inbound.clear();
  const std::vector<size_t> asked(28, 3);
  const double level = level_that_sells_out(d, asked);
  EXPECT_GT(level, 1);
  EXPECT_NEAR(level * 4 * d.base_in(0) * clearance::effect_of(d, -1, 3).mean, 500, 1e-6);
  const Replayed replayed = replay({{d, level, asked}}, Seen::kAfter, 200, 3, 1, nullptr);
  EXPECT_LT(replayed.asked.left, 0.3);
  EXPECT_EQ(replayed.cases, 1u);
}

}  // namespace
}  // namespace destock::simulate
