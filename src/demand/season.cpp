#include "demand/season.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr double kLeastFactor = 0.1;  // below it a period says nothing of the level
constexpr double kGroupSeries = 30;   // series at which a group's own shape weighs as much as the shape of all
constexpr double kUnvalidatedStrength = 0.5;
constexpr int kHeldBackShare = 2;     // of a year: the last half is held back to measure a season's worth
constexpr double kLeastGain = 0.005;  // of the error, before a season is believed

// Units of all series of a group in a period, against what each sells on average: near 1 in an average period.
struct Index {
  std::vector<double> sum, expected;  // by age: 0 is the panel's last period
  double series = 0;

  double ratio(size_t age) const {
    return age < sum.size() && expected[age] > 0 ? sum[age] / expected[age] : kNotKnown;
  }
};

// `from_age`: only periods at least this old; younger ones are held back.
std::vector<Index> indices(const Panel& panel, size_t groups, size_t from_age) {
  std::vector<Index> out(groups + 1);
  for (size_t i = 0; i < panel.size(); ++i) {
    const auto units = panel.of(i);
    double total = 0;
    double known = 0;
    for (size_t t = 0; t + from_age < units.size(); ++t)
      if (!std::isnan(units[t])) {
        total += units[t];
        ++known;
      }
    if (known < panel.periods_per_year / 2.0 || total <= 0) continue;
    const double mean = total / known;
    const double weight = 1 / std::sqrt(mean);  // so that neither the largest nor the emptiest rule
    for (size_t g : {static_cast<size_t>(panel.group[i]), groups}) {
      Index& index = out[g];
      ++index.series;
      for (size_t t = 0; t + from_age < units.size(); ++t) {
        if (std::isnan(units[t])) continue;
        const size_t age = units.size() - 1 - t;
        if (age >= index.sum.size()) {
          index.sum.resize(age + 1, 0);
          index.expected.resize(age + 1, 0);
        }
        index.sum[age] += weight * std::min(units[t], 8 * mean);
        index.expected[age] += weight * mean;
      }
    }
  }
  return out;
}

// Log factors by the period of the year: ratio to a centred year's mean, averaged over the years, smoothed over
// neighbours. A period without a full year around it is believed by the share of that year that is there.
std::vector<double> log_shape(const Index& index, int year) {
  const auto n = static_cast<int>(index.sum.size());
  std::vector<double> sum(static_cast<size_t>(year), 0), weight(static_cast<size_t>(year), 0);
  for (int age = 0; age < n; ++age) {
    const double here = index.ratio(static_cast<size_t>(age));
    if (std::isnan(here)) continue;
    double around = 0;
    double seen = 0;
    for (int k = std::max(0, age - year / 2); k <= std::min(n - 1, age + year / 2); ++k) {
      const double ratio = index.ratio(static_cast<size_t>(k));
      if (std::isnan(ratio)) continue;
      around += ratio;
      ++seen;
    }
    if (seen < year / 2.0 || around <= 0) continue;
    const double share = std::min(1.0, seen / year);
    const auto phase = static_cast<size_t>(year - 1 - age % year);
    sum[phase] += share * std::log(std::max(0.02, here * seen / around));
    weight[phase] += share;
  }
  std::vector<double> shape(static_cast<size_t>(year), 0);
  for (size_t p = 0; p < shape.size(); ++p) {
    const size_t before = (p + shape.size() - 1) % shape.size();
    const size_t after = (p + 1) % shape.size();
    const double known = weight[p] + 0.5 * (weight[before] + weight[after]);
    const double seen = sum[p] + 0.5 * (sum[before] + sum[after]);
    shape[p] = known > 0 ? seen / (known + 0.25) : 0;
  }
  double mean = 0;
  for (double s : shape) mean += std::exp(s);
  mean = std::log(mean / static_cast<double>(shape.size()));
  for (double& s : shape) s -= mean;
  return shape;
}

std::vector<double> pooled_shape(const Index& own, const std::vector<double>& all, int year) {
  std::vector<double> shape = log_shape(own, year);
  const double weight = own.series / (own.series + kGroupSeries);
  for (size_t p = 0; p < shape.size(); ++p) shape[p] = weight * shape[p] + (1 - weight) * all[p];
  return shape;
}

// Mean error of a smoothed level, four periods ahead, over the held-back periods, with the season at each strength.
constexpr double kStrengths[] = {0, 0.25, 0.5, 0.75, 1};

