#include "demand/account_forecast.h"

#include <algorithm>
#include <cmath>
#include <map>

#include "base/parallel.h"
#include "demand/edits.h"
#include "market/deep_cut.h"

namespace destock::demand {
namespace {

constexpr double kLeastEffect = 0.15, kMostEffect = 8;  // of price and promotion on a week: beyond, history misleads
constexpr double kLeastFactor = 0.1;

ResponsePanel response_panel(const History& history, const std::vector<Season>& seasons) {
  ResponsePanel panel;
  panel.controls = 1;
  panel.offsets = history.panel.offsets;
  panel.units = history.panel.units;
  panel.log_price.assign(history.log_price.begin(), history.log_price.end());
  panel.control.assign(history.promotion.begin(), history.promotion.end());
  panel.group = history.panel.group;
  panel.offset.reserve(panel.units.size());
  for (size_t i = 0; i < history.panel.size(); ++i) {
    const Season& season = seasons[static_cast<size_t>(history.panel.group[i])];
    const auto length = static_cast<int64_t>(history.panel.length(i));
    for (int64_t t = 0; t < length; ++t) panel.offset.push_back(season.at(t + 1 - length));
  }
  return panel;
}

// The logarithms of the public curve of each group's goods, by week from the account's day on.
std::vector<std::vector<double>> year_curves(const account::Account& account, const History& history,
                                             const market::DemandPriors& priors) {
  std::vector<std::vector<double>> curves(history.groups.size());
  for (size_t i = 0; i < account.size(); ++i) {
    std::vector<double>& curve = curves[static_cast<size_t>(history.panel.group[i])];
    if (!curve.empty()) continue;
    const std::array<double, 12> months = priors.year_of(account.listings[i].category);
    for (int week = 0; week < kYearWeeks; ++week) {
      // Between the middles of two months, evenly.
      const Date middle = account.as_of + Days(kWeekDays * week + kWeekDays / 2);
      const double into = (day_of_month(middle) - 0.5) / days_in_month(middle) - 0.5;
      const size_t here = month_of(middle) - 1;
      const size_t next = into < 0 ? (here + 11) % 12 : (here + 1) % 12;
      curve.push_back((1 - std::abs(into)) * std::log(months[here]) + std::abs(into) * std::log(months[next]));
    }
  }
  return curves;
}

SeasonSpread spread_of(const market::YearSpread& prior) {
  return {prior.amplitude, prior.own, prior.growth, prior.passing, prior.noise, prior.group_share};
}

// What price and promotion made of a past week, against the regular price without promotion.
double sale_factor(const History& history, const PriceResponse& response, const market::PriceResponseRule& rule,
                   double trust, double regular, size_t row) {
  double log = response.effects[0].mean * history.promotion[row];
  if (!std::isnan(history.log_price[row]) && !std::isnan(regular))
    log += trust * response.elasticity.mean *
           market::bent(history.log_price[row] - regular, rule.bends_from, rule.gain_beyond);
  return std::clamp(std::exp(log), kLeastEffect, kMostEffect);
}

Panel divided(const Panel& panel, const std::vector<double>& factors) {
  Panel out = panel;
  for (size_t row = 0; row < out.units.size(); ++row) {
    const bool tells = factors[row] >= kLeastFactor;
    out.units[row] = tells ? panel.units[row] / factors[row] : kNotKnown;
    out.tail[row] = tells ? panel.tail[row] / factors[row] : kNotKnown;
  }
  return out;
}

// What weeks are worth against a listing's base: season, events, launch.
class CalendarFactors {
public:
  CalendarFactors(const account::Account& account, const market::Facts& facts, const AccountForecast& forecast)
      : account_(account), forecast_(forecast) {
    for (const account::Listing& listing : account.listings)
      if (!by_marketplace_.contains(listing.marketplace))
        by_marketplace_.emplace(listing.marketplace, EventWeeks(forecast.events, facts.calendar(listing.marketplace),
                                                                forecast.as_of, forecast.weeks));
  }

