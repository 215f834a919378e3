#pragma once
// What a plan is asked for, as JSON:
//   {"floor_share":0.6, "floor_price":"12.50", "out_by":"2026-12-20", "elasticity":-1.8, "without":["outlet"],
//    "no_change":[["2026-12-20","2026-12-27"]], "monotone":true}; all may lack.

#include "app/json.h"
#include "clearance/sku_decision.h"
#include "market/facts.h"

namespace destock::server {

// `currency`: of floor_price. kBadUsage names the field.
Result<clearance::PlanWishes> read_wishes(const app::Json& json, Currency currency, const market::Facts& facts);

}  // namespace destock::server
