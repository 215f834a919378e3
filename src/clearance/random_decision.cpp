#include "clearance/random_decision.h"

#include <cmath>

namespace destock::clearance {
namespace {

// Amazon's aged inventory surcharge in shape: a cubic foot a month by age.
double aged_rate(int days) {
  constexpr std::pair<int, double> kBands[] = {{366, 6.9}, {331, 4.2}, {301, 4.0}, {271, 3.8},
                                               {241, 1.5}, {211, 1.0}, {181, 0.5}};
  for (const auto& [from, rate] : kBands)
    if (days >= from) return rate;
  return 0;
}

}  // namespace

Decision::Cohort rated_cohort(int units, int age, int arrives, double volume, int weeks) {
  constexpr double kMonthWeeks = 4.345;
  Decision::Cohort out{units, arrives, {}};
  for (int week = 0; week < weeks; ++week)
    out.rate.push_back(volume * (0.78 + aged_rate(age + 7 * week)) / kMonthWeeks);
  return out;
}

Programme simple_programme(const char* channel, int weeks, double least, double most, double uplift, double fee,
                           int cooldown, int until) {
  Programme out;
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

Decision random_decision(std::mt19937_64& random, int weeks, int units, bool dispersed) {
  const auto between = [&](double low, double high) {
    return low + (high - low) * static_cast<double>(random() >> 11) * 0x1p-53;
  };
  Decision d;
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
    if (d.inbound[3] > 0) d.cohorts.push_back(rated_cohort(d.inbound[3], -21, 3, volume, weeks));
  }
  const int young = units / 2;
  if (young > 0) d.cohorts.push_back(rated_cohort(young, static_cast<int>(between(10, 90)), 0, volume, weeks));
  d.cohorts.push_back(rated_cohort(units - young, static_cast<int>(between(100, 330)), 0, volume, weeks));
  d.exits = {{"liquidation", 0.08 * d.price - 0.6, 4, {}}, {"removal", -between(0.6, 2), 2, {}}};
  d.discount_a_week = 0.998;
  const double share = units / 600.0;  // fees as large a part of a small stock as of a large one
  d.programmes = {simple_programme("outlet", 2, 0.2, 0.7, 1.4, 0, 8, static_cast<int>(between(0, 6))),
                  simple_programme("best_deal", 2, 0.15, 0.6, 1.5, 150 * share, 1, 1),
                  simple_programme("lightning", 1, 0.2, 0.6, 1.6, 70 * share, 1, 1),
                  simple_programme("woot", 2, 0.3, 0.7, 1.3, 0, 5, 2),
                  simple_programme("coupon", 1, 0.05, 0.5, 1.1, 5 * share, 0, 0)};
  d.playbook.stage_prices = {0.9 * d.price, 0.75 * d.price, 0.6 * d.price};
  return d;
}

void remember_prices(Decision& decision) {
  decision.floor_weeks = 5;
  for (Programme& programme : decision.programmes) programme.remembers = true;
}

void let_wander(Decision& decision, double spread, double dies) {
  constexpr double kPoints[] = {-1.15, -0.32, 0.32, 1.15};
  decision.levels.assign(1 + std::size(kPoints), {(1 - dies) / static_cast<double>(std::size(kPoints)), {}});
  decision.levels[0].weight = dies;
  for (int week = 0; week <= decision.weeks; ++week) {
    std::vector<double> factor{std::pow(0.05, std::min(1.0, (week + 0.5) / 10))};
    for (double point : kPoints) factor.push_back(std::exp(spread * std::sqrt((week + 0.5) / 26) * point));
    double mean = 0;
    for (size_t k = 0; k < factor.size(); ++k) mean += decision.levels[k].weight * factor[k];
    for (size_t k = 0; k < factor.size(); ++k) decision.levels[k].factor.push_back(factor[k] / mean);
  }
}

}  // namespace destock::clearance
