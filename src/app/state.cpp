#include "app/state.h"

#include <algorithm>

#include "account/assemble.h"
#include "app/demand_edits.h"
#include "economics/own_charges.h"
#include "economics/utilisation.h"

namespace destock::app {

Error nothing_imported() {
  return {ErrorKind::kNotFound,
          {"nothing is imported yet", "尚未导入任何报告"},
          {},
          {"run destock import with a folder of Seller Central reports, or destock demo",
           "请先运行 destock import <报告目录>，或 destock demo"}};
}

Result<AccountState> load_state(store::Store& store, int64_t account, std::optional<Date> as_of, Context& context) {
  const bool asked = as_of.has_value();
  if (!as_of) {
    auto latest = store.latest_day(account);
    if (!latest) return tl::unexpected(latest.error());
    as_of = *latest;
  }
  if (!as_of) return tl::unexpected(nothing_imported());
  auto facts = store.facts_in_force(account, *as_of);
  if (!facts) return tl::unexpected(facts.error());
  AccountState state{account::assemble(std::move(*facts), context.book), {}};
  if (const auto taken = take_demand_edits(store, account, state.account); !taken) return tl::unexpected(taken.error());
  context.facts.ship_rates(state.account.rates);
  state.own_rates = economics::own_rates(state.account, context.facts);
  economics::put_before_cards(state.own_rates, context.facts);
  for (economics::OwnRate& own : economics::take_own_charges(state.account, context.facts))
    state.own_rates.push_back(std::move(own));
  state.account.storage_use = economics::storage_use(state.account, context.facts);
  state.health = health::diagnose_account(state.account, context.facts, context.threads);
  const int64_t old = days_between(*as_of, context.today());
  if (!asked && old > context.facts.playbook.account.stale_after_days)
    state.health.warnings.insert(
        state.health.warnings.begin(),
        Text{"the newest snapshot is " + std::to_string(old) + " days old: download new reports before acting",
             "最新快照已过去 " + std::to_string(old) + " 天：请先下载新报告"});
  state.health.warnings.insert(state.health.warnings.begin(), context.left_aside.begin(), context.left_aside.end());
  return state;
}

restock::RestockLine restock_of(const AccountState& state, size_t listing, const Context& context,
                                const demand::AccountForecast& forecast) {
  const health::Diagnosis& diagnosis = state.health.diagnoses[listing];
  const restock::Surplus surplus = diagnosis.band == health::Band::kExcess ? restock::Surplus::kExcess
                                   : diagnosis.band == health::Band::kDead ? restock::Surplus::kDead
                                                                           : restock::Surplus::kNone;
  return restock::restock_line(state.account, listing, context.facts, forecast, surplus);
}

std::vector<restock::RestockLine> restock_lines(const AccountState& state, const Context& context,
                                                const demand::AccountForecast* forecast) {
  std::optional<demand::AccountForecast> made;
  if (!forecast)
    forecast =
        &made.emplace(demand::forecast_account(state.account, context.facts, restock::kForecastWeeks, context.threads));
  std::vector<restock::RestockLine> lines;
  for (size_t i = 0; i < state.account.size(); ++i) {
    restock::RestockLine line = restock_of(state, i, context, *forecast);
    const bool gone =
        line.stock == 0 && line.velocity.weighted.value_or(0) <= 0 && line.advice != restock::Advice::kTestBatch;
    if (!gone) lines.push_back(std::move(line));
  }
  const auto urgency = [](const restock::RestockLine& line) {
    switch (line.advice) {
      case restock::Advice::kStockoutRisk: return 0;
      case restock::Advice::kReorder: return 1;
      case restock::Advice::kTaper: return 2;
      case restock::Advice::kNegotiate: return 3;
      case restock::Advice::kTestBatch: return 4;
      case restock::Advice::kUnknown: return 5;
      case restock::Advice::kStop: return 6;
      case restock::Advice::kEnough: return 7;
    }
    return 8;
  };
  std::stable_sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) {
    if (urgency(a) != urgency(b)) return urgency(a) < urgency(b);
    return a.days_of_supply.value_or(1e9) < b.days_of_supply.value_or(1e9);
  });
  return lines;
}

}  // namespace destock::app
