// Clearances that happened, as decision problems.

#include <algorithm>
#include <cmath>
#include <map>

#include "app/backtest.h"
#include "demand/forecast.h"
#include "demand/price_response.h"

namespace destock::app {
namespace {

using clearance::Decision;
using demand::kNotKnown;

constexpr double kLadderStep = 0.05;

demand::ResponsePrior prior_of(const market::DemandPriors& priors) {
  demand::ResponsePrior prior;
  prior.elasticity_median = priors.elasticity("").median;
  prior.elasticity_log_sd = priors.elasticity("").log_sd;
  return prior;
}

// Prices from one down to `deepest` off; money alone is at stake: no fees, no holding, what is left is worth nothing.
Decision bare_decision(double price, double deepest, int weeks, int units) {
  Decision d;
  d.weeks = weeks;
  d.price = price;
  for (int k = 0; kLadderStep * k <= deepest + 1e-9; ++k) d.ladder.push_back(price * (1 - kLadderStep * k));
  d.on_hand = units;
  d.cohorts = {{units, 0, {0}}};
  d.playbook.stage_prices = {};
  return d;
}

size_t nearest_level(const Decision& d, double price) {
  size_t best = 0;
  for (size_t level = 1; level < d.ladder.size(); ++level)
    if (std::abs(d.ladder[level] - price) < std::abs(d.ladder[best] - price)) best = level;
  return best;
}

class Groups {
public:
  int32_t of(const std::string& name) {
    return groups_.emplace(name, static_cast<int32_t>(groups_.size())).first->second;
  }
  size_t size() const { return groups_.size(); }

private:
  std::map<std::string, int32_t> groups_;
};

}  // namespace

namespace {

const Date kShopFirst = make_date(2017, 10, 1), kShopClears = make_date(2018, 2, 1), kShopEnd = make_date(2018, 3, 1);
constexpr int kShopWeeks = 17, kClearWeeks = 4;
constexpr double kLeastUnits = 10, kLeastStock = 5;
constexpr int kLeastWeeks = 8;
constexpr double kShopDeepest = 0.6;

struct ShopHistory {
  const ShopItem* item = nullptr;
  std::vector<ShopPrice> prices;  // in order of days
  std::map<Date, double> sold;

