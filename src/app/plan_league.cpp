// What a plan's first actions bring: SKUs in the order of their gain an action, whole SKUs as far as the actions go.

#include <algorithm>

#include "app/plan.h"

namespace destock::app {

void find_league(const account::PlanRecord& plan, const ExchangeRates& rates, PlanTotals& totals) {
  struct One {
    double gain;
    int64_t actions;
  };
  std::vector<One> skus;
  for (const account::PlanLine& line : plan.lines) {
    const auto actions = static_cast<int64_t>(line.actions.size());
    totals.all_actions += actions;
    if (actions == 0) ++totals.nothing_to_do;
    if (actions == 0 || !line.hold_net_recovery) continue;
    const auto gain = rates.convert(line.net_recovery - *line.hold_net_recovery, totals.base_currency, plan.as_of);
    if (!gain) return;  // a rate is missing: no order, and no league
    skus.push_back({gain->to_double(), actions});
  }
  std::stable_sort(skus.begin(), skus.end(), [](const One& a, const One& b) {
    return a.gain / static_cast<double>(a.actions) > b.gain / static_cast<double>(b.actions);
  });
  double all = 0;
  for (const One& one : skus) all += one.gain;
  if (all <= 0) return;
  for (int64_t most : {10, 20, 50}) {
    PlanTotals::FirstActions row{most, 0, Money::zero(totals.base_currency), 0};
    double gain = 0;
    int64_t used = 0;
    for (const One& one : skus) {
      if (used + one.actions > most) continue;
      used += one.actions;
      gain += one.gain;
      ++row.skus;
    }
    if (totals.all_actions <= most) break;
    row.gain = Money::from_double(gain, totals.base_currency);
    row.share = gain / all;
    totals.league.push_back(row);
  }
}

}  // namespace destock::app
