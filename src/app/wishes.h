#pragma once
// What a plan is asked for, as JSON:
//   {"floor_share":0.6, "floor_price":"12.50", "out_by":"2026-12-20", "elasticity":-1.8, "without":["outlet"],
//    "no_change":[["2026-12-20","2026-12-27"]], "monotone":true, "floor_currency":"USD"}; all may lack.

#include "app/json.h"
#include "clearance/sku_decision.h"
#include "market/facts.h"

namespace destock::app {

// `currency`: of floor_price, where the wishes do not name one. kBadUsage names the field.
Result<clearance::PlanWishes> read_wishes(const Json& json, Currency currency, const market::Facts& facts);

// The same the other way round; an empty object where nothing is wished.
Json wishes_json(const clearance::PlanWishes& wishes);

}  // namespace destock::app
