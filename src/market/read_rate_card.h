#pragma once
// data/ratecards/<marketplace>.toml → RateCard, checked: bands without gap or overlap, dates likewise, never cheaper
// when heavier, October–December storage at least January–September's.

#include "market/rate_card.h"
#include "market/toml_file.h"

namespace destock::market {

RateCard read_rate_card(const FactTable& root);

}  // namespace destock::market
