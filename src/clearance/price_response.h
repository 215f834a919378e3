#pragma once
// What a price does to units by the playbook's elasticity: (price ÷ regular)^elasticity, with no further gain believed
// beyond the rule's deepest discount.

#include "market/playbook.h"

namespace destock::clearance {

// price and regular above zero.
double price_multiplier(double price, double regular, const market::PriceResponseRule& rule);

}  // namespace destock::clearance
