#pragma once
// Counts of a week as a negative binomial with a given mean and variance, and how a forecast of quantiles is judged.

#include <array>
#include <cstddef>
#include <span>

namespace destock::demand {

// The levels at which a forecast is made and judged: 0.05, 0.10 … 0.95.
inline constexpr size_t kLevels = 19;
inline constexpr std::array<double, kLevels> kQuantileLevels = {
    0.05, 0.10, 0.15, 0.20, 0.25, 0.30, 0.35, 0.40, 0.45, 0.50, 0.55, 0.60, 0.65, 0.70, 0.75, 0.80, 0.85, 0.90, 0.95};
using Quantiles = std::array<double, kLevels>;

// Quantiles of the negative binomial with this mean and variance, units; a Poisson where the variance is not above the
// mean. Exact up to kExactMean units; above it the gamma of the same mean and variance by Wilson and Hilferty (1931).
inline constexpr double kExactMean = 48;
void count_quantiles(double mean, double variance, Quantiles& out);

// Quantile of the standard normal, 0 < level < 1, to 1e-9 (Acklam's rational approximation).
double normal_quantile(double level);

// Mean over the levels of the pinball loss: (y − q) · level above the quantile, (q − y) · (1 − level) below it.
double pinball_loss(const Quantiles& quantiles, double actual);

// Whether an actual lies in the 80 % interval: 1, 0, or between where several levels share its count. Then its place
// among them is even (randomised probability integral transform: Czado, Gneiting and Held 2009), so that a calibrated
// forecast scores 0.8 on average, of counts as of real numbers.
double covered_80(const Quantiles& quantiles, double actual);

}  // namespace destock::demand
