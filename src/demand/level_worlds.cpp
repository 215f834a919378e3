#include "demand/level_worlds.h"

#include <algorithm>
#include <array>
#include <cmath>

#include "demand/stopping.h"

namespace destock::demand {
namespace {

constexpr size_t kLevelsOfPlan = 5;
constexpr size_t kLevelsOfTotals = 15;
constexpr double kSpanSettled = 8;  // weeks after which the scatter of the first span is whole
constexpr double kLeastChance = 1e-3;

// Standard normal points of equal weight with variance one.
std::vector<double> points(size_t count) {
  std::vector<double> z(count);
  double squares = 0;
  for (size_t k = 0; k < count; ++k) {
    z[k] = normal_quantile((static_cast<double>(k) + 0.5) / static_cast<double>(count));
    squares += z[k] * z[k] / static_cast<double>(count);
  }
  for (double& point : z) point /= std::sqrt(std::max(squares, 1e-9));
  return z;
}

Worlds worlds(const AccountForecast& forecast, size_t listing, size_t levels) {
  const size_t weeks = forecast.of(listing).size();
  const LevelOutlook& outlook = forecast.outlooks[listing];
  const bool may_stop = outlook.stops > kLeastChance;
  const double stops = may_stop ? outlook.stops : 0;
  const std::vector<double> z = points(levels);
  Worlds out;
  if (may_stop)
    for (const Stop& stop : kStops) out.push_back({stops * stop.share, std::vector<float>(weeks)});
  const size_t stopped = out.size();
  for (size_t k = 0; k < levels; ++k)
    out.push_back({(1 - stops) / static_cast<double>(levels), std::vector<float>(weeks)});
  std::vector<double> factor(levels);
  for (size_t w = 0; w < weeks; ++w) {
    const auto week = static_cast<double>(w);
    const double sd = outlook.log_sd_at(week) * std::sqrt(std::min(1.0, (week + 2) / (kSpanSettled + 1)));
    double mean = 0;
    for (size_t k = 0; k < levels; ++k) {
      factor[k] = std::exp(sd * z[k]);
      mean += factor[k] / static_cast<double>(levels);
    }
    double left = 0;  // of the mean, in the worlds that stop
    for (size_t k = 0; k < stopped; ++k) {
      const double level = stopping(kStops[k], week);
      out[k].factor[w] = static_cast<float>(level);
      left += stops * kStops[k].share * level;
    }
    for (size_t k = 0; k < levels; ++k)
      out[stopped + k].factor[w] = static_cast<float>(factor[k] / mean * (1 - left) / (1 - stops));
  }
  return out;
}

}  // namespace

double LevelOutlook::log_sd_at(double week) const {
  size_t after = 0;
  while (after + 1 < kSpans && kSpanWeeks[after] <= week) ++after;
  if (after == 0) return log_sd.front();
  const double from = kSpanWeeks[after - 1];
  const double share = std::clamp((week - from) / (kSpanWeeks[after] - from), 0.0, 1.0);
  return (1 - share) * log_sd[after - 1] + share * log_sd[after];
}

Worlds worlds_of(const AccountForecast& forecast, size_t listing) {
  return worlds(forecast, listing, kLevelsOfPlan);
}

std::vector<Total> totals_of(const AccountForecast& forecast, size_t listing) {
  std::vector<Total> totals;
  const auto weeks = forecast.of(listing);
  if (weeks.empty()) return totals;
  const Worlds all = worlds(forecast, listing, kLevelsOfTotals);
  struct Mass {
    double units, weight;
  };
  std::vector<Mass> masses;
  Quantiles quantiles;
  for (const int until : kTotalWeeks) {
    if (static_cast<size_t>(until) > weeks.size()) break;
    Total total{until, 0, 0, 0, 0, 0};
    for (int w = 0; w < until; ++w) total.mean += weeks[static_cast<size_t>(w)].mean;
    masses.clear();
    for (const World& world : all) {
      double mean = 0;
      double variance = 0;
      for (size_t w = 0; w < static_cast<size_t>(until); ++w) {
        const double of_week = weeks[w].mean * world.factor[w];
        const double dispersion = std::max(0.0f, weeks[w].variance - weeks[w].mean) /
                                  std::max(1e-6, static_cast<double>(weeks[w].mean) * weeks[w].mean);
        mean += of_week;
        // A clump of units is as large in a poor world as in a rich one: the excess goes with the mean.
        variance += of_week + dispersion * of_week * weeks[w].mean;
      }
      count_quantiles(mean, variance, quantiles);
      for (double q : quantiles) masses.push_back({q, world.weight / static_cast<double>(kLevels)});
    }
    std::sort(masses.begin(), masses.end(), [](const Mass& a, const Mass& b) { return a.units < b.units; });
    double sum = 0;
    total.p10 = total.p50 = total.p90 = -1;
    for (const Mass& mass : masses) {
      sum += mass.weight;
      if (total.p10 < 0 && sum >= 0.1) total.p10 = mass.units;
      if (total.p50 < 0 && sum >= 0.5) total.p50 = mass.units;
      if (total.p90 < 0 && sum >= 0.9) total.p90 = mass.units;
    }
    for (const Stop& stop : kStops)
      total.stops += forecast.outlooks[listing].stops * stop.share * (1 - stopping(stop, until - 1));
    totals.push_back(total);
  }
  return totals;
}

}  // namespace destock::demand
