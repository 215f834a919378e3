#include "app/simulate.h"

#include <cmath>

#include "clearance/fluid_bound.h"
#include "clearance/random_decision.h"

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;

Money money(double value, Currency currency) {
  return Money::from_double(value, currency).rounded();
}

}  // namespace

std::vector<simulate::Stake> stakes_of(const AccountState& state, int horizon_weeks, const Context& context) {
  const auto listings = listings_to_clear(state, context, {});
  std::vector<simulate::Stake> stakes;
  if (listings.empty()) return stakes;
  const auto forecast =
      demand::forecast_account(state.account, context.facts, horizon_weeks + clearance::kSellOnWeeks, context.threads);
  for (size_t listing : listings) {
    const auto sku =
        clearance::sku_case(state.account, need_of(state.health.diagnoses[listing]), context.facts, horizon_weeks);
    if (!sku.price) continue;
    const auto one = state.account.rates.convert(Money::from_units(Money::kUnitsPerWhole, sku.currency),
                                                 state.health.figures.base_currency, state.account.as_of);
    if (!one) continue;
    const auto outlook = clearance::outlook_of(state.account, forecast, sku, context.facts);
    stakes.push_back({clearance::sku_decision(sku, outlook, context.facts, {}).decision, one->to_double()});
  }
  return stakes;
}

std::vector<simulate::Stake> random_stakes(size_t count, uint64_t seed, int horizon_weeks) {
  std::mt19937_64 random(seed);
  std::vector<simulate::Stake> stakes;
  for (size_t i = 0; i < count; ++i) {
    const double place = static_cast<double>(random() >> 11) * 0x1p-53;
    constexpr double kLeast = 20, kMost = 5'000;
    const int units = static_cast<int>(kLeast * std::pow(kMost / kLeast, place));
    stakes.push_back({clearance::random_decision(random, horizon_weeks, units, true), 1});
    clearance::remember_prices(stakes.back().decision);
  }
  return stakes;
}

deliver::Table simulation_table(const simulate::Simulation& simulation, Currency currency) {
  deliver::Table table{"simulation",
                       {"Policies compared", "策略对比"},
                       {{"world", {"Market", "市场"}, Kind::kText, 0, 34},
                        {"policy", {"Policy", "策略"}, Kind::kText, 0, 18},
                        {"mean", {"A SKU brings", "单 SKU 回款"}, Kind::kMoney, 0, 14},
                        {"low", {"from", "下限"}, Kind::kMoney, 0, 14, false},
                        {"high", {"to (95 %)", "上限（95%）"}, Kind::kMoney, 0, 14, false},
                        {"ahead", {"Optimal brings more", "最优多回款"}, Kind::kMoney, 0, 14},
                        {"ahead_low", {"at least", "至少"}, Kind::kMoney, 0, 14},
                        {"loses", {"SKUs where it loses", "最优落后的 SKU"}, Kind::kShare, 0, 10}},
                       {}};
  for (const simulate::WorldOutcome& world : simulation.worlds)
    for (size_t p = 0; p < simulate::kPolicies.size(); ++p) {
      const simulate::Outcome& outcome = world.policies[p];
      const bool own = simulate::kPolicies[p] == simulate::Policy::kOptimal;
      const Cell no = std::string("–");
      table.rows.push_back({world.world.name, simulate::policy_name(simulate::kPolicies[p]),
                            money(outcome.mean, currency), money(outcome.low, currency), money(outcome.high, currency),
                            own ? no : Cell(money(outcome.ahead, currency)),
                            own ? no : Cell(money(outcome.ahead_low, currency)), own ? no : Cell(outcome.loses)});
    }
  return table;
}

Json simulation_json(const simulate::Simulation& simulation, const std::string& skus, Currency currency,
                     const SimulateOptions& options, Lang lang) {
  Json worlds = Json::array();
  for (const simulate::WorldOutcome& world : simulation.worlds) {
    Json policies = Json::array();
    for (size_t p = 0; p < simulate::kPolicies.size(); ++p) {
      const simulate::Outcome& outcome = world.policies[p];
      policies.push_back({{"policy", simulate::policy_id(simulate::kPolicies[p])},
                          {"name", simulate::policy_name(simulate::kPolicies[p]).in(lang)},
                          {"mean", to_json(money(outcome.mean, currency))},
                          {"low", to_json(money(outcome.low, currency))},
                          {"high", to_json(money(outcome.high, currency))},
                          {"optimal_ahead", to_json(money(outcome.ahead, currency))},
                          {"optimal_ahead_low", to_json(money(outcome.ahead_low, currency))},
                          {"optimal_ahead_high", to_json(money(outcome.ahead_high, currency))},
                          {"optimal_loses_share", std::round(outcome.loses * 10'000) / 10'000}});
    }
    worlds.push_back({{"world", world.world.id},
                      {"name", world.world.name.in(lang)},
                      {"elasticity", world.world.elasticity},
                      {"dispersion", world.world.dispersion},
                      {"uplift", world.world.uplift},
                      {"drift", world.world.drift},
                      {"policies", policies}});
  }
  return {{"skus", simulation.skus},
          {"runs", simulation.runs},
          {"of", skus},
          {"seed", options.seed},
          {"horizon_weeks", options.horizon_weeks},
          {"upper_bound_as_believed", to_json(money(simulation.bound, currency))},
          {"worlds", worlds}};
}

}  // namespace destock::app
