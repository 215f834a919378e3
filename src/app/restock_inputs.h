#pragma once
// `destock restock --inputs SKU`: every figure that the advice on an order rests on, so that anybody can do the sum
// again.

#include "app/json.h"
#include "app/state.h"

namespace destock::app {

// One entry for each listing of the SKU; of what is missing where the order cannot be valued.
Json restock_inputs_json(const AccountState& state, const Context& context, const std::string& sku, Lang lang);

}  // namespace destock::app
