#pragma once
// The ways in which a listing's level may go: a few persistent levels beside the weeks' own dispersion, and that it all
// but stops.

#include <vector>

#include "demand/account_forecast.h"

namespace destock::demand {

// One way in which a listing's level may go: what its expected units are multiplied by, week by week, and its chance.
struct World {
  double weight = 0;
  std::vector<float> factor;  // of the week's mean; one a forecast week
};
// A few of them; weights sum to 1; in every week the weighted mean of the factors is 1.
using Worlds = std::vector<World>;
Worlds worlds_of(const AccountForecast& forecast, size_t listing);

// What sells in all the weeks to come together.
struct Total {
  int weeks = 0;
  double mean = 0, p10 = 0, p50 = 0, p90 = 0;
  double stops = 0;  // the chance that it all but stops by then
};
inline constexpr std::array<int, 4> kTotalWeeks = {8, 13, 26, 52};
// Of each of kTotalWeeks that the forecast reaches.
std::vector<Total> totals_of(const AccountForecast& forecast, size_t listing);

}  // namespace destock::demand
