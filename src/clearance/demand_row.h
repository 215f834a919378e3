#pragma once
// What a week's demand does to stock on a grid: expected sales, and the weights with which the value of what is left is
// averaged. Exact for whole units on a unit grid; on a coarser grid the value is taken as straight between its points.

#include <vector>

#include "clearance/decision.h"

namespace destock::clearance {

struct DemandRow {
  std::vector<double> sold;    // expected units sold from stock g · step
  std::vector<double> weight;  // of the value j grid points further down
  double rest = 0;             // weight of the value of an empty shelf, beyond the last of them
};

// Two rows in one: the first, and a share of the way to the second. They must outlast it.
struct MixedRow {
  const DemandRow* low = nullptr;
  const DemandRow* high = nullptr;
  double share = 0;

  double sold(size_t point) const { return low->sold[point] + share * (high->sold[point] - low->sold[point]); }
  double rest() const { return low->rest + share * (high->rest - low->rest); }
  size_t reach() const { return std::max(low->weight.size(), high->weight.size()); }
  double weight(size_t j) const {
    return (j < low->weight.size() ? (1 - share) * low->weight[j] : 0) +
           (j < high->weight.size() ? share * high->weight[j] : 0);
  }
};

// Mean and variance of the units demanded. `points`: grid points, 0 … points − 1, `step` units apart.
void demand_row(double mean, double variance, double step, size_t points, DemandRow& out);

}  // namespace destock::clearance