  // One listing's: `ahead` as in EventWeeks.
  class OfListing {
  public:
    double at(int64_t ahead) const {
      const int64_t age = length_ + ahead - 1;
      const double inside = own_ ? own_->inside(ahead, again_) : 1;
      return season_.at(ahead) * events_.at(ahead) * (launch_ && age >= 0 ? launch_->at(static_cast<size_t>(age)) : 1) *
             (inside + (1 - inside) * after_);
    }

  private:
    friend class CalendarFactors;
    OfListing(const Season& season, const EventWeeks& events, const LaunchCurve* launch, int64_t length,
              const SeasonWeeks* own, const AccountForecast::OwnSeason& of)
        : season_(season),
          events_(events),
          launch_(launch),
          length_(length),
          own_(own),
          after_(of.after),
          again_(of.again) {}
    const Season& season_;
    const EventWeeks& events_;
    const LaunchCurve* launch_;
    int64_t length_;
    const SeasonWeeks* own_;  // the season it is sold for; null: none
    double after_;            // share of its pace outside of it
    bool again_;
  };
  OfListing of(size_t listing) const {
    const auto group = static_cast<size_t>(forecast_.history.panel.group[listing]);
    return {forecast_.seasons[group],
            by_marketplace_.find(account_.listings[listing].marketplace)->second,
            forecast_.history.launched[listing] ? &forecast_.launches[group] : nullptr,
            static_cast<int64_t>(forecast_.history.panel.length(listing)),
            own_season(listing),
            forecast_.own_seasons[listing]};
  }

private:
  const SeasonWeeks* own_season(size_t listing) const {
    const int season = forecast_.own_seasons[listing].season;
    return season < 0 ? nullptr : &forecast_.listing_seasons[static_cast<size_t>(season)];
  }

  const account::Account& account_;
  const AccountForecast& forecast_;
  std::map<std::string, EventWeeks, std::less<>> by_marketplace_;
};

std::vector<ResponsePrior> priors_of(const account::Account& account, const History& history,
                                     const market::DemandPriors& priors) {
  std::vector<ResponsePrior> out(history.groups.size());
  for (size_t i = 0; i < account.size(); ++i) {
    ResponsePrior& prior = out[static_cast<size_t>(history.panel.group[i])];
    const market::LogPrior& elasticity = priors.elasticity(account.listings[i].category);
    prior.elasticity_median = elasticity.median;
    prior.elasticity_log_sd = elasticity.log_sd;
    prior.controls[0] = {std::log(priors.promotion.median), priors.promotion.log_sd};
  }
  return out;
}

// How far a week's price is taken for the seller's doing: fully where it changes in up to a fifth of the weeks, not at
// all from three fifths on, where it tells what was ordered (quantity breaks) and not what was asked.
double trust_in_prices(const PriceResponse& response, double selling_weeks) {
  constexpr double kFully = 0.2, kNotAtAll = 0.6;
  const double share = response.price_changes / std::max(1.0, selling_weeks);
  return std::clamp((kNotAtAll - share) / (kNotAtAll - kFully), 0.0, 1.0);
}

// Where the price is never quite the same (quantity breaks, odd lines) there is no one regular price: what the price
// made of the last half year's weeks without a promotion, on average, is what is usual, and stays in the base.
double usual_factor(const History& history, size_t series, const std::vector<double>& sale) {
  constexpr int kWeeks = 26;
  double sum = 0;
  int weeks = 0;
  const size_t begin = history.panel.offsets[series];
  for (size_t row = history.panel.offsets[series + 1]; row-- > begin && weeks < kWeeks;) {
    if (history.promotion[row] > 0 || std::isnan(history.log_price[row]) || std::isnan(history.panel.units[row]))
      continue;
    sum += sale[row];
    ++weeks;
  }
  return weeks > 0 ? sum / weeks : 1;
}

// What price and promotion made of every past week.
std::vector<double> sale_factors(AccountForecast& forecast, const market::PriceResponseRule& rule, unsigned threads) {
  const History& history = forecast.history;
  std::vector<double> sale(history.panel.units.size(), 1);
  in_parts(history.panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const double regular = regular_log_price(history, i);
      ListingForecast& of = forecast.listings[i];
      if (!std::isnan(regular)) of.regular_price = std::exp(regular);
      of.price_trust = trust_in_prices(forecast.responses[i], of.selling_weeks);
      for (size_t row = history.panel.offsets[i]; row < history.panel.offsets[i + 1]; ++row)
        sale[row] = sale_factor(history, forecast.responses[i], rule, of.price_trust, regular, row);
      const double usual = usual_factor(history, i, sale);
      for (size_t row = history.panel.offsets[i]; row < history.panel.offsets[i + 1]; ++row) sale[row] /= usual;
      of.usual_factor = usual;
    }
  });
  return sale;
}

