#pragma once
// The parts of a rate card that the fulfilment fee needs, read and checked: never cheaper when heavier or dearer, bands
// without gap.

#include "market/rate_card.h"
#include "market/toml_file.h"

namespace destock::market {

void read_fulfilment(const FactTable& root, Currency currency, RateCard& card);

}  // namespace destock::market
