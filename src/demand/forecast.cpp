#include "demand/forecast.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace destock::demand {
namespace {

constexpr double kTilt = 3;          // how far a method's better record moves its weight
constexpr double kTiltCaution = 30;  // own forecasts at which the record counts half: the guard of short histories
constexpr double kSilence = 15;      // units missed in a row from which a listing may be dead, twice that: is
constexpr double kLeastWeight = 0.03;
constexpr double kMethodsRule = 4.0 / 52;  // of a year, for which the methods alone are believed
constexpr double kLevelRules = 13.0 / 52;  // from which on the level's law is
constexpr double kShapeHolds = 2;          // times the mean, within which the methods' shape is kept
constexpr double kLeastSeason = 0.05;
constexpr int kFarthestGrowth = 26;  // periods; an even farther forecast is not less sure

// What of a week's excess variance makes the negative binomial of this mean lie nearest to the quantiles: a plan is
// told mean and variance, and methods that disagree or missed once make the variance larger than the quantiles are.
double nearest_excess(double mean, double excess, const Quantiles& quantiles) {
  static constexpr std::array<double, 9> kShares = {0.1, 0.2, 0.3, 0.45, 0.65, 0.85, 1, 1.3, 1.7};
  double best = 1;
  double least = std::numeric_limits<double>::infinity();
  Quantiles said;
  for (const double share : kShares) {
    count_quantiles(mean, mean + share * excess, said);
    double away = 0;
    for (size_t j = 0; j < kLevels; ++j) away += std::abs(said[j] - quantiles[j]);
    if (away >= least) continue;
    least = away;
    best = share;
  }
  return best;
}

// At the first period and a quarter of a year on; evenly between, and as there beyond.
void fit_variance(int periods_per_year, SeriesForecast& out) {
  if (out.mean.empty()) return;
  const size_t far = std::min(out.mean.size() - 1, static_cast<size_t>(periods_per_year / 4));
  const auto share_at = [&](size_t h) {
    const double excess = out.variance[h] - out.mean[h];
    return excess > 0 && out.mean[h] > 0 ? nearest_excess(out.mean[h], excess, out.quantiles[h]) : 1;
  };
  const double first = share_at(0);
  const double last = share_at(far);
  for (size_t h = 0; h < out.mean.size(); ++h) {
    const double into = far > 0 ? std::min(1.0, static_cast<double>(h) / static_cast<double>(far)) : 0;
    const double share = (1 - into) * first + into * last;
    out.variance[h] = out.mean[h] + share * std::max(0.0, out.variance[h] - out.mean[h]);
  }
}

}  // namespace

Forecaster::Forecaster(const Panel& panel, int horizon, const market::LevelPrior& levels,
                       std::span<const Season> seasons)
    : panel_(panel),
      horizon_(horizon),
      pool_(learn_pool(panel, horizon)),
      levels_(panel, levels, pool_.law.phi, pool_.law.kappa, seasons),
      signs_(level_signs(panel, seasons)),
      seasons_(seasons),
      own_season_(levels.own_season) {}

std::array<MethodWeights, kBands> Forecaster::weights_of(size_t series, const Track& track, SeriesForecast& out) const {
  const LevelState& now = track.state(track.length());
  const size_t of_class = volume_class(now.smooth[1]);
  std::array<MethodWeights, kBands> weights = pool_.weights[of_class];
  if (!track.knows_last_year())
    for (MethodWeights& band : weights) {
      double& last_year = band[static_cast<size_t>(Method::kSeasonalNaive)];
      band[static_cast<size_t>(Method::kMean)] += last_year;
      last_year = 0;
    }
  const auto useful = [&](size_t k) { return weights[0][k] + weights[1][k] + weights[2][k] > 0; };

  // Stock on the shelf and a silence that the pace makes all but impossible: the past is another product's.
  const bool on_shelf = !panel_.on_shelf.empty() && panel_.on_shelf[series];
  const double silence = on_shelf ? std::clamp((now.quiet - kSilence) / kSilence, 0.0, 1.0) : 0;
  out.dead = silence;
  if (silence > 0)
    for (MethodWeights& band : weights) {
      for (double& weight : band) weight *= 1 - silence;
      band[static_cast<size_t>(Method::kRecent)] += silence;
    }

  MethodWeights loss{};
  Quantiles quantiles;
  out.judged = 0;
  const int middle = pool_.mix.horizon / 2;
  each_origin(track, middle, [&](size_t origin) {
    const double actual = track.units(origin + static_cast<size_t>(middle));
    if (std::isnan(actual)) return;
    ++out.judged;
    for (size_t k = 0; k < kMethods; ++k) {
      if (!useful(k)) continue;
      track.quantiles(static_cast<Method>(k), origin, middle, 1, quantiles);
      loss[k] += pinball_loss(quantiles, actual);
    }
  });
  // Each method's own loss against what its class would make one expect, in shares of the loss of all.
  double own = 0;
  double expected = 0;
  for (size_t k = 0; k < kMethods; ++k)
    if (useful(k)) {
      own += loss[k];
      expected += pool_.loss[of_class][k];
    }
  const double trust = out.judged / (out.judged + kTiltCaution);
  // A listing with less history than a warm-up leans on its group's level.
  const double settled = std::min(1.0, now.known / kWarmUp);
  for (MethodWeights& band : weights) {
    double total = 0;
    for (size_t k = 0; k < kMethods; ++k) {
      if (own > 0 && band[k] > 0)
        band[k] *= std::exp(-kTilt * trust * kMethods * (loss[k] / own - pool_.loss[of_class][k] / expected));
      total += band[k];
    }
    double kept = 0;
    for (double& weight : band) {
      weight = weight < kLeastWeight * total ? 0 : weight;
      kept += weight;
    }
    for (double& weight : band) weight *= settled / kept;
    band[static_cast<size_t>(Method::kGamma)] += 1 - settled;
  }
  out.weight = weights[1];
  out.known = now.known;
  return weights;
}

