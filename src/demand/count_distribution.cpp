#include "demand/count_distribution.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr double kNoMean = 1e-9;

const std::array<double, kLevels>& normal_levels() {
  static const std::array<double, kLevels> levels = [] {
    std::array<double, kLevels> z{};
    for (size_t i = 0; i < kLevels; ++i) z[i] = normal_quantile(kQuantileLevels[i]);
    return z;
  }();
  return levels;
}

void gamma_quantiles(double mean, double variance, Quantiles& out) {
  const double shape = mean * mean / variance;
  const double ninth = 1 / (9 * shape);
  const double root = std::sqrt(ninth);
  const auto& z = normal_levels();
  for (size_t i = 0; i < kLevels; ++i) {
    const double cube = std::max(0.0, 1 - ninth + root * z[i]);
    out[i] = std::floor(mean * cube * cube * cube + 0.5);
  }
}

}  // namespace

double normal_quantile(double level) {
  constexpr double kA[] = {-3.969683028665376e+01, 2.209460984245205e+02,  -2.759285104469687e+02,
                           1.383577518672690e+02,  -3.066479806614716e+01, 2.506628277459239e+00};
  constexpr double kB[] = {-5.447609879822406e+01, 1.615858368580409e+02, -1.556989798598866e+02, 6.680131188771972e+01,
                           -1.328068155288572e+01};
  constexpr double kC[] = {-7.784894002430293e-03, -3.223964580411365e-01, -2.400758277161838e+00,
                           -2.549732539343734e+00, 4.374664141464968e+00,  2.938163982698783e+00};
  constexpr double kD[] = {7.784695709041462e-03, 3.224671290700398e-01, 2.445134137142996e+00, 3.754408661907416e+00};
  constexpr double kTail = 0.02425;
  if (level > 1 - kTail) return -normal_quantile(1 - level);
  if (level < kTail) {
    const double q = std::sqrt(-2 * std::log(level));
    return (((((kC[0] * q + kC[1]) * q + kC[2]) * q + kC[3]) * q + kC[4]) * q + kC[5]) /
           ((((kD[0] * q + kD[1]) * q + kD[2]) * q + kD[3]) * q + 1);
  }
  const double q = level - 0.5;
  const double r = q * q;
  return (((((kA[0] * r + kA[1]) * r + kA[2]) * r + kA[3]) * r + kA[4]) * r + kA[5]) * q /
         (((((kB[0] * r + kB[1]) * r + kB[2]) * r + kB[3]) * r + kB[4]) * r + 1);
}

void count_quantiles(double mean, double variance, Quantiles& out) {
  if (mean <= kNoMean) {
    out.fill(0);
    return;
  }
  if (mean > kExactMean) {
    gamma_quantiles(mean, std::max(variance, mean), out);
    return;
  }
  // P(0), then P(k + 1) from P(k): Poisson, or negative binomial with r = mean² ÷ (variance − mean).
  const bool poisson = variance <= mean * 1.0001;
  const double p = poisson ? 1 : mean / variance;
  const double r = poisson ? 0 : mean * p / (1 - p);
  double mass = poisson ? std::exp(-mean) : std::exp(r * std::log(p));
  double sum = mass;
  double k = 0;
  const double q = 1 - p;
  for (size_t i = 0; i < kLevels; ++i) {
    while (sum < kQuantileLevels[i] - 1e-12) {
      mass *= (poisson ? mean : q * (r + k)) / (k + 1);
      ++k;
      sum += mass;
      if (mass < 1e-300) break;
    }
    out[i] = k;
  }
}

double pinball_loss(const Quantiles& quantiles, double actual) {
  double sum = 0;
  for (size_t i = 0; i < kLevels; ++i) {
    const double over = actual - quantiles[i];
    sum += std::max(kQuantileLevels[i] * over, (kQuantileLevels[i] - 1) * over);
  }
  return sum / static_cast<double>(kLevels);
}

double covered_80(const Quantiles& quantiles, double actual) {
  double below = 0;
  double at_most = 1;
  for (double quantile : quantiles) {
    below += quantile < actual ? 1 : 0;
    at_most += quantile <= actual ? 1 : 0;
  }
  // The actual's probability integral transform lies evenly in [from, to].
  const double from = 0.05 * below;
  const double to = 0.05 * at_most;
  return std::max(0.0, std::min(to, 0.9) - std::max(from, 0.1)) / (to - from);
}

}  // namespace destock::demand