// What its own weeks after an earlier event say is left of a listing's pace, against the weeks before it; as many weeks
// of the prior's share stand beside them. `flat`: without price moves, promotions and the season of its group.
double left_after(const SeasonWeeks& season, std::span<const double> flat, double prior) {
  constexpr double kPriorWeeks = 3;
  double before = 0, before_weeks = 0, after = 0, after_weeks = 0;
  for (size_t t = 0; t < flat.size(); ++t) {
    if (std::isnan(flat[t])) continue;
    const int64_t ahead = static_cast<int64_t>(t) + 1 - static_cast<int64_t>(flat.size());
    if (season.tells_before(ahead)) {
      before += flat[t];
      ++before_weeks;
    }
    if (season.tells_after(ahead)) {
      after += flat[t];
      ++after_weeks;
    }
  }
  if (before_weeks < 2 || before <= 0 || after_weeks < 1) return prior;
  const double seen = (after / after_weeks) / (before / before_weeks);
  return std::clamp((kPriorWeeks * prior + after_weeks * seen) / (kPriorWeeks + after_weeks), 0.0, 1.0);
}

// Seasons that listings are sold for. One without two known weeks inside its season says nothing of its pace there: it
// has none.
void learn_own_seasons(const account::Account& account, const market::Facts& facts, const Panel& flat,
                       AccountForecast& forecast) {
  std::map<std::pair<std::string, std::string>, int> numbers;  // by marketplace and event
  forecast.own_seasons.assign(account.size(), {});
  for (size_t i = 0; i < account.size(); ++i) {
    const auto season = listing_season(account, i, facts);
    if (!season || !season->prior) continue;
    const std::string& marketplace = account.listings[i].marketplace;
    const auto [found, fresh] =
        numbers.try_emplace({marketplace, season->prior->event}, static_cast<int>(forecast.listing_seasons.size()));
    if (fresh)
      forecast.listing_seasons.emplace_back(*season->prior, facts.demand.season_rule, *facts.calendar(marketplace),
                                            account.as_of, forecast.weeks);
    const SeasonWeeks& weeks = forecast.listing_seasons[static_cast<size_t>(found->second)];
    const auto units = flat.of(i);
    int inside = 0, before = 0;
    for (size_t t = 0; t < units.size(); ++t) {
      if (std::isnan(units[t])) continue;
      const int64_t ahead = static_cast<int64_t>(t) + 1 - static_cast<int64_t>(units.size());
      inside += weeks.inside(ahead, true) > 0.5;
      before += weeks.tells_before(ahead);
    }
    if (inside >= 2)
      forecast.own_seasons[i] = {found->second, left_after(weeks, units, season->prior->after), before >= 2};
  }
}

