#include "demand/track.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr double kSpreadMemory = 0.98;  // a period, of squared misses
constexpr double kSpreadPrior = 8;      // periods that the law counts for
constexpr double kWorstMiss = 16;       // squared, in variances: one wild period is not a habit
constexpr double kRecentMemory = 0.85;
constexpr double kRecentLongMemory = 0.94;
constexpr size_t kLongestMemory = 256;  // periods; older ones weigh as these

const std::array<double, kLongestMemory>& powers(double memory) {
  const auto table = [](double base) {
    std::array<double, kLongestMemory> out{};
    double power = 1;
    for (double& entry : out) {
      entry = power;
      power *= base;
    }
    return out;
  };
  static const auto recent = table(kRecentMemory);
  static const auto recent_long = table(kRecentLongMemory);
  return memory == kRecentMemory ? recent : recent_long;
}

}  // namespace

double VarianceLaw::at(double mean) const {
  constexpr double kLeast = 0.02;
  const double m = std::max(mean, kLeast);
  return phi * m + kappa * m * m;
}

void Track::follow(const Panel& panel, size_t series, double prior, const Mix& mix, const VarianceLaw& law,
                   const MethodSet& methods) {
  units_ = panel.of(series);
  year_ = static_cast<size_t>(panel.periods_per_year);
  mix_ = &mix;
  law_ = law;
  trace_levels(panel, series, prior, states_);
  const size_t n = units_.size();
  spread_.resize(n + 1);
  std::array<double, kMeanMethods> missed{};
  double seen = 0;
  for (size_t t = 0; t <= n; ++t) {
    const double scale = 1 / (seen + kSpreadPrior);
    for (size_t k = 0; k < kMeanMethods; ++k) spread_[t][k] = (missed[k] + kSpreadPrior) * scale;
    if (t == n || std::isnan(units_[t]) || states_[t].known < kWarmUp) continue;
    seen = seen * kSpreadMemory + 1;
    for (size_t k = 0; k < kMeanMethods; ++k) {
      if (!methods[k]) continue;
      const double mean = method_mean(static_cast<Method>(k), states_[t], 0, last_year(t, 0), mix);
      const double miss = units_[t] - mean;
      missed[k] = missed[k] * kSpreadMemory + std::min(miss * miss / law.at(mean), kWorstMiss);
    }
  }
  past_.clear();
  for (size_t t = 0; t < n; ++t)
    if (!std::isnan(units_[t])) past_.push_back({units_[t], t});
  std::sort(past_.begin(), past_.end(),
            [](const Past& a, const Past& b) { return a.units != b.units ? a.units < b.units : a.period < b.period; });
}

double Track::last_year(size_t origin, int ahead) const {
  const size_t period = origin + static_cast<size_t>(ahead % static_cast<int>(year_));
  return period >= year_ && period - year_ < origin ? units_[period - year_] : kNotKnown;
}

void Track::recent(size_t origin, double memory, Quantiles& out) const {
  const auto& weight = powers(memory);
  const auto weight_of = [&](const Past& past) { return weight[std::min(kLongestMemory - 1, origin - past.period)]; };
  double total = 0;
  for (const Past& past : past_)
    if (past.period < origin) total += weight_of(past);
  double sum = 0;
  double last = 0;
  size_t level = 0;
  for (const Past& past : past_) {
    if (past.period >= origin) continue;
    sum += weight_of(past);
    last = past.units;
    while (level < kLevels && sum >= kQuantileLevels[level] * total - 1e-12) out[level++] = last;
  }
  while (level < kLevels) out[level++] = last;
}

Track::Moments Track::moments(Method method, size_t origin, int ahead, double factor) const {
  const double mean = factor * method_mean(method, states_[origin], ahead, last_year(origin, ahead), *mix_);
  const auto k = static_cast<size_t>(method);
  const double spread = k < kMeanMethods ? spread_[origin][k] : 1;
  return {mean, std::max(mean, law_.at(mean) * spread * (1 + law_.growth * ahead))};
}

Track::Moments Track::quantiles(Method method, size_t origin, int ahead, double factor, Quantiles& out) const {
  const Moments said = moments(method, origin, ahead, factor);
  if (static_cast<size_t>(method) < kMeanMethods) {
    count_quantiles(said.mean, said.variance, out);
  } else {
    recent(origin, method == Method::kRecent ? kRecentMemory : kRecentLongMemory, out);
    for (double& quantile : out) quantile *= factor;
  }
  return said;
}

}  // namespace destock::demand
