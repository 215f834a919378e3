#pragma once
// An account's settings: read into a context, shown, and changed. What they are called and mean: market/settings.h.

#include "app/context.h"
#include "app/json.h"
#include "market/settings.h"

namespace destock::app {

// The context as the account wants it. A playbook that was given for this run goes before the account's rules.
Context with_settings(Context shipped, const market::Settings& settings);

// What may be set, as it stands and as it is shipped.
Json settings_json(const Context& shipped, const market::Settings& settings, std::optional<Currency> base_currency,
                   Lang lang);

// The settings after a change: {"rules": {"plan.horizon_weeks": 20}, "channels": {"woot": false},
// "price_endings": {"US": "x.99"}}; null, and true for a channel, takes the shipped one back. kBadUsage where they
// would not fit.
Result<market::Settings> changed_settings(const Context& shipped, market::Settings settings, const Json& change);

}  // namespace destock::app
