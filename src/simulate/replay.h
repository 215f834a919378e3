#pragma once
// Clearances that happened, played again: at the prices that were asked, and as the policies would have done, in a
// market whose level is set so that what is known to have happened is what it would do.

#include <functional>

#include "simulate/player.h"

namespace destock::simulate {

struct ReplayCase {
  clearance::Decision belief;  // as it could be known the day before
  double truth_level = 1;      // × belief's demand, so that what happened is expected
  std::vector<size_t> asked;   // level of the price that was asked, by day
};

struct Replayed {
  size_t cases = 0;
  struct Of {
    double mean = 0, low = 0, high = 0;  // a case; 95 %
    double left = 0;                     // share of the stock unsold at the end
  };
  Of asked, hold, best_price, optimal;
  double gain = 0, gain_low = 0, gain_high = 0;  // optimal over what was asked: share
  double optimal_loses = 0;                      // share of the cases
};

// Which market the prices meet: the one that could be believed the day before, or the one that what happened shows.
enum class Seen { kBefore, kAfter };

// `runs` of each case; the interval is over cases. The same for any number of threads.
Replayed replay(const std::vector<ReplayCase>& cases, Seen seen, size_t runs, uint64_t seed, unsigned threads,
                const std::function<void(size_t)>& progress);

// The level of a decision's demand at which the expected units over its weeks at the prices asked are its stock; at
// least 1: less was never known to be wanted.
double level_that_sells_out(const clearance::Decision& belief, const std::vector<size_t>& asked);

}  // namespace destock::simulate
