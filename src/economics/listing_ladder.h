#pragma once
// The price ladder of a listing, from what its account and the facts know.

#include <array>

#include "account/account.h"
#include "economics/ladder.h"
#include "market/facts.h"

namespace destock::economics {

// kNotFound names what is missing: the unit cost, an exchange rate, the fulfilment fee.
Result<std::array<LadderStage, 3>> listing_ladder(const account::Account& account, size_t listing,
                                                  const market::Facts& facts);

// How prices end in a marketplace.
market::PriceEnding ending_in(const market::Facts& facts, const std::string& marketplace);

}  // namespace destock::economics
