#pragma once
// A market that a plan meets: the truth may differ from what was believed when the plan was made.

#include <string>
#include <vector>

#include "base/text.h"
#include "clearance/decision.h"

namespace destock::simulate {

struct World {
  std::string id;
  Text name;
  double elasticity = 1;  // × the believed one
  double dispersion = 1;  // × the believed one; where none was believed, of 0.1
  double uplift = 1;      // × the believed one, never below 1: a programme does not drive buyers away
  double drift = 0;       // share by which demand has changed at the horizon's end, evenly on the way
  // Levels that wander, the mean as believed: of the level's logarithm after half a year, and the share of SKUs that
  // all but stop selling within the first months.
  double spread = 0, dies = 0;
};

// As believed, each belief wrong by itself, all of them at once, and levels that wander.
std::vector<World> all_worlds();
// Levels wander, and one SKU in seven all but stops selling: what a gift shop's half year after a peak looks like.
World wandering_world();
// Every combination of elasticity 0.7, 1, 1.3, dispersion 1, 2, uplift 1, 0.5 and drift −30 %, 0, +30 %.
std::vector<World> world_grid();

// One run of a market: what its days would sell is drawn before any policy acts, so that all meet the same luck.
class Market {
public:
  Market(const clearance::Decision& decision, const World& world, uint64_t seed);

  // Units wanted on a day at a level, in a programme or none (−1), and how many of them at the level's price.
  // `share`: of the day that the programme runs; the rest of it is at the current price.
  struct Wanted {
    int units;
    double at_level;  // share of the units
  };
  Wanted wanted(int day, int programme, size_t level, double share) const;

private:
  void wander(uint64_t seed);

  const clearance::Decision& d_;
  World world_;
  double elasticity_;          // the truth of this run
  std::vector<double> level_;  // of each week, against its mean
  std::vector<double> luck_;   // of each day, uniform
};

// The smallest k with P(D ≤ k) ≥ u for Poisson demand.
int poisson_quantile(double mean, double u);

}  // namespace destock::simulate
