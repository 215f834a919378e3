#include "app/state.h"

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

}  // namespace destock::app
