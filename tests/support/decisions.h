#pragma once
// Clearance problems for tests and benchmarks: the worked one whose values are known, and random ones.

#include <cmath>
#include <random>

#include "clearance/decision.h"

namespace destock::test {

// Amazon's aged inventory surcharge in shape: a cubic foot a month by age.
inline double aged_rate(int days) {
  constexpr std::pair<int, double> kBands[] = {{366, 6.9}, {331, 4.2}, {301, 4.0}, {271, 3.8},
                                               {241, 1.5}, {211, 1.0}, {181, 0.5}};
  for (const auto& [from, rate] : kBands)
    if (days >= from) return rate;
  return 0;
}

inline clearance::Decision::Cohort cohort(int units, int age, int arrives, double volume, int weeks) {
  constexpr double kMonthWeeks = 4.345;
  clearance::Decision::Cohort out{units, arrives, {}};
  for (int week = 0; week < weeks; ++week)
    out.rate.push_back(volume * (0.78 + aged_rate(age + 7 * week)) / kMonthWeeks);
  return out;
}

inline clearance::Programme programme(const char* channel, int weeks, double least, double most, double uplift,
                                      double fee, int cooldown, int until) {
  clearance::Programme out;
  out.channel = channel;
  out.weeks = weeks;
  out.min_discount = least;
  out.max_discount = most;
  out.uplift = uplift;
  out.fixed_fee = fee;
  out.cooldown_weeks = cooldown;
  out.weeks_until_eligible = until;
  return out;
}

// 600 units at 29.99, aged 120 days, an Outlet with uplift 2 and a cooldown of four weeks; `ratio` months of sales.
inline clearance::Decision worked_decision(double elasticity, double ratio, int units = 600) {
  clearance::Decision d;
  d.price = 29.99;
  for (int k = 0; k < 15; ++k) d.ladder.push_back(std::round(29.99 * (1 - 0.05 * k) * 100) / 100);
  d.on_hand = units;
  d.base = {units / ratio / 4.345};
  d.elasticity = {elasticity};
  d.weight = {1};
  d.net_share = 0.85;
  d.net_fixed = 6.5;
  d.cohorts = {cohort(units, 120, 0, 0.15, 26)};
  d.exits = {{"liquidation", 0.1 * 29.99 * 0.85 - 0.6, 0, {}}, {"removal", -1.06, 0, {}}};
  d.programmes = {programme("outlet", 2, 0.2, 0.7, 2.0, 0, 4, 0)};
  d.playbook.stage_prices = {(8.6 + 6.5) / 0.85, (6 + 6.5) / 0.85, (3 + 6.5) / 0.85};
  return d;
}

// Fourteen price levels, three elasticities, two cohorts, five programmes; now and then inbound.
inline clearance::Decision random_decision(std::mt19937_64& random, int weeks, int units, bool dispersed) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  clearance::Decision d;
  d.weeks = weeks;
  d.price = std::round(between(12, 60) * 100) / 100;
  for (int k = 0; k < 14; ++k) d.ladder.push_back(std::round(d.price * (1 - 0.05 * k) * 100) / 100);
  d.on_hand = units;
  d.base = {units / between(3, 18) / 4.345};
  const double elasticity = between(-4, -1.2);
  d.elasticity = {elasticity * 0.7, elasticity, elasticity * 1.35};
  d.weight = {0.25, 0.5, 0.25};
  d.dispersion = dispersed ? between(0, 0.3) : 0;
  d.net_share = 0.85;
  d.net_fixed = between(0.12, 0.3) * d.price;
  const double volume = between(0.05, 0.6);
  if (random() % 4 == 0 && weeks > 4) {
    d.inbound.assign(4, 0);
    d.inbound[3] = units / 5;
    if (d.inbound[3] > 0) d.cohorts.push_back(cohort(d.inbound[3], -21, 3, volume, weeks));
  }
  const int young = units / 2;
  if (young > 0) d.cohorts.push_back(cohort(young, static_cast<int>(between(10, 90)), 0, volume, weeks));
  d.cohorts.push_back(cohort(units - young, static_cast<int>(between(100, 330)), 0, volume, weeks));
  d.exits = {{"liquidation", 0.08 * d.price - 0.6, 4, {}}, {"removal", -between(0.6, 2), 2, {}}};
  d.discount_a_week = 0.998;
  const double share = units / 600.0;  // fees as large a part of a small stock as of a large one
  d.programmes = {programme("outlet", 2, 0.2, 0.7, 1.4, 0, 8, static_cast<int>(between(0, 6))),
                  programme("best_deal", 2, 0.15, 0.6, 1.5, 150 * share, 1, 1),
                  programme("lightning", 1, 0.2, 0.6, 1.6, 70 * share, 1, 1),
                  programme("woot", 2, 0.3, 0.7, 1.3, 0, 5, 2),
                  programme("coupon", 1, 0.05, 0.5, 1.1, 5 * share, 0, 0)};
  d.playbook.stage_prices = {0.9 * d.price, 0.75 * d.price, 0.6 * d.price};
  return d;
}

// The same with what its own earlier prices forbid: deals and coupon ask a price at or below that of the last five
// weeks.
inline void remember_prices(clearance::Decision& d) {
  d.floor_weeks = 5;
  for (clearance::Programme& programme : d.programmes) programme.remembers = true;
}

}  // namespace destock::test
