#include "demand/count_distribution.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <random>

namespace destock::demand {
namespace {

// The slow way: masses by the logarithm of the gamma function, one by one.
double slow_quantile(double mean, double variance, double level) {
  double sum = 0;
  for (int k = 0;; ++k) {
    double log_mass = 0;
    if (variance <= mean * 1.0001) {
      log_mass = k * std::log(mean) - mean - std::lgamma(k + 1.0);
    } else {
      const double p = mean / variance;
      const double r = mean * p / (1 - p);
      log_mass = std::lgamma(r + k) - std::lgamma(r) - std::lgamma(k + 1.0) + r * std::log(p) + k * std::log(1 - p);
    }
    sum += std::exp(log_mass);
    if (sum >= level - 1e-9 || k > 5000) return k;
  }
}

TEST(CountDistribution, NothingExpectedIsNothing) {
  Quantiles q;
  count_quantiles(0, 5, q);
  for (double value : q) EXPECT_EQ(value, 0);
}

RC_GTEST_PROP(CountDistribution, QuantilesEqualTheMassesSummed, ()) {
  const double mean = *rc::gen::inRange(1, 4700) / 100.0;
  const double variance = mean * (1 + *rc::gen::inRange(0, 800) / 100.0);
  Quantiles q;
  count_quantiles(mean, variance, q);
  for (size_t j = 0; j < kLevels; ++j) {
    const double slow = slow_quantile(mean, variance, kQuantileLevels[j]);
    RC_ASSERT(std::abs(q[j] - slow) <= (std::abs(slow) > 0 ? 1e-9 : 0.0));
  }
}

TEST(CountDistribution, LargeMeansAreNearTheExactOnes) {
  for (double mean : {60.0, 200.0, 900.0})
    for (double ratio : {1.0, 3.0, 20.0}) {
      Quantiles q;
      count_quantiles(mean, mean * ratio, q);
      for (size_t j = 0; j < kLevels; ++j) {
        const double slow = slow_quantile(mean, mean * ratio, kQuantileLevels[j]);
        EXPECT_NEAR(q[j], slow, 1 + 0.03 * std::sqrt(mean * ratio)) << mean << " x " << ratio << " at " << j;
      }
    }
}

TEST(CountDistribution, NormalQuantilesAreTheKnownOnes) {
  EXPECT_NEAR(normal_quantile(0.5), 0, 1e-9);
  EXPECT_NEAR(normal_quantile(0.975), 1.959963985, 1e-8);
  EXPECT_NEAR(normal_quantile(0.001), -3.090232306, 1e-7);
}

TEST(CountDistribution, PinballIsTheMeanOverTheLevels) {
  Quantiles q;
  q.fill(10);
  double expected = 0;
  for (double level : kQuantileLevels) expected += level * 4;
  EXPECT_NEAR(pinball_loss(q, 14), expected / kLevels, 1e-12);
  EXPECT_NEAR(pinball_loss(q, 10), 0, 1e-12);
}

// Counts share bounds; a forecast that is right must still score 0.8, whatever the mean.
TEST(CountDistribution, ARightForecastCoversFourInFive) {
  std::mt19937_64 random(3);
  for (double mean : {0.3, 2.0, 30.0}) {
    Quantiles q;
    count_quantiles(mean, mean, q);
    std::poisson_distribution<int> poisson(mean);
    double covered = 0;
    constexpr int kDraws = 40'000;
    for (int i = 0; i < kDraws; ++i) covered += covered_80(q, poisson(random));
    EXPECT_NEAR(covered / kDraws, 0.8, 0.025) << mean;
  }
}

}  // namespace
}  // namespace destock::demand
