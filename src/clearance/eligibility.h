#pragma once
// Whether a listing may run a channel: what the data can tell is decided here, the rest is listed for a person.

#include <vector>

#include "clearance/sku_case.h"
#include "market/channel.h"

namespace destock::clearance {

struct Eligibility {
  bool plainly_not = false;
  Text why_not;              // the condition that fails
  std::vector<Text> checks;  // for a person
};
Eligibility eligibility(const SkuCase& sku, const market::Channel& channel);

}  // namespace destock::clearance
