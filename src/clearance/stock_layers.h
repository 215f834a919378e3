#pragma once
// The ages of a listing's stock, layer by layer: what first in, first out takes from.

#include <vector>

#include "clearance/sku_case.h"

namespace destock::clearance {

struct StockLayer {
  int age;  // days at the start of the plan
  double units;
};

// Oldest first; scaled to what is on hand. Of age 0 where no age is known. Bands are spread evenly over layers of at
// most a month, so that surcharges begin when the first units reach them.
std::vector<StockLayer> stock_layers(const SkuCase& sku);

}  // namespace destock::clearance