// The history without price moves, promotions, season, launch and events: the last three learned on the way, each from
// what the ones before leave.
Panel learn_base(const account::Account& account, const market::Facts& facts, AccountForecast& forecast,
                 unsigned threads) {
  const History& history = forecast.history;
  std::vector<double> factors = sale_factors(forecast, facts.playbook.price_response, threads);
  const Panel at_regular_price = divided(history.panel, factors);
  forecast.seasons =
      learn_seasons(at_regular_price, year_curves(account, history, facts.demand), spread_of(facts.demand.year_spread));
  const Panel flat = without_season(at_regular_price, forecast.seasons);
  forecast.launches = learn_launches(history, flat, facts.demand.launch);
  forecast.events = learn_events(account, flat, facts);
  learn_own_seasons(account, facts, flat, forecast);
  const CalendarFactors calendar(account, facts, forecast);
  in_parts(history.panel.size(), threads, kLeastPart, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      const auto of = calendar.of(i);
      const auto length = static_cast<int64_t>(history.panel.length(i));
      for (int64_t t = 0; t < length; ++t)
        factors[history.panel.offsets[i] + static_cast<size_t>(t)] *= of.at(t + 1 - length);
    }
  });
  return divided(history.panel, factors);
}

ForecastBasis basis_of(const History& history, size_t listing, double known) {
  if (history.panel.length(listing) == 0 || known == 0)
    return history.panel.length(listing) == 0 && !history.launched[listing] ? ForecastBasis::kNoHistory
                                                                            : ForecastBasis::kCategory;
  return known < kWarmUp ? ForecastBasis::kShort : ForecastBasis::kHistory;
}

void describe(const History& history, size_t listing, ListingForecast& out) {
  for (size_t row = history.panel.offsets[listing]; row < history.panel.offsets[listing + 1]; ++row) {
    (std::isnan(history.panel.units[row]) ? out.censored_weeks : out.known_weeks) += 1;
    out.promotion_weeks += history.promotion[row] > 0 ? 1 : 0;
    out.selling_weeks += history.sold[row] > 0 ? 1 : 0;
  }
  out.basis = basis_of(history, listing, out.known_weeks);
}

}  // namespace

std::string_view forecast_basis_id(ForecastBasis basis) {
  switch (basis) {
    case ForecastBasis::kHistory: return "history";
    case ForecastBasis::kShort: return "short_history";
    case ForecastBasis::kCategory: return "category";
    case ForecastBasis::kNoHistory: return "no_history";
  }
  return "";
}

Text forecast_basis_name(ForecastBasis basis) {
  switch (basis) {
    case ForecastBasis::kHistory: return {"its own weeks", "自身历史"};
    case ForecastBasis::kShort: return {"few weeks, and its category", "历史短，参照类目"};
    case ForecastBasis::kCategory: return {"its category", "参照类目"};
    case ForecastBasis::kNoHistory: return {"no sales report for its marketplace", "该站点无销售报告"};
  }
  return {};
}

Method ListingForecast::main_method() const {
  return static_cast<Method>(std::max_element(weights.begin(), weights.end()) - weights.begin());
}

