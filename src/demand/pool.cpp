#include "demand/pool.h"

#include <algorithm>
#include <cmath>

#include "demand/least_squares.h"

namespace destock::demand {
namespace {

constexpr size_t kLeastSample = 600;    // series that teach
constexpr size_t kSampleShare = 20;     // of a large account: one in so many
constexpr size_t kLeastToSplit = 40;    // series
constexpr size_t kRowsPerClass = 6000;  // forecasts that teach
constexpr double kRidge = 1e-3;
constexpr int kRounds = 12;
constexpr int kAveraged = 6;  // the last of them, averaged
constexpr double kStep = 20;
constexpr double kRowsToTrust = 200;  // forecasts at which own weights count as much as those found elsewhere
constexpr int kLongestLearned = 13;   // periods ahead; farther ones use its weights

// Weights before an account has taught its own, in the order of MixInputs and of Method.
constexpr MixInputs kMixPrior = {0, 0.3, 0.4, 0, 0, 0.1, 0.2, 0, 0, 0};
constexpr MethodWeights kWeightPrior = {0.06, 0.01, 0.05, 0.10, 0.04, 0.03, 0.01, 0.01, 0.03, 0.08, 0.26, 0.19, 0.13};

struct Pairs {
  SquareSystem<kMixInputs> system;
  double weight = 0;
  void add(const MixInputs& x, double y, double w) {
    system.add(x, y, w);
    weight += w * x[1] * x[1];
  }
  MixInputs solve(const MixInputs& prior) const { return system.solve(prior, kRidge * weight + 5); }
};

// Every other series of the sample teaches the mix, the rest judge it: a mix judged by its own teachers looks too good.
enum class Half { kTeachers, kJudges };
template <typename Visit>
void each_sampled(const Panel& panel, Half half, Visit visit) {
  const size_t sample = std::max(kLeastSample, panel.size() / kSampleShare);
  const size_t step = std::max<size_t>(1, panel.size() / sample);
  const bool split = panel.size() >= kLeastToSplit;
  size_t drawn = 0;
  for (size_t i = 0; i < panel.size(); i += step, ++drawn)
    if (!split || (drawn % 2 == 0) == (half == Half::kTeachers)) visit(i);
}

std::vector<double> group_means(const Panel& panel) {
  constexpr double kFloor = 0.05;
  constexpr double kNothingKnown = 0.5;
  std::vector<double> sum, count;
  for (size_t i = 0; i < panel.size(); ++i) {
    double units = 0;
    double periods = 0;
    for (double y : panel.of(i))
      if (!std::isnan(y)) {
        units += y;
        ++periods;
      }
    const auto g = static_cast<size_t>(panel.group[i]);
    if (g >= sum.size()) {
      sum.resize(g + 1, 0);
      count.resize(g + 1, 0);
    }
    if (periods <= 0) continue;
    sum[g] += std::log(units / periods + kFloor);
    ++count[g];
  }
  for (size_t g = 0; g < sum.size(); ++g) sum[g] = count[g] > 0 ? std::exp(sum[g] / count[g]) : kNothingKnown;
  return sum;
}

Mix learn_mix(const Panel& panel, const std::vector<double>& priors, int horizon) {
  Mix mix;
  mix.horizon = horizon;
  std::array<std::array<Pairs, kMixClasses + 1>, kAnchors> pairs;
  std::vector<LevelState> states;
  each_sampled(panel, Half::kTeachers, [&](size_t i) {
    trace_levels(panel, i, priors[static_cast<size_t>(panel.group[i])], states);
    const auto units = panel.of(i);
    for (size_t t = 0; t < units.size(); ++t) {
      if (states[t].known < kWarmUp) continue;
      const MixInputs x = mix_inputs(states[t]);
      const double weight = 1 / (x[1] + 0.3);
      const size_t of_class = mix_class(x[1]);
      for (size_t a = 0; a < kAnchors; ++a) {
        const size_t at = t + static_cast<size_t>(mix.anchor(a));
        if (at >= units.size() || std::isnan(units[at])) continue;
        pairs[a][of_class].add(x, units[at], weight);
        pairs[a][kMixClasses].add(x, units[at], weight);
      }
    }
  });
  for (size_t a = 0; a < kAnchors; ++a) {
    const MixInputs all = pairs[a][kMixClasses].solve(kMixPrior);
    for (size_t c = 0; c < kMixClasses; ++c) mix.weights[c][a] = pairs[a][c].solve(all);
  }
  return mix;
}

// phi and kappa from the squared misses of the mix one period ahead, growth from those at the horizon.
VarianceLaw learn_law(const Panel& panel, const std::vector<double>& priors, const Mix& mix) {
  constexpr double kWorstMean = 400;  // squared miss ÷ mean
  constexpr double kWorstInVariances = 16;
  SquareSystem<2> system;
  std::vector<LevelState> states;
  struct Miss {
    double near, near_mean, far, far_mean;
  };
  std::vector<Miss> misses;
  each_sampled(panel, Half::kTeachers, [&](size_t i) {
    trace_levels(panel, i, priors[static_cast<size_t>(panel.group[i])], states);
    const auto units = panel.of(i);
    for (size_t t = 0; t < units.size(); ++t) {
      if (states[t].known < kWarmUp || std::isnan(units[t])) continue;
      const double mean = mix.mean(states[t], 0);
      const double miss = std::pow(units[t] - mean, 2);
      const double weight = 1 / ((1 + 0.1 * mean) * (1 + 0.1 * mean));
      system.add({1, mean}, std::min(miss / mean, kWorstMean), weight);
      const size_t far = t + static_cast<size_t>(mix.horizon) - 1;
      if (far >= units.size() || std::isnan(units[far])) continue;
      const double far_mean = mix.mean(states[t], mix.horizon - 1);
      misses.push_back({miss, mean, std::pow(units[far] - far_mean, 2), far_mean});
    }
  });
  VarianceLaw law;
  const auto found = system.solve({law.phi, law.kappa}, 5);
  law.phi = std::max(1.0, found[0]);
  law.kappa = std::max(0.001, found[1]);
  double near = 0;
  double far = 0;
  for (const Miss& miss : misses) {
    near += std::min(miss.near / law.at(miss.near_mean), kWorstInVariances);
    far += std::min(miss.far / law.at(miss.far_mean), kWorstInVariances);
  }
  if (near > 0 && mix.horizon > 1) law.growth = std::max(0.0, (far / near - 1) / (mix.horizon - 1));
  return law;
}

// Forecasts that have come true, with what each method said; methods padded with zeros to whole vectors of floats.
constexpr size_t kPadded = 16;
static_assert(kMethods <= kPadded);
struct Judged {
  std::array<std::vector<float>, kLevels> quantiles;  // by level: row, method
  std::vector<float> actual, per_scale;               // 1 ÷ the level
  size_t rows() const { return actual.size(); }
};

std::array<Judged, kVolumeClasses> judge_sample(const Panel& panel, const Pool& pool) {
  std::array<Judged, kVolumeClasses> judged;
  Track track;
  bool near = false;  // in turn the next period and the middle of the horizon
  each_sampled(panel, Half::kJudges, [&](size_t i) {
    near = !near;
    const int ahead = near ? 0 : pool.mix.horizon / 2;
    track.follow(panel, i, pool.group_mean[static_cast<size_t>(panel.group[i])], pool.mix, pool.law, kAllMethods);
    each_origin(track, ahead, [&](size_t origin) {
      const double actual = track.units(origin + static_cast<size_t>(ahead));
      const double level = track.state(origin).smooth[1];
      Judged& rows = judged[volume_class(level)];
      if (std::isnan(actual) || rows.rows() >= kRowsPerClass) return;
      for (auto& of_level : rows.quantiles) of_level.resize(of_level.size() + kPadded, 0);
      for (size_t k = 0; k < kMethods; ++k) {
        Quantiles quantiles;
        track.quantiles(static_cast<Method>(k), origin, ahead, 1, quantiles);
        for (size_t j = 0; j < kLevels; ++j)
          rows.quantiles[j][rows.rows() * kPadded + k] = static_cast<float>(quantiles[j]);
      }
      rows.actual.push_back(static_cast<float>(actual));
      rows.per_scale.push_back(static_cast<float>(1 / (level + 0.3)));
    });
  });
  return judged;
}

// Gradient of the pinball loss of the weighted average with respect to the weights, for one band of levels.
MethodWeights gradient(const Judged& judged, size_t band, const MethodWeights& weights) {
  std::array<float, kPadded> w{};
  for (size_t k = 0; k < kMethods; ++k) w[k] = static_cast<float>(weights[k]);
  std::array<float, kPadded> sum{};
  size_t levels = 0;
  for (size_t j = 0; j < kLevels; ++j) {
    if (band_of(j) != band) continue;
    ++levels;
    const auto level = static_cast<float>(kQuantileLevels[j]);
    for (size_t row = 0; row < judged.rows(); ++row) {
      const float* q = &judged.quantiles[j][row * kPadded];
      // Added in a fixed tree: the same on every machine, and still in vectors.
      std::array<float, kPadded> part;
      for (size_t k = 0; k < kPadded; ++k) part[k] = w[k] * q[k];
      for (size_t half = kPadded / 2; half > 0; half /= 2)
        for (size_t k = 0; k < half; ++k) part[k] += part[k + half];
      const float average = part[0];
      const float slope = ((judged.actual[row] > average ? 0.0f : 1.0f) - level) * judged.per_scale[row];
      for (size_t k = 0; k < kPadded; ++k) sum[k] += slope * q[k];
    }
  }
  MethodWeights out{};
  const double scale = 1 / (static_cast<double>(judged.rows()) * static_cast<double>(levels));
  for (size_t k = 0; k < kMethods; ++k) out[k] = sum[k] * scale;
  return out;
}

MethodWeights learn_weights(const Judged& judged, size_t band) {
  MethodWeights weights = kWeightPrior;
  if (judged.rows() == 0) return weights;
  MethodWeights average{};
  for (int round = 0; round < kRounds; ++round) {
    const MethodWeights slope = gradient(judged, band, weights);
    double mean = 0;
    for (size_t k = 0; k < kMethods; ++k) mean += weights[k] * slope[k];
    double total = 0;
    for (size_t k = 0; k < kMethods; ++k) total += weights[k] *= std::exp(-kStep * (slope[k] - mean));
    for (double& weight : weights) weight /= total;
    if (round >= kRounds - kAveraged)
      for (size_t k = 0; k < kMethods; ++k) average[k] += weights[k] / kAveraged;
  }
  const auto rows = static_cast<double>(judged.rows());
  const double trust = rows / (rows + kRowsToTrust);
  for (size_t k = 0; k < kMethods; ++k) weights[k] = trust * average[k] + (1 - trust) * kWeightPrior[k];
  return weights;
}

MethodWeights mean_losses(const Judged& judged) {
  MethodWeights loss{};
  Quantiles quantiles;
  for (size_t row = 0; row < judged.rows(); ++row)
    for (size_t k = 0; k < kMethods; ++k) {
      for (size_t j = 0; j < kLevels; ++j) quantiles[j] = judged.quantiles[j][row * kPadded + k];
      loss[k] += pinball_loss(quantiles, judged.actual[row]) * judged.per_scale[row];
    }
  if (judged.rows() == 0) loss.fill(1);
  for (double& l : loss) l /= std::max<double>(1, static_cast<double>(judged.rows()));
  return loss;
}

}  // namespace

size_t volume_class(double units_per_period) {
  const double u = units_per_period;
  return u < 0.5 ? 0 : u < 3 ? 1 : u < 10 ? 2 : u < 35 ? 3 : 4;
}

Pool learn_pool(const Panel& panel, int horizon) {
  constexpr double kLeastWeight = 0.02;
  Pool pool;
  size_t longest = 0;
  for (size_t i = 0; i < panel.size(); ++i) longest = std::max(longest, panel.length(i));
  const int learnable = std::clamp(static_cast<int>(longest / 4), 2, kLongestLearned);
  pool.group_mean = group_means(panel);
  pool.mix = learn_mix(panel, pool.group_mean, std::clamp(horizon, 2, learnable));
  pool.law = learn_law(panel, pool.group_mean, pool.mix);
  const auto judged = judge_sample(panel, pool);
  pool.used.fill(false);
  pool.used[static_cast<size_t>(Method::kGamma)] = true;   // of new listings
  pool.used[static_cast<size_t>(Method::kMean)] = true;    // where there was no last year
  pool.used[static_cast<size_t>(Method::kRecent)] = true;  // of dead listings
  for (size_t c = 0; c < kVolumeClasses; ++c) {
    pool.loss[c] = mean_losses(judged[c]);
    pool.forecasts_judged += judged[c].rows();
    for (size_t band = 0; band < kBands; ++band) {
      MethodWeights& weights = pool.weights[c][band];
      weights = learn_weights(judged[c], band);
      for (double& weight : weights) weight = weight < kLeastWeight ? 0 : weight;
      double total = 0;
      for (double weight : weights) total += weight;
      for (size_t k = 0; k < kMethods; ++k) {
        weights[k] /= total;
        pool.used[k] = pool.used[k] || weights[k] > 0;
      }
    }
  }
  return pool;
}

}  // namespace destock::demand
