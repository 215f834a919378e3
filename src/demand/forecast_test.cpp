#include "demand/forecast.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <cmath>
#include <numeric>
#include <random>

namespace destock::demand {
namespace {

Panel random_panel(size_t series, size_t weeks, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::lognormal_distribution<double> level(0.5, 1.3);
  Panel panel;
  for (size_t i = 0; i < series; ++i) {
    std::poisson_distribution<int> poisson(level(random));
    std::vector<double> units;
    for (size_t t = 0; t < weeks; ++t) units.push_back(random() % 17 == 0 ? kNotKnown : poisson(random));
    panel.add(units, static_cast<int32_t>(i % 3));
  }
  return panel;
}

TEST(Forecast, QuantilesAreWholeUnitsInOrder) {
  const Panel panel = random_panel(120, 60, 5);
  const Forecaster forecaster(panel, 52);
  Track track;
  SeriesForecast out;
  for (size_t i = 0; i < panel.size(); ++i) {
    forecaster.forecast(i, {}, track, out);
    ASSERT_EQ(out.mean.size(), 52u);
    for (const Quantiles& q : out.quantiles)
      for (size_t j = 0; j < kLevels; ++j) {
        EXPECT_EQ(q[j], std::floor(q[j]));
        EXPECT_GE(q[j], j ? q[j - 1] : 0);
      }
    EXPECT_NEAR(std::accumulate(out.weight.begin(), out.weight.end(), 0.0), 1, 1e-9);
  }
}

TEST(Forecast, CoversFourInFiveOfWhatComes) {
  const Panel all = random_panel(600, 60, 9);
  Panel past;
  for (size_t i = 0; i < all.size(); ++i) past.add(all.of(i).subspan(0, 52), all.group[i]);
  const Forecaster forecaster(past, 8);
  Track track;
  SeriesForecast out;
  double covered = 0;
  double count = 0;
  for (size_t i = 0; i < past.size(); ++i) {
    forecaster.forecast(i, {}, track, out);
    for (size_t h = 0; h < 8; ++h) {
      const double actual = all.of(i)[52 + h];
      if (std::isnan(actual)) continue;
      covered += covered_80(out.quantiles[h], actual);
      ++count;
    }
  }
  EXPECT_NEAR(covered / count, 0.8, 0.03);
}

TEST(Forecast, ASteadySellerIsForecastAsItSells) {
  Panel panel = random_panel(60, 60, 2);
  std::mt19937_64 random(4);
  std::poisson_distribution<int> poisson(40);
  std::vector<double> steady;
  for (int t = 0; t < 60; ++t) steady.push_back(poisson(random));
  panel.add(steady, 0);
  const Forecaster forecaster(panel, 8);
  Track track;
  SeriesForecast out;
  forecaster.forecast(panel.size() - 1, {}, track, out);
  EXPECT_NEAR(out.mean[0], 40, 4);
  EXPECT_NEAR(out.quantiles[7][9], 40, 5);
}

TEST(Forecast, FactorsScaleTheWeeks) {
  const Panel panel = random_panel(60, 60, 2);
  const Forecaster forecaster(panel, 4);
  Track track;
  SeriesForecast flat, doubled;
  const std::vector<double> factors = {1, 2, 0.5, 1};
  forecaster.forecast(3, {}, track, flat);
  forecaster.forecast(3, factors, track, doubled);
  EXPECT_NEAR(doubled.mean[1], 2 * flat.mean[1], 0.05);
  EXPECT_NEAR(doubled.mean[2], 0.5 * flat.mean[2], 0.05);
  EXPECT_EQ(doubled.mean[0], flat.mean[0]);
}

TEST(Forecast, ANewListingLeansOnItsGroup) {
  Panel panel;
  std::mt19937_64 random(8);
  std::poisson_distribution<int> poisson(6);
  for (int i = 0; i < 50; ++i) {
    std::vector<double> units;
    for (int t = 0; t < 60; ++t) units.push_back(poisson(random));
    panel.add(units, 0);
  }
  panel.add(std::vector<double>{}, 0);
  panel.add(std::vector<double>{9, 11}, 0);
  const Forecaster forecaster(panel, 4);
  Track track;
  SeriesForecast none, two;
  forecaster.forecast(50, {}, track, none);
  forecaster.forecast(51, {}, track, two);
  EXPECT_NEAR(none.mean[0], 6, 0.5);
  EXPECT_GT(two.mean[0], none.mean[0]);
  EXPECT_LT(two.mean[0], 11);
}

TEST(Forecast, OneTrackGivesWhatAFreshOneGives) {
  const Panel panel = random_panel(40, 40, 6);
  const Forecaster forecaster(panel, 6);
  Track used;
  SeriesForecast a, b;
  for (size_t i = 0; i < panel.size(); ++i) {
    Track fresh;
    forecaster.forecast(i, {}, used, a);
    forecaster.forecast(i, {}, fresh, b);
    EXPECT_EQ(a.mean, b.mean);
    EXPECT_EQ(a.quantiles, b.quantiles);
  }
}

RC_GTEST_PROP(Forecast, IsFiniteWhateverTheHistory, ()) {
  const auto histories = *rc::gen::container<std::vector<std::vector<int>>>(
      rc::gen::container<std::vector<int>>(rc::gen::element(-1, 0, 0, 0, 1, 2, 7, 100'000)));
  Panel panel;
  for (const auto& history : histories) {
    std::vector<double> units;
    for (int u : history) units.push_back(u < 0 ? kNotKnown : u);
    panel.add(units, 0);
  }
  if (panel.size() == 0) return;
  const Forecaster forecaster(panel, 5);
  Track track;
  SeriesForecast out;
  for (size_t i = 0; i < panel.size(); ++i) {
    forecaster.forecast(i, {}, track, out);
    for (size_t h = 0; h < 5; ++h) {
      RC_ASSERT(std::isfinite(out.mean[h]) && out.mean[h] >= 0);
      RC_ASSERT(std::isfinite(out.variance[h]));
      RC_ASSERT(std::isfinite(out.quantiles[h][kLevels - 1]));
    }
  }
}

}  // namespace
}  // namespace destock::demand
