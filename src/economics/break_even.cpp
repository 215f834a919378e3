#include "economics/break_even.h"

#include "economics/price_ending.h"

namespace destock::economics {

// A price that is one dearer brings at most one more: from a price that falls short by some money, the next that can
// do is dearer by that money. So none is passed over, whatever bands and minimums lie between.
std::optional<Money> break_even_price(const SaleTerms& terms, const Money& landed, market::PriceEnding ending) {
  constexpr int kMostSteps = 10'000;
  Money price = ending_at_or_above(landed, ending);
  for (int step = 0; step < kMostSteps && price.is_plausible(); ++step) {
    const Money short_by = landed - Money::from_double(terms.net(price.to_double()), terms.currency);
    if (short_by.units() <= 0) return price;
    price = ending_at_or_above(price + short_by, ending);
  }
  return std::nullopt;
}

}  // namespace destock::economics
