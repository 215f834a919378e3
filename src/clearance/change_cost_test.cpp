#include <gtest/gtest.h>

#include <cmath>
#include <random>

#include "clearance/planner.h"
#include "clearance/random_decision.h"
#include "decisions.h"

namespace destock::clearance {
namespace {

constexpr double kCouponLifts = 1.4;  // what it lifts

Decision with_a_coupon(int units, double price, double coupon, double exit) {
  Decision d = test::worked_decision(-2.5, 0.4, units);
  d.weeks = 4;
  d.ladder = {29.99, 23.99, 17.99};
  d.exits = {{"liquidation", 3, 0, {}}};
  d.programmes = {simple_programme("coupon", 1, 0.15, 0.5, kCouponLifts, 0, 0, 0)};
  d.price_change_cost = price;
  d.programmes[0].change_cost = coupon;
  d.exit_change_cost = exit;
  return d;
}

// Every decision and every outcome, with what runs remembered: price levels, then the coupon at each.
class ChangesByHand {
public:
  explicit ChangesByHand(const Decision& d) : d_(d), levels_(d.ladder.size()) {}
  double value(int week, int units, size_t running) const {
    if (week == d_.weeks) return units * std::max(0.0, *d_.exit_value(week));
    double best = -1e300;
    for (int keep = 0; keep <= units; ++keep) {
      const double exit = keep < units ? (units - keep) * *d_.exit_value(week) - d_.exit_change_cost : 0;
      for (size_t next = 0; next < 2 * levels_; ++next)
        if (next < levels_ || next > levels_)  // no coupon at the price as it is
          best = std::max(best, exit + sold(week, keep, next) - cost(running, next));
    }
    return best;
  }

private:
  double cost(size_t running, size_t next) const {
    if (next == running || (next == 0 && running >= levels_)) return 0;
    return next < levels_ ? d_.price_change_cost : d_.programmes[0].change_cost;
  }
  double sold(int week, int units, size_t next) const {
    const size_t level = next % levels_;
    const double mean =
        d_.base[0] * (next >= levels_ ? kCouponLifts : 1) * std::pow(d_.ladder[level] / d_.price, d_.elasticity[0]);
    double sum = -units * d_.cohorts[0].rate[static_cast<size_t>(week)];
    double left = 1;
    double mass = std::exp(-mean);
    for (int k = 0; k <= units; ++k) {
      const double p = k == units ? left : mass;
      sum += p * (k * d_.net(level) + value(week + 1, units - k, next));
      left -= mass;
      mass *= mean / (k + 1);
    }
    return sum;
  }
  const Decision& d_;
  size_t levels_;
};

TEST(ChangeCost, IsEveryDecisionAndOutcomeWithWhatRuns) {
  const double costs[][3] = {{0, 0, 0}, {1.5, 1.5, 0}, {0.5, 4, 2}, {4, 0.5, 1}, {20, 20, 20}};
  for (const auto& [price, coupon, exit] : costs)
    for (int units : {2, 4}) {
      const Decision d = with_a_coupon(units, price, coupon, exit);
      const double exact = ChangesByHand(d).value(0, units, 0);
      EXPECT_NEAR(Planner().solve(d, {}).objective, exact, 0.002 * exact) << price << " " << coupon << " " << units;
    }
}

TEST(ChangeCost, NothingIsWhatItWasBefore) {
  std::mt19937_64 random(5);
  for (int i = 0; i < 6; ++i) {
    Decision d = random_decision(random, 26, 400, true);
    const Optimum free = Planner().solve(d, {});
    d.price_change_cost = 1e-12;
    const Optimum almost = Planner().solve(d, {});
    EXPECT_NEAR(almost.objective, free.value, 1e-4 * std::abs(free.value)) << i;
    EXPECT_EQ(free.change_cost, 0);
    EXPECT_EQ(free.objective, free.value);
  }
}

TEST(ChangeCost, DearerChangesAreFewerAndBringNoMore) {
  std::mt19937_64 random(9);
  for (int i = 0; i < 8; ++i) {
    Decision d = random_decision(random, 26, 400, true);
    double before = 1e300;
    int changes = 1000;
    for (double cost : {0.0, 5.0, 50.0, 5000.0}) {
      d.price_change_cost = d.exit_change_cost = cost;
      for (Programme& programme : d.programmes) programme.change_cost = cost;
      const Optimum best = Planner().solve(d, {});
      EXPECT_LE(best.objective, before + 1e-5 * std::abs(best.objective)) << i << " at " << cost;
      before = best.objective;
      changes = best.changes;
    }
    EXPECT_EQ(changes, 0) << i;
  }
}

}  // namespace
}  // namespace destock::clearance
