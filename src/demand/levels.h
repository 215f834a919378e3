#pragma once
// The classic forecasts of a count's level, as recursions over one series: each period's state is what was known when
// it began. All of them in one pass, because selection asks all of them at many origins.

#include <array>
#include <cstddef>
#include <vector>

#include "demand/panel.h"

namespace destock::demand {

// Smoothing weights of the exponential levels kept beside each other.
inline constexpr std::array<double, 5> kSmoothing = {0.03, 0.08, 0.2, 0.4, 0.8};

// What a period's beginning knows.
struct LevelState {
  std::array<double, kSmoothing.size()> smooth{};  // exponential smoothing at each of kSmoothing
  double mean = 0;                                 // of all periods so far
  double playbook = 0;                             // the playbook's windows of 3, 7, 14 and 30 days
  double tail = 0;                                 // the pace of the last three days
  double quiet = 0;                                // units that the days without a sale would have brought
  double ses = 0;                                  // simple exponential smoothing, weight chosen so far
  double trend_level = 0, trend = 0;               // damped trend, a period
  double drift = 0;                                // half the linear trend, a period (Theta)
  double croston = 0;                              // size ÷ interval
  double tsb = 0;                                  // probability × size
  double gamma = 0;                                // discounted gamma–Poisson mean
  double known = 0;                                // periods seen
};
inline constexpr double kDamping = 0.9;
inline constexpr double kCrostonWeight = 0.1;

// One state a period, and one more for the period after the last. `prior`: the mean of the series' group, units a
// period, the gamma–Poisson's start.
void trace_levels(const Panel& panel, size_t series, double prior, std::vector<LevelState>& out);

}  // namespace destock::demand
