#pragma once
// What a rate card says that is not wrong, and yet may not be meant.

#include "market/facts.h"

namespace destock::market {

// `shipped`: the card that it stands in for; nullptr: none.
void look_again(const RateCard& card, const RateCard* shipped, Linted& found);

}  // namespace destock::market