  double price_on(Date day) const {
    double price = kNotKnown;
    for (const ShopPrice& row : prices)
      if (row.from <= day && row.price > 0) price = row.price;
    return price;
  }
  double total() const {
    double sum = 0;
    for (const auto& [day, units] : sold) sum += units;
    return sum;
  }
};

std::vector<ShopHistory> shop_histories(const ShopFiles& files) {
  std::map<std::string, ShopHistory> by_id;
  for (const ShopItem& item : files.items) by_id[item.id].item = &item;
  for (const ShopSale& sale : files.sales) by_id[sale.id].sold[sale.day] += sale.units;
  for (const ShopPrice& price : files.prices) by_id[price.id].prices.push_back(price);
  std::vector<ShopHistory> kept;
  for (auto& [id, history] : by_id) {
    std::stable_sort(history.prices.begin(), history.prices.end(),
                     [](const ShopPrice& a, const ShopPrice& b) { return a.from < b.from; });
    if (!history.item || history.item->stock < kLeastStock || history.total() < kLeastUnits) continue;
    if (history.sold.begin()->first > kShopClears - Days(kWeekDays * kLeastWeeks)) continue;
    if (std::isnan(history.price_on(kShopClears - Days(1)))) continue;
    kept.push_back(std::move(history));
  }
  return kept;
}

struct Weeks {
  std::vector<double> units, log_price;
};
Weeks weeks_of(const ShopHistory& history) {
  Weeks weeks;
  const Date first_sale = history.sold.begin()->first;
  for (int back = kShopWeeks; back > 0; --back) {
    const Date begin = kShopClears - Days(kWeekDays * back);
    if (begin + Days(kWeekDays) <= first_sale || begin < kShopFirst) continue;
    double units = 0;
    double log_price = 0;
    int known = 0;
    for (int day = 0; day < kWeekDays; ++day) {
      const auto sold = history.sold.find(begin + Days(day));
      if (sold != history.sold.end()) units += sold->second;
      const double price = history.price_on(begin + Days(day));
      if (std::isnan(price)) continue;
      log_price += std::log(price);
      ++known;
    }
    weeks.units.push_back(units);
    weeks.log_price.push_back(known > 0 ? log_price / known : kNotKnown);
  }
  return weeks;
}

}  // namespace

std::vector<simulate::ReplayCase> shop_cases(const ShopFiles& files, const market::DemandPriors& priors,
                                             unsigned threads) {
  const std::vector<ShopHistory> histories = shop_histories(files);
  demand::ResponsePanel panel;
  demand::Panel units;
  Groups groups;
  std::vector<Weeks> all;
  for (const ShopHistory& history : histories) {
    all.push_back(weeks_of(history));
    panel.units.insert(panel.units.end(), all.back().units.begin(), all.back().units.end());
    panel.log_price.insert(panel.log_price.end(), all.back().log_price.begin(), all.back().log_price.end());
    panel.offsets.push_back(panel.units.size());
    panel.group.push_back(groups.of(history.item->category));
  }
  const std::vector<demand::ResponsePrior> each(groups.size(), prior_of(priors));
  const auto responses = demand::price_responses(panel, each, threads);
  // Units as they would have been at the price of the last day.
  for (size_t i = 0; i < histories.size(); ++i) {
    const double now = std::log(histories[i].price_on(kShopClears - Days(1)));
    std::vector<double> at_now = all[i].units;
    for (size_t w = 0; w < at_now.size(); ++w)
      if (!std::isnan(all[i].log_price[w]))
        at_now[w] *= std::exp(responses.series[i].elasticity.mean * (now - all[i].log_price[w]));
    units.add(at_now, panel.group[i]);
  }
  std::vector<simulate::ReplayCase> cases;
  if (histories.empty()) return cases;
  const demand::Forecaster forecaster(units, kClearWeeks);
  demand::Track track;
  demand::SeriesForecast forecast;
  for (size_t i = 0; i < histories.size(); ++i) {
    forecaster.forecast(i, {}, track, forecast);
    simulate::ReplayCase one;
    one.belief = bare_decision(histories[i].price_on(kShopClears - Days(1)), kShopDeepest, kClearWeeks,
                               static_cast<int>(histories[i].item->stock));
    Decision& d = one.belief;
    double spread = 0;
    double squares = 0;
    for (size_t w = 0; w < forecast.mean.size(); ++w) {
      d.base.push_back(std::max(0.01, forecast.mean[w]));
      spread += forecast.variance[w] - forecast.mean[w];
      squares += forecast.mean[w] * forecast.mean[w];
    }
    d.dispersion = squares > 0 ? std::max(0.0, spread / squares) : 0;
    d.believe_elasticity(responses.series[i].elasticity.mean, responses.series[i].elasticity.sd);
    for (Date day = kShopClears; day < kShopEnd; day += Days(1))
      one.asked.push_back(nearest_level(d, histories[i].price_on(day)));
    one.truth_level = simulate::level_that_sells_out(d, one.asked);
    cases.push_back(std::move(one));
  }
  return cases;
}

namespace {

constexpr double kHalfKilos = 2;  // units a kilogram: whole units of 500 g
constexpr size_t kEvenings = 28, kLeastEvenings = 14;
constexpr double kVegetableDeepest = 0.8;

struct Evening {
  double kilos, ratio;  // cleared, and at what share of the regular price
};

}  // namespace

std::vector<simulate::ReplayCase> vegetable_cases(const std::vector<VegetableDay>& days,
                                                  const market::DemandPriors& priors, unsigned threads) {
  std::map<std::string, std::vector<const VegetableDay*>> by_code;
  for (const VegetableDay& day : days)
    if (day.regular > 0 && day.regular_price && *day.regular_price > 0) by_code[day.code].push_back(&day);
  demand::ResponsePanel panel;
  panel.periods_per_year = 365;
  Groups groups;
  for (auto& [code, own] : by_code) {
    std::stable_sort(own.begin(), own.end(), [](const auto* a, const auto* b) { return a->day < b->day; });
    for (const VegetableDay* day : own) {
      panel.units.push_back(day->regular * kHalfKilos);
      panel.log_price.push_back(std::log(*day->regular_price));
    }
    panel.offsets.push_back(panel.units.size());
    panel.group.push_back(groups.of(own.front()->category));
  }
  const auto responses =
      demand::price_responses(panel, std::vector<demand::ResponsePrior>(groups.size(), prior_of(priors)), threads);
  std::vector<simulate::ReplayCase> cases;
  size_t series = 0;
  for (const auto& [code, own] : by_code) {
    const demand::Effect elasticity = responses.series[series++].elasticity;
    std::vector<Evening> evenings;
    for (const VegetableDay* day : own) {
      if (day->clearance <= 0 || !day->clearance_price || *day->clearance_price >= *day->regular_price) continue;
      const int units = static_cast<int>(std::lround(day->clearance * kHalfKilos));
      if (evenings.size() >= kLeastEvenings && units > 0) {
        // What the last evenings would have sold at the regular price.
        double mean = 0;
        double squares = 0;
        const size_t from = evenings.size() - std::min(kEvenings, evenings.size());
        const double n = static_cast<double>(evenings.size() - from);
        for (size_t i = from; i < evenings.size(); ++i) {
          const double at_regular = evenings[i].kilos * kHalfKilos * std::pow(evenings[i].ratio, -elasticity.mean);
          mean += at_regular / n;
          squares += at_regular * at_regular / n;
        }
        simulate::ReplayCase one;
        one.belief = bare_decision(*day->regular_price / kHalfKilos, kVegetableDeepest, 1, units);
        one.belief.base = {std::max(0.01, mean)};
        one.belief.dispersion = std::max(0.0, (squares - mean * mean - mean) / (mean * mean));
        one.belief.believe_elasticity(elasticity.mean, elasticity.sd);
        one.asked = {nearest_level(one.belief, *day->clearance_price / kHalfKilos)};
        one.truth_level = simulate::level_that_sells_out(
            one.belief, std::vector<size_t>(static_cast<size_t>(kWeekDays), one.asked.front()));
        cases.push_back(std::move(one));
      }
      evenings.push_back({day->clearance, *day->clearance_price / *day->regular_price});
    }
  }
  return cases;
}

}  // namespace destock::app
