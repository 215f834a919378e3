#pragma once
// The forecast of an account: for each listing a distribution per week at its regular price, without promotions, and
// what price and promotions do to it. Everything it rests on is kept beside it.

#include <optional>
#include <vector>

#include "demand/events.h"
#include "demand/forecast.h"
#include "demand/launch.h"
#include "demand/level_law.h"
#include "demand/listing_season.h"
#include "demand/price_response.h"
#include "demand/season.h"

namespace destock::demand {

struct WeekForecast {
  float mean = 0, variance = 0;  // units, units²
  float p10 = 0, p50 = 0, p90 = 0;
};

// Why a listing has no forecast of its own, or how far to trust the one it has.
enum class ForecastBasis {
  kHistory,    // its own weeks
  kShort,      // fewer weeks than a warm-up: leans on its category's level
  kCategory,   // no week of its own
  kNoHistory,  // no sales report speaks for its marketplace
};
std::string_view forecast_basis_id(ForecastBasis basis);
Text forecast_basis_name(ForecastBasis basis);

struct ListingForecast {
  ForecastBasis basis = ForecastBasis::kNoHistory;
  MethodWeights weights{};  // of the methods, in the middle of the distribution
  std::optional<double> regular_price;
  double price_trust = 1;   // share of its price moves that are taken for the seller's doing
  double usual_factor = 1;  // what its usual prices make of the units at the regular one; in the forecast
  double known_weeks = 0, censored_weeks = 0, promotion_weeks = 0, selling_weeks = 0;

  Method main_method() const;
};

// How a listing's level may go.
struct LevelOutlook {
  std::array<float, kSpans> log_sd{};  // of the mean of the first kSpanWeeks to come, given that it goes on
  float stops = 0;                     // the chance that it all but stops within half a year

  double log_sd_at(double week) const;  // in level_worlds.cpp
};

struct AccountForecast {
  Date as_of;
  int weeks = 0;
  History history;
  std::vector<Season> seasons;        // by group
  std::vector<LaunchCurve> launches;  // by group
  std::vector<EventEffect> events;
  // Seasons that listings are sold for, and by listing which of them (−1: none) and what is left of its pace outside
  // it.
  std::vector<SeasonWeeks> listing_seasons;
  struct OwnSeason {
    int season = -1;
    double after = 1;
    bool again = false;  // it has sold through one before: the next one counts; else nobody knows that it sells again
  };
  std::vector<OwnSeason> own_seasons;
  std::vector<ListingForecast> listings;
  std::vector<PriceResponse> responses;  // by listing; the one control is the promotion
  std::vector<GroupResponse> response_groups;
  std::vector<WeekForecast> forecast;  // listing by listing, `weeks` each; empty for kNoHistory
  std::vector<uint64_t> offsets{0};
  Pool pool;                           // what the account taught: mix, variance, weights
  LevelLaw levels;                     // how far levels move
  std::vector<LevelOutlook> outlooks;  // by listing

  std::span<const WeekForecast> of(size_t listing) const {
    return {forecast.data() + offsets[listing], forecast.data() + offsets[listing + 1]};
  }
  Date week_start(size_t week) const { return as_of + Days(kWeekDays * static_cast<int>(week)); }
};

// Looks at nothing after account.as_of. The same for any number of threads.
AccountForecast forecast_account(const account::Account& account, const market::Facts& facts, int weeks,
                                 unsigned threads);

// One listing's past as the forecast sees it: for the chart.
struct FittedWeek {
  Date begin;
  double sold = 0, in_stock = 1;
  bool told = true;           // some report of sales tells of it
  double base = kNotKnown;    // units a full week at the regular price, without promotion, season and events
  double fitted = kNotKnown;  // what its methods said a week before, promotions and price included
  double factor = 1;          // of season, events, launch, price and promotion together
  double promotion = 0;
  std::optional<double> price;
};
std::vector<FittedWeek> fitted_weeks(const account::Account& account, const market::Facts& facts,
                                     const AccountForecast& forecast, size_t listing);

}  // namespace destock::demand
