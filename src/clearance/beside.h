#pragma once
// What runs beside everything else: the same stock in other marketplaces, a business price. Nothing public says how
// much they sell: proposed, never valued.

#include "account/plan_record.h"
#include "clearance/sku_case.h"

namespace destock::clearance {

// Whether a channel is one of those.
bool runs_beside(std::string_view channel);

// Actions over the whole horizon, for a listing with a price.
std::vector<account::PlanAction> beside(const SkuCase& sku, const market::Facts& facts);

}  // namespace destock::clearance
