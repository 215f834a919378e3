#pragma once
// `destock simulate`: policies against a market that may differ from what was believed, on an account's listings or on
// made-up ones.

#include <functional>

#include "app/json.h"
#include "app/plan.h"
#include "simulate/play.h"

namespace destock::app {

struct SimulateOptions {
  size_t runs = 20;
  uint64_t seed = 1;
  int horizon_weeks = 26;
  std::vector<std::string> worlds;  // ids; empty: all
};

// Every listing that a plan looks at and whose price is known, in the account's order.
// In the account's base currency where a rate is known; those without one are left out.
std::vector<simulate::Stake> stakes_of(const AccountState& state, int horizon_weeks, const Context& context);
// Made-up ones: 20 to 5,000 units, programmes with memory of prices, dispersed demand.
std::vector<simulate::Stake> random_stakes(size_t count, uint64_t seed, int horizon_weeks);

// A line a world and policy; a second heading a world.
deliver::Table simulation_table(const simulate::Simulation& simulation, Currency currency);
Json simulation_json(const simulate::Simulation& simulation, const std::string& skus, Currency currency,
                     const SimulateOptions& options, Lang lang);

}  // namespace destock::app
