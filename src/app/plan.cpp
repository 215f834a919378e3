#include "app/plan.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "clearance/fluid_bound.h"
#include "clearance/optimal_line.h"
#include "economics/listing_ladder.h"

namespace destock::app {
namespace {

constexpr size_t kWorthAThread = 64;  // listings

bool to_clear(const health::Diagnosis& diagnosis, const account::Account& account, const market::Playbook& playbook) {
  const int64_t stock = account.stock[diagnosis.listing].total();
  if (stock < playbook.plan.min_units_to_clear) return false;
  return diagnosis.band == health::Band::kExcess || diagnosis.band == health::Band::kDead ||
         diagnosis.ageing.aged_181_plus > 0;
}

}  // namespace

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

account::PlanLine plan_one(const AccountState& state, const demand::AccountForecast& forecast, size_t listing,
                           int horizon_weeks, const clearance::PlanWishes& wishes, const market::Facts& facts,
                           clearance::Planner& planner) {
  const auto sku = clearance::sku_case(state.account, need_of(state.health.diagnoses[listing]), facts, horizon_weeks);
  return clearance::optimal_line(sku, clearance::outlook_of(state.account, forecast, sku, facts),
                                 state.account.listings[listing], facts, wishes, planner);
}

namespace {

account::LineKey key_of(const account::Listing& listing) {
  return {listing.marketplace, listing.sku};
}

// A locked line in place of the one just made; what holding and the playbook bring stays beside it.
void keep_locked(const PlanOptions& options, account::PlanLine& line) {
  const auto locked = options.locked.find({line.marketplace, line.sku});
  if (locked == options.locked.end()) return;
  account::PlanLine kept = locked->second;
  kept.hold_weeks = std::move(line.hold_weeks);
  kept.playbook_weeks = std::move(line.playbook_weeks);
  kept.liquidate_weeks = std::move(line.liquidate_weeks);
  line = std::move(kept);
}

void add_curve(const std::string& policy, const std::vector<account::PlanWeek>& weeks,
               std::map<std::tuple<std::string, std::string, int>, account::PlanCurve::Week>& sums) {
  for (const account::PlanWeek& week : weeks) {
    const Currency currency = week.cash.currency();
    auto& sum =
        sums.try_emplace({policy, currency.str(), week.week},
                         account::PlanCurve::Week{week.week, week.start, Money::zero(currency), Money::zero(currency)})
            .first->second;
    sum.cash += week.cash;
    if (week.storage) sum.storage += *week.storage;
  }
}

// The lines' weeks summed up; what the other policies bring is dropped from the lines.
void sum_curves(account::PlanRecord& plan) {
  std::map<std::tuple<std::string, std::string, int>, account::PlanCurve::Week> sums;
  for (account::PlanLine& line : plan.lines) {
    add_curve(plan.policy, line.weeks, sums);
    if (line.hold_weeks.empty()) continue;
    add_curve("hold", line.hold_weeks, sums);
    add_curve("playbook", line.playbook_weeks, sums);
    add_curve("liquidate", line.liquidate_weeks, sums);
    line.hold_weeks = {};
    line.playbook_weeks = {};
    line.liquidate_weeks = {};
  }
  for (const auto& [key, week] : sums) {
    const auto& [policy, currency, number] = key;
    if (plan.curves.empty() || plan.curves.back().policy != policy || plan.curves.back().currency.str() != currency)
      plan.curves.push_back({policy, currency_of(currency), {}});
    plan.curves.back().weeks.push_back(week);
  }
}

}  // namespace

account::PlanRecord make_plan(const AccountState& state, const PlanOptions& options, const Context& context,
                              const std::function<void(size_t, size_t)>& progress) {
  auto listings = listings_to_clear(state, context, options.skus);
  std::erase_if(listings, [&](size_t i) { return options.excluded.contains(key_of(state.account.listings[i])); });
  std::vector<std::optional<account::PlanLine>> lines(listings.size());
  const bool optimal = options.policy == clearance::Policy::kOptimal;
  std::optional<demand::AccountForecast> forecast;
  if (optimal && !listings.empty())
    forecast = demand::forecast_account(state.account, context.facts, options.horizon_weeks + clearance::kSellOnWeeks,
                                        context.threads);
  std::atomic<size_t> next = 0;
  const auto work = [&](bool tells) {
    clearance::Planner planner;
    for (size_t i = next++; i < listings.size(); i = next++) {
      if (options.stop && *options.stop) return;
      const account::Listing& listing = state.account.listings[listings[i]];
      const auto own = options.own_wishes.find(key_of(listing));
      if (optimal)
        lines[i] = plan_one(state, *forecast, listings[i], options.horizon_weeks,
                            own == options.own_wishes.end() ? options.wishes : own->second, context.facts, planner);
      else
        lines[i] = clearance::plan_line(clearance::sku_case(state.account, need_of(state.health.diagnoses[listings[i]]),
                                                            context.facts, options.horizon_weeks),
                                        listing, options.policy, context.facts);
      if (tells && progress) progress(i + 1, listings.size());
    }
  };
  std::vector<std::thread> threads;
  for (unsigned t = 1; t < context.threads && listings.size() > kWorthAThread; ++t) threads.emplace_back(work, false);
  work(true);
  for (std::thread& thread : threads) thread.join();
  account::PlanRecord plan{0,
                           std::string(clearance::policy_id(options.policy)),
                           state.account.as_of,
                           state.account.as_of,
                           options.horizon_weeks,
                           context.now_utc(),
                           {}};
  for (auto& line : lines) {
    if (!line) continue;
    keep_locked(options, *line);
    plan.lines.push_back(std::move(*line));
  }
  sum_curves(plan);
  const Currency base = state.health.figures.base_currency;
  const auto in_base = [&](const Money& money) {
    const auto converted = state.account.rates.convert(money, base, state.account.as_of);
    return converted ? converted->to_double() : money.to_double();
  };
  // What is to be gained comes first; of plans that compare nothing, what they bring back.
  const auto worth = [&](const account::PlanLine& line) {
    return optimal && line.hold_net_recovery ? in_base(line.net_recovery - *line.hold_net_recovery)
                                             : in_base(line.net_recovery);
  };
  std::stable_sort(plan.lines.begin(), plan.lines.end(),
                   [&](const auto& a, const auto& b) { return worth(a) > worth(b); });
  return plan;
}

PlanTotals plan_totals(const account::PlanRecord& plan, const ExchangeRates& rates, Currency base) {
  PlanTotals totals{base, Money::zero(base), Money::zero(base), Money::zero(base), Money::zero(base), {}, 0};
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
    add(totals.upper_bound, line.upper_bound);
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

std::optional<double> PlanTotals::gap() const {
  if (!net_recovery || !upper_bound || upper_bound->units() <= 0) return std::nullopt;
  return 1 - net_recovery->to_double() / upper_bound->to_double();
}

std::optional<Money> PlanTotals::more_than_playbook() const {
  if (!net_recovery || !playbook_net_recovery) return std::nullopt;
  return *net_recovery - *playbook_net_recovery;
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
