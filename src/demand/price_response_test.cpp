#include "demand/price_response.h"

#include <gtest/gtest.h>

#include <cmath>
#include <random>

namespace destock::demand {
namespace {

struct Made {
  ResponsePanel panel;
  std::mt19937_64 random{7};

  Made() { panel.controls = 1; }
  // One series: price(week) and what the truth makes of it.
  template <typename Price, typename Mean>
  void series(int weeks, Price price, Mean mean) {
    for (int week = 0; week < weeks; ++week) {
      std::poisson_distribution<int> poisson(std::max(1e-9, mean(week)));
      panel.units.push_back(poisson(random));
      panel.log_price.push_back(std::log(price(week)));
      panel.control.push_back(0);
    }
    panel.offsets.push_back(panel.units.size());
    panel.group.push_back(0);
  }
  PriceResponses responses(unsigned threads = 1) const {
    std::vector<ResponsePrior> priors(1);
    priors[0].controls[0] = {0.14, 0.25};
    return price_responses(panel, priors, threads);
  }
};

double steps(int week) {
  return week % 16 < 8 ? 20 : 15;
}

TEST(PriceResponse, FindsTheElasticityThatPriceMovesShow) {
  Made made;
  made.series(60, steps, [](int week) { return 60 * std::pow(steps(week) / 20, -3.0); });
  const PriceResponse response = made.responses().series[0];
  EXPECT_EQ(response.basis, ResponseBasis::kOwnAndGroup);
  EXPECT_NEAR(response.elasticity.mean, -3, 0.35);
  EXPECT_LT(response.low, -3);
  EXPECT_GT(response.high, -3);
  EXPECT_EQ(response.price_changes, 7);
}

TEST(PriceResponse, APriceThatNeverMovedKeepsThePrior) {
  Made made;
  made.series(
      60, [](int) { return 20.0; }, [](int) { return 12.0; });
  const PriceResponse response = made.responses().series[0];
  EXPECT_EQ(response.basis, ResponseBasis::kPriorOnly);
  EXPECT_TRUE(std::isnan(response.own));
  EXPECT_NEAR(response.elasticity.mean, -2.0 * std::exp(0.525 * 0.525 / 2), 0.02);
  EXPECT_NEAR(response.low, -2 * std::exp(1.645 * 0.525), 0.05);
  EXPECT_NEAR(response.high, -2 * std::exp(-1.645 * 0.525), 0.05);
}

// Cuts that go with falling demand: the naive slope is positive, the answer must not be.
TEST(PriceResponse, AWrongSignIsSetAside) {
  Made made;
  made.series(
      60, [](int week) { return week < 30 ? 20.0 : 12.0; }, [](int week) { return week < 30 ? 40.0 : 12.0; });
  const PriceResponse response = made.responses().series[0];
  EXPECT_EQ(response.basis, ResponseBasis::kWrongSign);
  EXPECT_GT(response.own, 0);
  EXPECT_LT(response.high, 0);
  EXPECT_NEAR(response.elasticity.mean, -2.3, 0.2);
}

TEST(PriceResponse, EmptyShelvesAreNotDemand) {
  Made made;
  made.series(
      60, [](int week) { return week < 30 ? 20.0 : 14.0; },
      [](int week) { return week < 30   ? 10.0
                            : week < 40 ? 10 * std::pow(0.7, -2.0)
                                        : 0; });
  EXPECT_NEAR(made.responses().series[0].elasticity.mean, -2, 0.5);
}

// The price is cut the week after a bad week, by chance alone: the cut did not make the good weeks.
TEST(PriceResponse, APriceThatFollowsDemandCountsLess) {
  Made made;
  std::mt19937_64 luck(3);
  std::normal_distribution<double> normal;
  std::vector<double> shock(121), price(121, 20);
  for (size_t week = 0; week < shock.size(); ++week) shock[week] = 0.5 * normal(luck);
  for (size_t week = 1; week < price.size(); ++week) price[week] = shock[week - 1] < 0 ? 15 : 20;
  made.series(
      120, [&](int week) { return price[static_cast<size_t>(week)]; },
      [&](int week) { return 60 * std::exp(shock[static_cast<size_t>(week)]); });
  EXPECT_EQ(made.responses().series[0].basis, ResponseBasis::kFollowedDemand);
}

TEST(PriceResponse, AGroupTeachesItsQuietMembers) {
  Made made;
  for (int i = 0; i < 40; ++i) made.series(60, steps, [](int week) { return 50 * std::pow(steps(week) / 20, -4.0); });
  made.series(
      60, [](int) { return 20.0; }, [](int) { return 12.0; });
  const auto responses = made.responses();
  EXPECT_NEAR(responses.groups[0].elasticity_median, 3.8, 0.4);
  EXPECT_LT(responses.series[40].elasticity.mean, -3.2);
}

TEST(PriceResponse, NothingSoldLeavesThePrior) {
  Made made;
  made.series(60, steps, [](int) { return 0.0; });
  made.series(3, steps, [](int) { return 9.0; });
  const auto responses = made.responses();
  EXPECT_EQ(responses.series[0].basis, ResponseBasis::kNoSales);
  EXPECT_EQ(responses.series[1].basis, ResponseBasis::kNoSales);
  EXPECT_LT(responses.series[0].elasticity.mean, 0);
}

TEST(PriceResponse, ThreadsChangeNothing) {
  Made made;
  for (int i = 0; i < 300; ++i)
    made.series(50, steps, [i](int week) { return (1 + i % 9) * std::pow(steps(week) / 20, -2.0); });
  const auto one = made.responses(1);
  const auto four = made.responses(4);
  for (size_t i = 0; i < one.series.size(); ++i) {
    EXPECT_EQ(one.series[i].elasticity.mean, four.series[i].elasticity.mean);
    EXPECT_EQ(one.series[i].low, four.series[i].low);
  }
}

// After a peak everything sells less, and half of it is cut just then: those that are not cut tell them apart.
TEST(PriceResponse, WhatFallsForAllIsNotAWeakPrice) {
  Made made;
  const auto fall = [](int week) { return week < 40 ? 1.0 : std::exp(-0.12 * std::min(6, week - 39)); };
  const auto cut = [](int week) { return week < 40 ? 20.0 : 15.0; };
  for (int i = 0; i < 40; ++i) {
    const double level = 6 + i % 12;
    made.series(52, cut, [&](int week) { return level * fall(week) * std::pow(cut(week) / 20, -2.5); });
    made.series(
        52, [](int) { return 20.0; }, [&](int week) { return level * fall(week); });
  }
  EXPECT_NEAR(made.responses().groups[0].elasticity_median, 2.4, 0.5);
}

// A level that wanders by itself says less of what a price does than one that stays.
TEST(PriceResponse, AWanderingLevelLeavesMoreToDoubt) {
  Made steady, wandering;
  std::mt19937_64 luck(11);
  std::normal_distribution<double> normal;
  const auto cut = [](int week) { return week < 40 ? 20.0 : 15.0; };
  for (int i = 0; i < 30; ++i) {
    std::vector<double> level(60, 0);
    for (size_t week = 1; week < level.size(); ++week) level[week] = level[week - 1] + 0.25 * normal(luck);
    steady.series(60, cut, [&](int week) { return 40 * std::pow(cut(week) / 20, -2.0); });
    wandering.series(60, cut, [&](int week) {
      return 40 * std::exp(level[static_cast<size_t>(week)]) * std::pow(cut(week) / 20, -2.0);
    });
  }
  double sure = 0, doubtful = 0;
  const auto of_steady = steady.responses(), of_wandering = wandering.responses();
  for (size_t i = 0; i < 30; ++i) {
    sure += of_steady.series[i].own_error;
    doubtful += of_wandering.series[i].own_error;
  }
  EXPECT_GT(doubtful, 1.5 * sure);
}

// Within a year price and promotions that come together are not told apart: a group does not leave its prior by more
// than twice.
TEST(PriceResponse, LessThanAYearMovesAGroupByHalfAtMost) {
  Made made;
  for (int i = 0; i < 60; ++i) made.series(40, steps, [](int week) { return 50 * std::pow(steps(week) / 20, -0.3); });
  const double prior = 2.0 * std::exp(0.525 * 0.525 / 2);
  const GroupResponse group = made.responses().groups[0];
  EXPECT_GT(group.elasticity_median * std::exp(group.elasticity_log_sd * group.elasticity_log_sd / 2), 0.49 * prior);
}

// What was seen long ago counts less than what was seen lately.
TEST(PriceResponse, EvidenceFades) {
  Made made;
  made.series(208, steps, [](int week) { return 60 * std::pow(steps(week) / 20, week < 104 ? -4.0 : -1.5); });
  EXPECT_NEAR(made.responses().series[0].own, -1.8, 0.45);
}

}  // namespace
}  // namespace destock::demand
