#pragma once
// The currency that a text of a cost sheet names: a code, a word or a sign among others.

#include <optional>
#include <string_view>

#include "base/currency.h"

namespace destock::ingest {

// Of "42.67 CNY", "采购成本(元)", "Unit cost (USD)"; nothing where none is named, or ¥ alone, which two have.
std::optional<Currency> currency_in(std::string_view text);
// Whether ¥ is all that says which.
bool is_yen_or_yuan(std::string_view text);
// kr: Sweden's, Denmark's or Norway's.
bool is_crowns(std::string_view text);
// Whether an amount names a currency beside its figure, and another one; "$" is any dollar's.
bool contradicts(std::string_view amount, Currency currency);

}  // namespace destock::ingest
