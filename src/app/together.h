#pragma once
// Accounts side by side, their money in one currency: each account's own rates bring it there.

#include "app/json.h"
#include "app/plan.h"
#include "deliver/table.h"

namespace destock::app {

// One account; a figure that is not known, or that no rate brings into the currency, is nothing.
struct AccountSums {
  int64_t id = 0;
  std::string name;
  std::optional<Date> as_of{};  // nothing: nothing was imported yet, and there are no figures
  std::optional<Date> plan_day{};
  int64_t skus = 0, units = 0, excess_units = 0;
  std::optional<Money> stock_value{}, excess_value{}, holding_next_month{}, recovery{}, over_holding{};
};
// `plan`: the newest, or none.
AccountSums sums_of(int64_t id, const std::string& name, const AccountState& state, const account::PlanRecord* plan,
                    Currency currency);

struct Together {
  Currency currency;
  std::vector<AccountSums> accounts;
};
// The currency that most of them count in; of as many, the first by its code. USD where there is none.
Currency common_currency(const std::vector<Currency>& bases);

// The accounts, and below them the sums of what is known.
deliver::Table together_table(const Together& together);
// Which accounts a sum leaves out, and of what.
std::vector<Text> together_notes(const Together& together);
Json together_json(const Together& together, Lang lang);

}  // namespace destock::app
