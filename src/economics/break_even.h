#pragma once
// The price at which a sale leaves just what the unit cost.

#include <optional>

#include "economics/sale_terms.h"

namespace destock::economics {

// The lowest price with that ending at which the sale's net, with all that its terms count, is not below `landed`.
// Nothing where no price reaches it.
std::optional<Money> break_even_price(const SaleTerms& terms, const Money& landed, market::PriceEnding ending);

}  // namespace destock::economics