void Forecaster::forecast(size_t series, std::span<const double> factors, Track& track, SeriesForecast& out) const {
  const double prior = pool_.group_mean[static_cast<size_t>(panel_.group[series])];
  track.follow(panel_, series, prior, pool_.mix, pool_.law, pool_.used);
  const auto weights = weights_of(series, track, out);
  const auto periods = static_cast<size_t>(horizon_);
  out.mean.assign(periods, 0);
  out.variance.assign(periods, 0);
  out.quantiles.assign(periods, Quantiles{});
  const auto weighs = [&](size_t k) { return weights[0][k] + weights[1][k] + weights[2][k] > 0; };
  // Its own past says the same of every period but for the factor.
  std::array<Quantiles, kMethods - kMeanMethods> past{};
  for (size_t k = kMeanMethods; k < kMethods; ++k)
    if (weighs(k)) track.quantiles(static_cast<Method>(k), track.length(), 0, 1, past[k - kMeanMethods]);
  Quantiles said;
  for (size_t h = 0; h < periods; ++h) {
    Quantiles& quantiles = out.quantiles[h];
    const int ahead = std::min(static_cast<int>(h), kFarthestGrowth);
    const double factor = factors.empty() ? 1 : factors[h];
    for (size_t k = 0; k < kMethods; ++k) {
      if (!weighs(k)) continue;
      Track::Moments moments;
      if (k < kMeanMethods) {
        moments = track.quantiles(static_cast<Method>(k), track.length(), ahead, factor, said);
      } else {
        moments = track.moments(static_cast<Method>(k), track.length(), ahead, factor);
        for (size_t j = 0; j < kLevels; ++j) said[j] = factor * past[k - kMeanMethods][j];
      }
      out.mean[h] += weights[1][k] * moments.mean;
      out.variance[h] += weights[1][k] * moments.variance;
      for (size_t j = 0; j < kLevels; ++j) quantiles[j] += weights[band_of(j)][k] * said[j];
    }
  }
  out.signs = signs_[series];
  const auto group = static_cast<size_t>(panel_.group[series]);
  lead_to_level(factors, group < seasons_.size() ? &seasons_[group] : nullptr, out);
  for (Quantiles& quantiles : out.quantiles) {
    double above = 0;  // whole units, and never below a lower level's
    for (double& quantile : quantiles) quantile = above = std::max(above, std::floor(quantile + 0.5));
  }
  fit_variance(panel_.periods_per_year, out);
}

void Forecaster::lead_to_level(std::span<const double> factors, const Season* season, SeriesForecast& out) const {
  if (!levels_.learned() || !out.signs.known()) return;
  const double year = panel_.periods_per_year;
  const int64_t month = std::max<int64_t>(1, panel_.periods_per_year / 13);
  double last_month = 0;
  for (int64_t back = 0; season && back < month; ++back) last_month += season->at(-back) / static_cast<double>(month);
  for (size_t h = 0; h < out.mean.size(); ++h) {
    double near =
        std::clamp((kLevelRules * year - static_cast<double>(h)) / ((kLevelRules - kMethodsRule) * year), 0.0, 1.0);
    // What its last month was off the year may be a season of its own: of a week after the peak the methods know less.
    if (season && !season->factor.empty()) {
      const double falls = std::log(std::max(kLeastSeason, last_month) /
                                    std::max(kLeastSeason, season->at(static_cast<int64_t>(h) + 1)));
      const double into = std::min(1.0, static_cast<double>(h) / (kMethodsRule * year));
      if (falls > 0) near *= 1 - into * falls * falls / (own_season_ * own_season_ + falls * falls);
    }
    near = std::max(near, out.dead);
    if (near >= 1 || out.mean[h] <= 0) continue;
    const double factor = factors.empty() ? 1 : factors[h];
    const double level = factor * levels_.ahead(out.signs, static_cast<double>(h) + 1).mean;
    const double mean = near * out.mean[h] + (1 - near) * level;
    const double ratio = mean / out.mean[h];
    out.variance[h] = std::max(mean, out.variance[h] * ratio * ratio);
    out.mean[h] = mean;
    if (ratio > kShapeHolds || ratio < 1 / kShapeHolds)
      count_quantiles(mean, out.variance[h], out.quantiles[h]);
    else
      for (double& quantile : out.quantiles[h]) quantile *= ratio;
  }
}

}  // namespace destock::demand
