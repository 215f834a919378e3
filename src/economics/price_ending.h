#pragma once
// Prices as people write them: 20.69, 19.99, 1,980.

#include "base/money.h"
#include "market/marketplace.h"

namespace destock::economics {

// The price with that ending nearest to `price`; of two as near, the higher. Always above zero.
Money nearest_ending(Money price, market::PriceEnding ending);
// The highest price with that ending that is not above `price`; the lowest such price where none is.
Money ending_at_or_below(Money price, market::PriceEnding ending);
// The lowest price with that ending that is not below `price`.
Money ending_at_or_above(Money price, market::PriceEnding ending);
// What `discount` (a fraction) leaves of a price, with its ending: never less of a discount than asked.
Money discounted(Money price, double discount, market::PriceEnding ending);

// Half of the smallest step of a price: prices that are closer are the same.
double half_a_step(Currency currency);

}  // namespace destock::economics
