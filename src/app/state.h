#pragma once
// An account as it stands on a day: loaded, assembled and diagnosed. What every report and plan starts from.

#include <optional>

#include "account/account.h"
#include "app/context.h"
#include "economics/own_rates.h"
#include "health/diagnose.h"
#include "restock/restock.h"
#include "store/store.h"

namespace destock::app {

struct AccountState {
  account::Account account;
  health::HealthReport health;
  std::vector<economics::OwnRate> own_rates{};
};

Error nothing_imported();

// kNotFound where nothing was imported yet. `as_of`: nothing for the newest snapshot's day. The account's own rates, as
// its reports tell them, go into the context before the cards'.
Result<AccountState> load_state(store::Store& store, int64_t account, std::optional<Date> as_of, Context& context);

// One line for each listing with stock or sales, the urgent first.
// `forecast`: of at least restock::kForecastWeeks; nothing: it is made.
std::vector<restock::RestockLine> restock_lines(const AccountState& state, const Context& context,
                                                const demand::AccountForecast* forecast = nullptr);
restock::RestockLine restock_of(const AccountState& state, size_t listing, const Context& context,
                                const demand::AccountForecast& forecast);

}  // namespace destock::app
