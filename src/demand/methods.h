#pragma once
// The forecasts that are asked for each series, and how each reads its mean off the state of a series.

#include <array>
#include <cstddef>
#include <string_view>

#include "base/text.h"
#include "demand/levels.h"

namespace destock::demand {

enum class Method {
  kPlaybook,       // the playbook's weighted windows
  kSeasonalNaive,  // the same period a year ago
  kMean,           // of all its periods
  kSes,            // simple exponential smoothing
  kTrend,          // damped trend (ETS AAdN)
  kTheta,          // smoothing with half the linear trend (Assimakopoulos and Nikolopoulos 2000)
  kCroston,        // Croston (1972)
  kSba,            // Syntetos and Boylan (2005)
  kTsb,            // Teunter, Syntetos and Babai (2011)
  kGamma,          // discounted gamma–Poisson, shrunk to the group: the negative binomial smoothing
  kPooled,         // a mix of levels whose weights the whole account taught
  kRecent,         // the series' own last periods as they were, a quarter's memory
  kRecentLong,     // the same, a year's memory
};
inline constexpr size_t kMethods = 13;
// The first of them give a mean, with a negative binomial around it; the others give their quantiles directly.
inline constexpr size_t kMeanMethods = 11;

std::string_view method_id(Method method);
Text method_name(Method method);

// What the pooled mix weighs.
inline constexpr size_t kMixInputs = 10;
using MixInputs = std::array<double, kMixInputs>;
MixInputs mix_inputs(const LevelState& state);

// Weights of the mix at the first, the middle and the last period ahead, by how fast a series sells.
inline constexpr size_t kAnchors = 3;
inline constexpr size_t kMixClasses = 4;
struct Mix {
  int horizon = 1;
  std::array<std::array<MixInputs, kAnchors>, kMixClasses> weights{};

  int anchor(size_t a) const { return a == 0 ? 0 : a == 1 ? horizon / 2 : horizon - 1; }
  double mean(const LevelState& state, int ahead) const;
};
size_t mix_class(double level);

// Units in the period `ahead` (0: the first one). `last_year`: units of the same period a year ago; where it is
// kNotKnown the mean stands in, so that the method can be judged.
double method_mean(Method method, const LevelState& state, int ahead, double last_year, const Mix& mix);

}  // namespace destock::demand
