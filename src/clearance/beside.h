#pragma once
// What runs beside everything else: the same stock in other marketplaces, a business price. Nothing public says how
// much they sell: named once an account, never in a figure, and an action only where a person puts one in.

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "clearance/sku_case.h"

namespace destock::clearance {

// All of them, by their ids.
std::span<const std::string_view> beside_channels();
// Channels without a figure that a listing could try, as far as the data tells; by their ids.
std::vector<std::string> worth_a_try(const SkuCase& sku, const market::Facts& facts);
// What nobody can say of such a channel, and how it is tried.
Text about_trying(const market::Channel& channel, const market::Facts& facts);

}  // namespace destock::clearance
