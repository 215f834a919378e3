#include "demand/level_law.h"

#include <gtest/gtest.h>

#include <numeric>
#include <random>

#include "demand/level_worlds.h"
#include "shipped_facts.h"

namespace destock::demand {
namespace {

// `weeks` of Poisson counts; a share of the series stops for good at a week of its own.
Panel panel_of(size_t series, size_t weeks, double dying, double wander) {
  std::mt19937_64 random(3);
  std::normal_distribution<double> step(0, wander);
  std::uniform_real_distribution<double> chance(0, 1);
  Panel panel;
  for (size_t i = 0; i < series; ++i) {
    double log_level = std::log(20);
    const bool dies = chance(random) < dying;
    const auto end = static_cast<size_t>(chance(random) * static_cast<double>(weeks));
    std::vector<double> units;
    for (size_t t = 0; t < weeks; ++t) {
      log_level += step(random);
      std::poisson_distribution<int> poisson(dies && t > end ? 1e-9 : std::exp(log_level));
      units.push_back(poisson(random));
    }
    panel.add(units, 0);
  }
  return panel;
}

LevelLaw law_of(const Panel& panel) {
  return {panel, test::shipped_facts().demand.levels, 1, 0.001};
}

LevelSigns steady(double pace) {
  LevelSigns signs;
  signs.recent = signs.year = pace;
  signs.age = 52;
  return signs;
}

TEST(LevelLaw, WithoutAPastThePriorSpeaks) {
  const LevelLaw law = law_of(panel_of(5, 10, 0, 0));
  const LevelAhead ahead = law.ahead(steady(5), 26);
  EXPECT_NEAR(ahead.mean / 5, 0.87, 0.01);
  EXPECT_NEAR(ahead.stops, 0.1, 1e-9);
  EXPECT_GT(ahead.log_sd, 0.3);
}

TEST(LevelLaw, APeakQuarterIsNoLevelForOneThatWasEmptyAfterTheLast) {
  const LevelLaw law = law_of(panel_of(5, 10, 0, 0));
  LevelSigns signs = steady(10);
  signs.recent = 30;
  signs.same = {4, 2, 1, 10};
  const double no_season = law.ahead(signs, 26).mean;
  signs.season = 0.4;
  signs.season_to_come = {0.1, 0, -0.2, 0};
  EXPECT_LT(law.ahead(signs, 26).mean, 0.5 * no_season);
  EXPECT_GT(law.ahead(signs, 26).log_sd, 0.3);
  // Its own year was as ever: the quarter counts no more than the year.
  signs.same = {10, 10, 10, 10};
  EXPECT_GT(law.ahead(signs, 26).mean, 0.8 * 10 * 0.87);
  EXPECT_LT(law.ahead(signs, 26).mean, 1.3 * 10 * 0.87);
  // Before a peak its quarter stays what it is.
  signs.season = -0.2;
  signs.season_to_come = {0.1, 0.2, 0.3, 0};
  EXPECT_NEAR(law.ahead(signs, 26).mean, no_season + 0.08 * 9, 0.1);
}

TEST(LevelLaw, WhatWasLaunchedIntoAPeakFallsAfterIt) {
  const LevelLaw law = law_of(panel_of(5, 10, 0, 0));
  LevelSigns signs = steady(10);
  signs.age = 10;
  const double usual = law.ahead(signs, 26).mean;
  signs.season = signs.season_of_life = 0.35;
  signs.season_to_come = {0.1, 0, -0.2, 0};
  EXPECT_NEAR(law.ahead(signs, 26).mean, std::exp(-2.5 * 0.35) * usual, 0.05 * usual);
  signs.season_of_life = -0.2;  // into a trough: nothing is known of it
  EXPECT_GT(law.ahead(signs, 26).mean, 0.99 * usual);
}

// The same past, told by a shop whose weeks have no season and by one that comes from its peak.
TEST(LevelLaw, SignsKnowWhereInTheYearTheyAre) {
  Panel panel = panel_of(1, 51, 0, 0);
  Season season;
  for (int week = 0; week < 52; ++week) season.factor.push_back(week < 26 ? 0.8 : week < 39 ? 1.0 : 1.4);
  const std::vector<Season> seasons{season};
  const LevelSigns flat = level_signs(panel).front();
  const LevelSigns peak = level_signs(panel, seasons).front();
  EXPECT_EQ(flat.season, 0);
  EXPECT_NEAR(peak.season, std::log(1.4), 0.02);
  EXPECT_NEAR(peak.season_to_come[2], std::log(0.8), 0.02);
  EXPECT_EQ(peak.season_of_life, 0) << "it is older than anybody knows";
  EXPECT_FALSE(std::isnan(peak.same[2])) << "a year of reports that is a week short of one";
}

TEST(LevelLaw, LevelsThatStayAreBelievedToStay) {
  const LevelAhead calm = law_of(panel_of(300, 104, 0, 0)).ahead(steady(20), 26);
  const LevelAhead wild = law_of(panel_of(300, 104, 0, 0.15)).ahead(steady(20), 26);
  EXPECT_LT(calm.log_sd, 0.25);
  EXPECT_GT(wild.log_sd, 2 * calm.log_sd);
}

TEST(LevelLaw, AShopInWhichListingsDieSaysSo) {
  const LevelLaw dying = law_of(panel_of(300, 104, 0.7, 0.03));
  const LevelLaw living = law_of(panel_of(300, 104, 0.06, 0.03));
  EXPECT_FALSE(dying.survivors());
  EXPECT_GT(dying.ahead(steady(20), 26).stops, 2 * living.ahead(steady(20), 26).stops);
}

TEST(LevelLaw, WhereNothingDiedTheListingsWereChosenByIt) {
  const LevelLaw law = law_of(panel_of(300, 104, 0, 0.03));
  EXPECT_TRUE(law.survivors());
  EXPECT_GE(law.stops_scale(), 1);
}

AccountForecast a_forecast(double log_sd, double stops) {
  AccountForecast forecast;
  forecast.weeks = 52;
  forecast.forecast.assign(52, {10, 12, 6, 10, 15});
  forecast.offsets = {0, 52};
  forecast.outlooks.resize(1);
  forecast.outlooks[0].log_sd.fill(static_cast<float>(log_sd));
  forecast.outlooks[0].stops = static_cast<float>(stops);
  return forecast;
}

TEST(Worlds, WeightsAndMeansAreOne) {
  const Worlds worlds = worlds_of(a_forecast(0.6, 0.15), 0);
  ASSERT_GE(worlds.size(), 5u);
  double weights = 0;
  for (const World& world : worlds) weights += world.weight;
  EXPECT_NEAR(weights, 1, 1e-9);
  for (size_t w = 0; w < 52; ++w) {
    double mean = 0;
    for (const World& world : worlds) mean += world.weight * world.factor[w];
    EXPECT_NEAR(mean, 1, 1e-5) << w;
  }
  EXPECT_LT(worlds.front().factor[26], 0.1);  // the one that all but stops
}

TEST(Totals, SumsAreWiderThanIndependentWeeks) {
  const auto sure = totals_of(a_forecast(0, 0), 0);
  const auto unsure = totals_of(a_forecast(0.6, 0.15), 0);
  ASSERT_EQ(sure.size(), 4u);
  EXPECT_NEAR(sure[2].mean, 260, 1e-3);
  EXPECT_NEAR(unsure[2].mean, 260, 1e-3);
  EXPECT_LT(sure[2].p90 - sure[2].p10, 60);
  EXPECT_GT(unsure[2].p90 - unsure[2].p10, 200);
  EXPECT_LT(unsure[2].p50, 260);
  EXPECT_NEAR(unsure[2].stops, 0.15, 0.02);
  EXPECT_LT(unsure[0].stops, 0.1);
  EXPECT_EQ(sure[2].stops, 0);
}

}  // namespace
}  // namespace destock::demand
