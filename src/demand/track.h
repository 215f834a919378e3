#pragma once
// One series worked through once: its states, how far each method has missed, and its own past units in order. Asked
// at many origins for the quantiles of each method.

#include <cmath>
#include <vector>

#include "demand/count_distribution.h"
#include "demand/methods.h"
#include "demand/panel.h"

namespace destock::demand {

inline constexpr double kWarmUp = 8;  // periods a series is watched before its misses are counted

// Variance of a period's units around a forecast of its mean: (phi · mean + kappa · mean²) · (1 + growth · ahead).
struct VarianceLaw {
  double phi = 1.5;
  double kappa = 0.05;
  double growth = 0.05;  // a period ahead
  double at(double mean) const;
};

// Which methods are of use; the others are not worked out.
using MethodSet = std::array<bool, kMethods>;
inline constexpr MethodSet kAllMethods = [] {
  MethodSet all{};
  for (bool& used : all) used = true;
  return all;
}();

class Track {
public:
  // Works through a series; the storage is used again by the next. `prior`: the group's mean, units a period.
  void follow(const Panel& panel, size_t series, double prior, const Mix& mix, const VarianceLaw& law,
              const MethodSet& methods);

  size_t length() const { return units_.size(); }
  // Whether the series reaches back to last year's period of the first one to come.
  bool knows_last_year() const { return !std::isnan(last_year(length(), 0)); }
  double units(size_t period) const { return units_[period]; }
  const LevelState& state(size_t period) const { return states_[period]; }

  struct Moments {
    double mean, variance;
  };
  // What the method says at the start of `origin` of the period `ahead` after it, times `factor` (season, events).
  Moments quantiles(Method method, size_t origin, int ahead, double factor, Quantiles& out) const;
  // The method's mean and variance alone.
  Moments moments(Method method, size_t origin, int ahead, double factor) const;

private:
  double last_year(size_t origin, int ahead) const;
  void recent(size_t origin, double memory, Quantiles& out) const;

  std::span<const double> units_;
  size_t year_ = 52;
  const Mix* mix_ = nullptr;
  VarianceLaw law_;
  std::vector<LevelState> states_;
  std::vector<std::array<double, kMeanMethods>> spread_;  // squared misses ÷ the law's variance, by period
  struct Past {
    double units;
    size_t period;
  };
  std::vector<Past> past_;  // by units
};

}  // namespace destock::demand
