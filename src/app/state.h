#pragma once
// An account as it stands on a day: loaded, assembled and diagnosed. What every report and plan starts from.

#include <optional>

#include "account/account.h"
#include "app/context.h"
#include "economics/own_rates.h"
#include "health/diagnose.h"
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

}  // namespace destock::app
