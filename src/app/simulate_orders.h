#pragma once
// `destock simulate --restock`: a rolling year of orders, on an account's listings or on made-up SKUs.

#include "app/context.h"
#include "app/json.h"
#include "app/simulate.h"
#include "app/state.h"
#include "simulate/order_year.h"

namespace destock::app {

// The listings that sell and whose order can be valued.
std::vector<simulate::OrderStake> order_stakes_of(const AccountState& state, const Context& context);
std::vector<simulate::OrderStake> random_order_stakes(size_t count, uint64_t seed);

deliver::Table order_years_table(const simulate::OrderYears& years, Currency currency);
Json order_years_json(const simulate::OrderYears& years, const std::string& skus, Currency currency, uint64_t seed,
                      Lang lang);

}  // namespace destock::app
