// What an account learns of its channels, against a seller who knows the truth: the same SKUs, the same luck.

#include <gtest/gtest.h>
#include <array>
#include <cmath>
#include <random>

#include "clearance/random_decision.h"
#include "desk/track.h"
#include "sanitized.h"
#include "simulate/player.h"

namespace destock::app {
namespace {

using clearance::Decision;

constexpr int kSkus = 10, kRuns = 8, kWeeks = 16, kUnits = 90;
constexpr double kBeliefSd = 0.35;  // of the logarithm of a placement, as of data/channels

Decision with_uplift(Decision decision, double factor) {
  for (clearance::Programme& programme : decision.programmes)
    programme.uplift = std::max(1.0, programme.uplift * factor);
  return decision;
}

std::vector<Decision> skus() {
  std::mt19937_64 random(19);
  std::vector<Decision> all;
  for (int i = 0; i < kSkus; ++i) all.push_back(clearance::random_decision(random, kWeeks, kUnits, true));
  return all;
}

simulate::World world_of(double factor) {
  simulate::World world;
  world.uplift = factor;
  return world;
}

// The first run of a programme that each SKU's plan has, as reports would show it.
std::vector<desk::Trial> first_runs(const std::vector<Decision>& all, double factor) {
  std::vector<desk::Trial> trials;
  for (size_t i = 0; i < all.size(); ++i) {
    clearance::Planner planner;
    const auto best = planner.solve(all[i], {});
    const simulate::Market market(all[i], world_of(factor), 1000 + i);
    for (const clearance::PlannedWeek& step : best.path) {
      if (step.choice.programme < 0 || step.units < 1) continue;
      double sold = 0;
      for (int day = step.week * 7; day < (step.week + step.weeks) * 7; ++day)
        sold += market.wanted(day, step.choice.programme, static_cast<size_t>(step.choice.level), 1).units;
      if (sold >= step.stock) continue;  // sold out: no less was wanted, and nobody knows how much more
      trials.push_back({step.units, sold, std::sqrt(all[i].dispersion)});
      break;
    }
  }
  return trials;
}

double comes(const std::vector<Decision>& all, double believed, double factor) {
  double sum = 0;
  for (size_t i = 0; i < all.size(); ++i) {
    const Decision seen = with_uplift(all[i], believed);
    simulate::Players players(seen);
    for (int run = 0; run < kRuns; ++run)
      sum += players.play(simulate::Policy::kOptimal,
                          simulate::Market(all[i], world_of(factor), static_cast<uint64_t>(run) * 97 + i));
  }
  return sum;
}

TEST(LearnedLift, ReachesNearlyAllOfWhoKnowsTheTruth) {
  if (test::kSanitized) GTEST_SKIP() << test::kInRelease;
  const std::vector<Decision> all = skus();
  for (const double factor : std::array{0.5, 2.0}) {
    const auto trials = first_runs(all, factor);
    ASSERT_GE(trials.size(), 3u);
    const desk::Learned learned = desk::learned_of(trials, kBeliefSd);
    const double knows = comes(all, factor, factor);
    const double with = comes(all, learned.factor, factor) / knows;
    const double without = comes(all, 1, factor) / knows;
    std::cout << "truth " << factor << ": learned " << learned.factor << " from " << learned.runs << " runs, reaches "
              << with << ", without " << without << "\n";
    EXPECT_GE(with, 0.97) << "truth " << factor;
    EXPECT_EQ(learned.factor > 1, factor > 1);
  }
}

}  // namespace
}  // namespace destock::app
