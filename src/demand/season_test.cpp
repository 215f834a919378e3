#include "demand/season.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace destock::demand {
namespace {

// `weeks` of Poisson counts around a level, with a peak of four weeks each year.
Panel seasonal_panel(size_t series, size_t weeks, double peak, int32_t group = 0) {
  std::mt19937_64 random(11);
  Panel panel;
  for (size_t i = 0; i < series; ++i) {
    std::vector<double> units;
    for (size_t t = 0; t < weeks; ++t) {
      const size_t of_year = (t + 52 * 10 - weeks) % 52;  // the last week is the 52nd
      std::poisson_distribution<int> poisson((4 + static_cast<double>(i % 7)) *
                                             (of_year >= 40 && of_year < 44 ? peak : 1));
      units.push_back(poisson(random));
    }
    panel.add(units, group);
  }
  return panel;
}

TEST(Season, FindsThePeakThatTwoYearsShow) {
  const Panel panel = seasonal_panel(60, 104, 3);
  const Season season = learn_seasons(panel).front();
  ASSERT_FALSE(season.factor.empty());
  EXPECT_GT(season.learned, 0.6);
  EXPECT_GT(season.at(42), 2);  // weeks ahead of the 52nd: the 42nd of the next year
  EXPECT_NEAR(season.at(10), 0.9, 0.2);
  EXPECT_EQ(season.at(0), season.at(52));
}

TEST(Season, BelievesNothingWhereThereIsNothing) {
  const Season season = learn_seasons(seasonal_panel(60, 104, 1)).front();
  for (int week = 1; week <= 52; ++week) EXPECT_NEAR(season.at(week), 1, 0.15) << week;
}

// A rise of the last eight weeks, nothing before it known: season or growth?
Panel rising_panel() {
  std::mt19937_64 random(5);
  Panel panel;
  for (size_t i = 0; i < 60; ++i) {
    std::vector<double> units;
    for (size_t t = 0; t < 52; ++t) {
      std::poisson_distribution<int> poisson(t < 44 ? 8 : 16);
      units.push_back(poisson(random));
    }
    panel.add(units, 0);
  }
  return panel;
}

TEST(Season, ARiseOfOneYearIsMostlySeason) {
  std::vector<double> curve(52);
  for (size_t p = 0; p < curve.size(); ++p) curve[p] = p >= 44 ? 0.4 : -0.06;
  const Season season = learn_seasons(rising_panel(), {curve}).front();
  EXPECT_GT(season.at(0) / season.at(20), 1.6);  // of a rise of 2
  const Season unknown = learn_seasons(rising_panel()).front();
  EXPECT_LT(unknown.at(0) / unknown.at(20), season.at(0) / season.at(20));
}

TEST(Season, WithoutWeeksThePublicCurveSpeaks) {
  std::vector<double> curve(52, 0);
  for (size_t p = 10; p < 14; ++p) curve[p] = std::log(2.0);
  Panel panel;
  panel.add(std::vector<double>{3, 4, 3}, 0);
  const Season season = learn_seasons(panel, {curve}).front();
  EXPECT_NEAR(season.at(12) / season.at(30), 2, 0.1);
  EXPECT_LT(season.learned, 0.2);
}

TEST(Season, ASmallGroupLeansOnAll) {
  Panel panel = seasonal_panel(80, 104, 3);
  panel.group.back() = 1;  // one series alone in its group
  const auto seasons = learn_seasons(panel);
  ASSERT_EQ(seasons.size(), 2u);
  EXPECT_NEAR(seasons[1].at(42) / seasons[0].at(42), 1, 0.25);
}

TEST(Season, TakenOutTheSeriesAreFlat) {
  const Panel panel = seasonal_panel(60, 104, 3);
  const Panel flat = without_season(panel, learn_seasons(panel));
  double peak = 0;
  double rest = 0;
  for (size_t i = 0; i < flat.size(); ++i)
    for (size_t t = 52; t < 104; ++t) (t % 52 >= 40 && t % 52 < 44 ? peak : rest) += flat.of(i)[t];
  EXPECT_LT(peak / 4 / (rest / 48), 1.4);  // 3 before
}

}  // namespace
}  // namespace destock::demand
