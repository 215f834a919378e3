#pragma once
// The worked clearance problem whose values are known.

#include <cmath>

#include "clearance/random_decision.h"

namespace destock::test {

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
  d.cohorts = {clearance::rated_cohort(units, 120, 0, 0.15, 26)};
  d.exits = {{"liquidation", 0.1 * 29.99 * 0.85 - 0.6, 0, {}}, {"removal", -1.06, 0, {}}};
  d.programmes = {clearance::simple_programme("outlet", 2, 0.2, 0.7, 2.0, 0, 4, 0)};
  d.playbook.stage_prices = {(8.6 + 6.5) / 0.85, (6 + 6.5) / 0.85, (3 + 6.5) / 0.85};
  return d;
}

}  // namespace destock::test
