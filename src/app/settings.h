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

// A rate that a person gives: kBadUsage for a day after tomorrow, and for ten times or a tenth of the shipped rate,
// which is the other way round or a slip.
Result<void> check_rate(const Context& context, Date day, Currency from, Currency to, double rate);

}  // namespace destock::app
