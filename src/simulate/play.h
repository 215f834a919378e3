#pragma once
// Every policy on the same SKUs, worlds and luck; what each brings back, how surely, and where the plan loses.

#include <functional>

#include "simulate/player.h"

namespace destock::simulate {

struct Outcome {
  double mean = 0;           // a SKU
  double low = 0, high = 0;  // 95 % of the mean
  double ahead = 0;          // optimal's mean less this one's, a SKU
  double ahead_low = 0, ahead_high = 0;
  double loses =
      0;  // share of the SKUs in which optimal brings less, by more than one in a thousand of the stock's worth
};
struct WorldOutcome {
  World world;
  std::array<Outcome, kPolicies.size()> policies;
};
struct Simulation {
  size_t skus = 0, runs = 0;
  double bound = 0;  // mean of the SKUs' upper bounds as believed
  std::vector<WorldOutcome> worlds;
};

// A SKU, and what its money is worth in the currency of the sums.
struct Stake {
  clearance::Decision decision;
  double rate = 1;
};

// `runs` of each SKU in each world. `progress`: SKUs done. The same for any number of threads.
Simulation simulate(const std::vector<Stake>& stakes, const std::vector<World>& worlds, size_t runs, uint64_t seed,
                    unsigned threads, const std::function<void(size_t)>& progress);

}  // namespace destock::simulate
