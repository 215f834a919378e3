#pragma once
// Many SKUs at once, with what is scarce across them: one policy for each so that together they bring the most within
// the limits, what each limit costs, and how far off the best that may be.
//
//   max Σ_k Σ_c v_kc λ_kc   with  Σ_c λ_kc = 1 for each SKU,  Σ_k Σ_c use_kc,r λ_kc ≤ limit_r (cash: ≥),  λ ≥ 0
//
// A column is a policy of one SKU: its own programme solved at the rows' prices (Dantzig and Wolfe 1960). Prices are
// held back halfway to the best known ones (Wentges 1997). At any prices the sum of the SKUs' values and of price times
// limit is above every policy that meets the limits on average (Lagrange): the bound. What a column brings
// and uses is told along its expected path, its value put right by how the SKU's own plan differs from its path's.

#include <atomic>
#include <functional>

#include "portfolio/scarce.h"

namespace destock::portfolio {

struct Options {
  int rounds = 15;
  double near_enough = 0.001;  // of the bound: gap at which it is left
  unsigned threads = 1;
  const std::atomic<bool>* stop = nullptr;  // set: give up
  std::function<void(int round)> progress = nullptr;
};

// Of one SKU: its path with units and money as they really are.
struct Chosen {
  clearance::Optimum optimum;
  double value = 0;  // base currency, cost of changes taken off
  std::vector<double> use;
  bool own = false;  // what it does where nothing is scarce
};

struct Portfolio {
  std::vector<Chosen> chosen;   // by stake
  std::vector<double> price;    // by row: base currency a unit of it, at the margin
  std::vector<double> used;     // by row, by what was chosen
  double value = 0, bound = 0;  // base currency, cost of changes taken off
  double without_limits = 0;    // the same value, had nothing been scarce
  // By row, by how much it cannot be met by any of the policies looked at; all 0 where the limits can be met.
  std::vector<double> short_by;
  int rounds = 0;
};

// The same on any number of threads.
Portfolio solve(const std::vector<Stake>& stakes, const std::vector<Row>& rows, const Options& options);

}  // namespace destock::portfolio
