#include "demand/events.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr int kNeighbours = 4;  // weeks on each side that tell what an ordinary week sells
constexpr double kLeastEventFactor = 0.1;
constexpr double kWeekNoise = 0.15;  // of the log of a whole marketplace's week, beyond counting

int days_in(const market::Event& event, Date begin) {
  const Date from = std::max(event.first_day, begin);
  const Date to = std::min(event.last_day, begin + Days(kWeekDays - 1));
  return std::max(0, static_cast<int>(days_between(from, to)) + 1);
}

// Units of a marketplace by weeks back (0: the last one), each series by the root of its pace.
struct Totals {
  std::vector<double> units, weight;
};
Totals totals_of(const account::Account& account, const Panel& panel, const std::string& marketplace) {
  Totals totals;
  for (size_t i = 0; i < panel.size(); ++i) {
    if (account.listings[i].marketplace != marketplace) continue;
    const auto units = panel.of(i);
    double sum = 0;
    double known = 0;
    for (double u : units)
      if (!std::isnan(u)) {
        sum += u;
        ++known;
      }
    if (known < kNeighbours || sum <= 0) continue;
    const double mean = sum / known;
    for (size_t t = 0; t < units.size(); ++t) {
      if (std::isnan(units[t])) continue;
      const size_t back = units.size() - 1 - t;
      if (back >= totals.units.size()) {
        totals.units.resize(back + 1, 0);
        totals.weight.resize(back + 1, 0);
      }
      totals.units[back] += std::min(units[t], 8 * mean) / std::sqrt(mean);
      totals.weight[back] += std::sqrt(mean);
    }
  }
  return totals;
}

}  // namespace

std::vector<EventEffect> learn_events(const account::Account& account, const Panel& panel, const market::Facts& facts) {
  std::vector<EventEffect> effects;
  std::vector<std::string> marketplaces;
  for (const account::Listing& listing : account.listings)
    if (marketplaces.empty() || marketplaces.back() != listing.marketplace) marketplaces.push_back(listing.marketplace);
  for (const std::string& marketplace : marketplaces) {
    const market::Calendar* calendar = facts.calendar(marketplace);
    if (!calendar) continue;
    const Totals totals = totals_of(account, panel, marketplace);
    const auto ratio = [&](size_t back) {
      return back < totals.units.size() && totals.weight[back] > 0 ? totals.units[back] / totals.weight[back]
                                                                   : kNotKnown;
    };
    for (const auto& prior : facts.demand.events) {
      EventEffect effect{marketplace, prior.event, prior.uplift.median, prior.uplift.log_sd, 0};
      double precision = 1 / (prior.uplift.log_sd * prior.uplift.log_sd);
      double sum = precision * std::log(prior.uplift.median);
      for (const market::Event& event : calendar->events) {
        if (event.id != prior.event) continue;
        for (size_t back = 0; back < totals.units.size(); ++back) {
          const int days = days_in(event, account.as_of - Days(kWeekDays * (static_cast<int>(back) + 1)));
          if (days == 0 || std::isnan(ratio(back))) continue;
          double around = 0;
          double weeks = 0;
          for (int k = -kNeighbours; k <= kNeighbours; ++k) {
            const auto there = static_cast<int64_t>(back) + k;
            if (k == 0 || there < 0 || std::isnan(ratio(static_cast<size_t>(there)))) continue;
            around += ratio(static_cast<size_t>(there));
            ++weeks;
          }
          if (weeks < 2 || around <= 0) continue;
          const double share = static_cast<double>(days) / kWeekDays;
          const double week = ratio(back) / (around / weeks);
          const double day = std::max(0.2, 1 + (week - 1) / share);
          const double noise = (kWeekNoise + 1 / std::sqrt(1 + totals.units[back])) / share;
          sum += std::log(day) / (noise * noise);
          precision += 1 / (noise * noise);
          ++effect.seen;
        }
      }
      effect.uplift = std::exp(sum / precision);
      effect.log_sd = std::sqrt(1 / precision);
      effects.push_back(effect);
    }
  }
  return effects;
}

EventWeeks::EventWeeks(const std::vector<EventEffect>& effects, const market::Calendar* calendar, Date as_of, int weeks)
    : factors_(static_cast<size_t>(kMostWeeks + weeks + 1), 1) {
  if (!calendar) return;
  for (size_t at = 0; at < factors_.size(); ++at) {
    const Date begin = as_of + Days(kWeekDays * (static_cast<int>(at) - kMostWeeks - 1));
    for (const EventEffect& effect : effects) {
      if (effect.marketplace != calendar->marketplace) continue;
      for (const market::Event& event : calendar->events)
        if (event.id == effect.event)
          factors_[at] += (effect.uplift - 1) * static_cast<double>(days_in(event, begin)) / kWeekDays;
    }
    factors_[at] = std::max(kLeastEventFactor, factors_[at]);
  }
}

}  // namespace destock::demand