AccountForecast forecast_account(const account::Account& account, const market::Facts& facts, int weeks,
                                 unsigned threads) {
  AccountForecast out;
  out.as_of = account.as_of;
  out.weeks = weeks;
  out.history = weekly_history(account);
  const size_t listings = account.size();
  out.listings.resize(listings);
  for (size_t i = 0; i < listings; ++i) describe(out.history, i, out.listings[i]);

  const std::vector<Season> first_look = learn_seasons(
      out.history.panel, year_curves(account, out.history, facts.demand), spread_of(facts.demand.year_spread));
  PriceResponses responses =
      price_responses(response_panel(out.history, first_look), priors_of(account, out.history, facts.demand), threads);
  out.responses = std::move(responses.series);
  out.response_groups = std::move(responses.groups);
  const Panel base = learn_base(account, facts, out, threads);

  for (size_t i = 0; i < listings; ++i) {
    const bool speaks = out.listings[i].basis != ForecastBasis::kNoHistory;
    out.offsets.push_back(out.offsets.back() + (speaks ? static_cast<uint64_t>(weeks) : 0));
  }
  out.forecast.resize(out.offsets.back());
  out.outlooks.resize(listings);
  if (base.size() == 0) return out;
  const CalendarFactors calendar(account, facts, out);
  const Forecaster forecaster(base, weeks, facts.demand.levels, out.seasons);
  out.pool = forecaster.pool();
  out.levels = forecaster.levels();
  in_parts(listings, threads, kLeastPart, [&](size_t begin, size_t end) {
    Track track;
    SeriesForecast series;
    std::vector<double> factors(static_cast<size_t>(weeks));
    for (size_t i = begin; i < end; ++i) {
      if (out.offsets[i] == out.offsets[i + 1]) continue;
      const auto of = calendar.of(i);
      for (size_t w = 0; w < factors.size(); ++w) factors[w] = of.at(static_cast<int64_t>(w) + 1);
      forecaster.forecast(i, factors, track, series);
      out.listings[i].weights = series.weight;
      for (size_t k = 0; k < kSpans; ++k) {
        const LevelAhead ahead = forecaster.levels().ahead(series.signs, kSpanWeeks[k]);
        out.outlooks[i].log_sd[k] = static_cast<float>(ahead.log_sd);
        out.outlooks[i].stops = static_cast<float>(ahead.stops);
      }
      for (size_t w = 0; w < factors.size(); ++w) {
        const Quantiles& q = series.quantiles[w];
        out.forecast[out.offsets[i] + w] = {static_cast<float>(series.mean[w]), static_cast<float>(series.variance[w]),
                                            static_cast<float>(q[1]), static_cast<float>(q[9]),
                                            static_cast<float>(q[17])};
      }
    }
  });
  apply_edits(account, out);
  return out;
}

std::vector<FittedWeek> fitted_weeks(const account::Account& account, const market::Facts& facts,
                                     const AccountForecast& forecast, size_t listing) {
  const History& history = forecast.history;
  const size_t length = history.panel.length(listing);
  const double regular = regular_log_price(history, listing);
  const CalendarFactors calendar(account, facts, forecast);
  const auto of = calendar.of(listing);
  std::vector<FittedWeek> weeks(length);
  Panel base;
  base.add(history.panel.of(listing), 0);
  for (size_t t = 0; t < length; ++t) {
    const size_t row = history.panel.offsets[listing] + t;
    FittedWeek& week = weeks[t];
    week.begin = forecast.as_of - Days(History::days_back(length, t));
    week.sold = history.sold[row];
    week.told = history.told[row];
    week.in_stock = history.in_stock[row];
    week.promotion = history.promotion[row];
    if (!std::isnan(history.log_price[row])) week.price = std::exp(history.log_price[row]);
    week.factor = sale_factor(history, forecast.responses[listing], facts.playbook.price_response,
                              forecast.listings[listing].price_trust, regular, row) /
                  forecast.listings[listing].usual_factor *
                  of.at(static_cast<int64_t>(t) + 1 - static_cast<int64_t>(length));
    base.units[t] = week.factor >= kLeastFactor ? history.panel.units[row] / week.factor : kNotKnown;
    week.base = base.units[t];
  }
  if (length == 0 || forecast.pool.group_mean.empty()) return weeks;
  const auto group = static_cast<size_t>(history.panel.group[listing]);
  Track track;
  track.follow(base, 0, forecast.pool.group_mean[group], forecast.pool.mix, forecast.pool.law, kAllMethods);
  const MethodWeights& weights = forecast.listings[listing].weights;
  Quantiles unused;
  for (size_t t = 1; t < length; ++t) {
    double mean = 0;
    for (size_t k = 0; k < kMethods; ++k)
      if (weights[k] > 0)
        mean += weights[k] * track.quantiles(static_cast<Method>(k), t, 0, weeks[t].factor, unused).mean;
    weeks[t].fitted = mean;
  }
  return weeks;
}

}  // namespace destock::demand
