#pragma once
// How fast a listing has sold, as fees that hang on it ask.

#include <optional>

#include "account/account.h"

namespace destock::economics {

// Units a day over the last `over_days`, by All Orders as far as they reach; else as the reports of stock count them.
// Nothing where neither says.
std::optional<double> sold_a_day(const account::Account& account, size_t listing, int over_days);

}  // namespace destock::economics