void held_back_errors(const Panel& panel, size_t series, const std::vector<double>& shape, size_t held_back,
                      std::vector<double>& errors) {
  const auto units = panel.of(series);
  const auto year = shape.size();
  const size_t ahead = std::max<size_t>(1, year / 13);
  if (units.size() < held_back + year / 4) return;
  for (size_t s = 0; s < std::size(kStrengths); ++s) {
    double level = 0;
    double seen = 0;
    double error = 0;
    std::vector<double> forecast(units.size(), kNotKnown);
    for (size_t t = 0; t < units.size(); ++t) {
      if (std::isnan(units[t])) continue;
      const size_t age = units.size() - 1 - t;
      const double factor = std::exp(kStrengths[s] * shape[year - 1 - age % year]);
      if (age < held_back && !std::isnan(forecast[t])) error += std::abs(units[t] - forecast[t] * factor);
      if (factor < kLeastFactor) continue;
      ++seen;
      level += std::max(0.15, 1 / seen) * (units[t] / factor - level);
      if (t + ahead < units.size()) forecast[t + ahead] = level;
    }
    errors[s] += error / std::sqrt(level + 0.3);
  }
}

}  // namespace

std::vector<Season> learn_seasons(const Panel& panel) {
  const int year = panel.periods_per_year;
  size_t groups = 0;
  size_t longest = 0;
  for (int32_t g : panel.group) groups = std::max(groups, static_cast<size_t>(g) + 1);
  for (size_t i = 0; i < panel.size(); ++i) longest = std::max(longest, panel.length(i));
  std::vector<Season> seasons(groups);
  const auto held_back = static_cast<size_t>(year / kHeldBackShare);
  const bool can_validate = longest >= held_back + static_cast<size_t>(year);
  const std::vector<Index> now = indices(panel, groups, 0);
  const std::vector<double> all = log_shape(now[groups], year);
  std::vector<std::vector<double>> errors(groups, std::vector<double>(std::size(kStrengths), 0));
  if (can_validate) {
    const std::vector<Index> then = indices(panel, groups, held_back);
    const std::vector<double> all_then = log_shape(then[groups], year);
    std::vector<std::vector<double>> shapes;
    for (size_t g = 0; g < groups; ++g) shapes.push_back(pooled_shape(then[g], all_then, year));
    const size_t step = std::max<size_t>(1, panel.size() / 2000);
    for (size_t i = 0; i < panel.size(); i += step) {
      const auto g = static_cast<size_t>(panel.group[i]);
      held_back_errors(panel, i, shapes[g], held_back, errors[g]);
    }
  }
  for (size_t g = 0; g < groups; ++g) {
    Season& season = seasons[g];
    season.years = static_cast<double>(now[g].sum.size()) / year;
    season.validated = can_validate && errors[g][0] > 0;
    season.strength = season.years >= 1 ? kUnvalidatedStrength : 0;
    if (season.validated) {
      // A half year that shows no season refutes none: the prior gives way only to a gain.
      double best = 1e300;
      for (size_t s = 0; s < std::size(kStrengths); ++s) {
        const double away = std::abs(kStrengths[s] - kUnvalidatedStrength) / kUnvalidatedStrength;
        const double error = errors[g][s] * (1 + kLeastGain * away);
        if (error >= best) continue;
        best = error;
        season.strength = kStrengths[s];
      }
    }
    if (season.strength <= 0) continue;
    season.factor = pooled_shape(now[g], all, year);
    for (double& f : season.factor) f = std::exp(season.strength * f);
  }
  return seasons;
}

Panel without_season(const Panel& panel, const std::vector<Season>& seasons) {
  Panel out = panel;
  for (size_t i = 0; i < panel.size(); ++i) {
    const Season& season = seasons[static_cast<size_t>(panel.group[i])];
    if (season.factor.empty()) continue;
    const size_t length = panel.length(i);
    for (size_t t = 0; t < length; ++t) {
      const double factor = season.at(static_cast<int64_t>(t) + 1 - static_cast<int64_t>(length));
      const size_t at = panel.offsets[i] + t;
      out.units[at] = factor < kLeastFactor ? kNotKnown : panel.units[at] / factor;
      if (!out.tail.empty()) out.tail[at] = panel.tail[at] / factor;
    }
  }
  return out;
}

}  // namespace destock::demand
