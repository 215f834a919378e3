#pragma once
// What all series of a panel teach together, so that one with weeks of history need not learn it alone: a level for
// new ones, the mix of levels, how far forecasts miss, and how much each method is worth by how fast a series sells.

#include <vector>

#include "demand/track.h"

namespace destock::demand {

using MethodWeights = std::array<double, kMethods>;

// Low, middle and high quantiles weigh the methods differently.
inline constexpr size_t kBands = 3;
inline constexpr size_t kVolumeClasses = 5;
constexpr size_t band_of(size_t level) {
  return level < 6 ? 0 : level < 13 ? 1 : 2;
}
size_t volume_class(double units_per_period);

struct Pool {
  std::vector<double> group_mean;  // units a period: the geometric mean of the group's series
  Mix mix;
  VarianceLaw law;
  std::array<std::array<MethodWeights, kBands>, kVolumeClasses> weights{};
  std::array<MethodWeights, kVolumeClasses> loss{};  // mean pinball loss ÷ level of each method
  MethodSet used = kAllMethods;                      // methods with some weight in some class
  size_t forecasts_judged = 0;
};

// Weights of an average of quantiles that minimise the pinball loss over recent origins of a sample of the series
// (convex; exponentiated gradient, Kivinen and Warmuth 1997), from weights found on other sellers' data where there is
// little of one's own. `horizon`: periods ahead that forecasts will be asked for.
Pool learn_pool(const Panel& panel, int horizon);

// Origins at which methods are judged: the last ones from which the middle of the horizon has been seen. Calls
// judge(origin, ahead) for each, newest first.
inline constexpr size_t kOrigins = 8;
template <typename Judge>
void each_origin(const Track& track, int ahead, Judge judge) {
  const size_t n = track.length();
  for (size_t back = 0; back < kOrigins; ++back) {
    if (n < back + 1 + static_cast<size_t>(ahead)) return;
    const size_t origin = n - 1 - static_cast<size_t>(ahead) - back;
    if (track.state(origin).known < kWarmUp) return;
    judge(origin);
  }
}

}  // namespace destock::demand
