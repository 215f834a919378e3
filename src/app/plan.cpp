#include "app/plan.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "clearance/sku_case.h"
#include "economics/listing_ladder.h"

namespace destock::app {
namespace {

bool to_clear(const health::Diagnosis& diagnosis, const account::Account& account, const market::Playbook& playbook) {
  const int64_t stock = account.stock[diagnosis.listing].total();
  if (stock < playbook.plan.min_units_to_clear) return false;
  return diagnosis.band == health::Band::kExcess || diagnosis.band == health::Band::kDead ||
         diagnosis.ageing.aged_181_plus > 0;
}

clearance::Need need_of(const health::Diagnosis& d) {
  return {d.listing,
          std::string(health::band_id(d.band)),
          d.stock_to_sales.value_or(0),
          static_cast<double>(d.velocity.units_last_month.value_or(0)),
          d.velocity.weighted.value_or(0),
          static_cast<double>(d.ageing.aged_181_plus),
          d.ageing.known,
          d.ageing.oldest_at_least,
          d.band == health::Band::kDead};
}

std::vector<size_t> listings_to_clear(const AccountState& state, const Context& context,
                                      const std::vector<std::string>& skus) {
  std::vector<size_t> listings;
  for (const health::Diagnosis& diagnosis : state.health.diagnoses) {
    const std::string& sku = state.account.listings[diagnosis.listing].sku;
    if (!skus.empty() && std::find(skus.begin(), skus.end(), sku) == skus.end()) continue;
    if (to_clear(diagnosis, state.account, context.facts.playbook)) listings.push_back(diagnosis.listing);
  }
  return listings;
}

}  // namespace

account::PlanRecord make_plan(const AccountState& state, const PlanOptions& options, const Context& context,
                              const std::function<void(size_t, size_t)>& progress) {
  const auto listings = listings_to_clear(state, context, options.skus);
  std::vector<std::optional<account::PlanLine>> lines(listings.size());
  std::atomic<size_t> next = 0;
  const auto work = [&](bool tells) {
    for (size_t i = next++; i < listings.size(); i = next++) {
      const auto sku = clearance::sku_case(state.account, need_of(state.health.diagnoses[listings[i]]), context.facts,
                                           options.horizon_weeks);
      lines[i] = clearance::plan_line(sku, state.account.listings[listings[i]], options.policy, context.facts);
      if (tells && progress) progress(i + 1, listings.size());
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 1; t < context.threads && listings.size() > 64; ++t) threads.emplace_back(work, false);
  work(true);
  for (std::thread& thread : threads) thread.join();
  account::PlanRecord plan{0,
                           std::string(clearance::policy_id(options.policy)),
                           state.account.as_of,
                           state.account.as_of,
                           options.horizon_weeks,
                           context.now_utc,
                           {}};
  for (auto& line : lines) plan.lines.push_back(std::move(*line));
  const Currency base = state.health.figures.base_currency;
  const auto worth = [&](const account::PlanLine& line) {
    const auto converted = state.account.rates.convert(line.net_recovery, base, state.account.as_of);
    return converted ? converted->to_double() : line.net_recovery.to_double();
  };
  std::stable_sort(plan.lines.begin(), plan.lines.end(),
                   [&](const auto& a, const auto& b) { return worth(a) > worth(b); });
  return plan;
}

PlanTotals plan_totals(const account::PlanRecord& plan, const ExchangeRates& rates, Currency base) {
  PlanTotals totals{base, Money::zero(base), Money::zero(base), Money::zero(base), {}, 0};
  const auto add = [&](std::optional<Money>& sum, const std::optional<Money>& amount) {
    if (!sum || !amount) {
      sum.reset();
      return;
    }
    const auto converted = rates.convert(*amount, base, plan.as_of);
    sum = converted ? std::optional<Money>(*sum + *converted) : std::nullopt;
  };
  std::map<int, PlanTotals::Week> weeks;
  for (const account::PlanLine& line : plan.lines) {
    totals.units += line.units;
    add(totals.net_recovery, line.net_recovery);
    add(totals.hold_net_recovery, line.hold_net_recovery);
    add(totals.playbook_net_recovery, line.playbook_net_recovery);
    for (const account::PlanWeek& week : line.weeks) {
      auto& sum =
          weeks.try_emplace(week.week, PlanTotals::Week{week.week, week.start, Money::zero(base), Money::zero(base)})
              .first->second;
      add(sum.cash, week.cash);
      if (week.storage) add(sum.storage, week.storage);
    }
  }
  for (auto& [number, week] : weeks) totals.weeks.push_back(week);
  return totals;
}

std::vector<deliver::LadderRow> ladder_rows(const AccountState& state, const Context& context) {
  std::vector<deliver::LadderRow> rows;
  const account::Account& account = state.account;
  for (size_t i : listings_to_clear(state, context, {})) {
    const auto landed = economics::landed_cost(account, i, account.listings[i].currency, account.as_of);
    deliver::LadderRow row{i, {}, landed ? std::optional<Money>(landed->total()) : std::nullopt, {}};
    if (const auto stages = economics::listing_ladder(account, i, context.facts))
      row.stages = *stages;
    else
      row.missing = stages.error().what;
    rows.push_back(std::move(row));
  }
  return rows;
}

}  // namespace destock::app
