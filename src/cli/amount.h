#pragma once
// Amounts and shares as people type them: 42.67CNY, "USD 9.11", 15%.

#include <optional>
#include <string_view>

#include "base/money.h"

namespace destock::cli {

// A number with its currency beside it, either side.
std::optional<Money> amount_of(std::string_view text);
// A price of a store: bare, or with that store's currency beside it ("24.99", "24.99USD", "$24.99"). Nothing where the
// sign or code is another currency's, or no currency's.
std::optional<Money> price_in(std::string_view text, Currency currency);
// A number with nothing beside it: no currency, no percent.
bool is_bare(std::string_view text);
// "15%" or "0.15" → 0.15
std::optional<double> share_of(std::string_view text);

}  // namespace destock::cli
