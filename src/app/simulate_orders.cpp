#include "app/simulate_orders.h"

#include "app/json_parts.h"
#include "app/plan.h"
#include "base/parallel.h"
#include "restock/restock.h"

namespace destock::app {
namespace {

using deliver::Cell;
using deliver::Kind;

Money shown(double value, Currency currency) {
  return Money::from_double(value, currency).rounded();
}

std::optional<simulate::OrderStake> stake_of(const AccountState& state, size_t listing, const Context& context,
                                             const demand::AccountForecast& forecast, clearance::Planner& planner) {
  const market::RestockRule& rule = context.facts.playbook.restock;
  const auto lead = restock::lead_time(state.account, listing, rule.default_lead_time_days);
  restock::OrderCase of =
      restock::order_case({state.account, context.facts, forecast}, need_of(state.health.diagnoses[listing]), lead, 0);
  if (!of.missing.empty() || of.problem.base.front() <= 0) return std::nullopt;
  const auto one = state.account.rates.convert(Money::from_units(Money::kUnitsPerWhole, of.currency),
                                               state.health.figures.base_currency, state.account.as_of);
  if (!one) return std::nullopt;
  restock::find_left(of, 0, planner);
  constexpr double kMonthDays = 30;
  return simulate::OrderStake{std::move(of.problem), kMonthDays * rule.cover_months_from,
                              kMonthDays * rule.cover_months_to, one->to_double(),
                              context.facts.playbook.plan.message_cost / one->to_double()};
}

}  // namespace

std::vector<simulate::OrderStake> order_stakes_of(const AccountState& state, const Context& context) {
  const auto forecast =
      demand::forecast_account(state.account, context.facts, restock::kForecastWeeks, context.threads);
  std::vector<std::optional<simulate::OrderStake>> found(state.account.size());
  in_parts(found.size(), context.threads, 1, [&](size_t begin, size_t end) {
    clearance::Planner planner;
    for (size_t i = begin; i < end; ++i) found[i] = stake_of(state, i, context, forecast, planner);
  });
  std::vector<simulate::OrderStake> stakes;
  for (auto& one : found)
    if (one) stakes.push_back(std::move(*one));
  return stakes;
}

std::vector<simulate::OrderStake> random_order_stakes(size_t count, uint64_t seed) {
  std::mt19937_64 random(seed);
  std::vector<simulate::OrderStake> stakes;
  for (size_t i = 0; i < count; ++i) stakes.push_back(simulate::random_order(random));
  return stakes;
}

deliver::Table order_years_table(const simulate::OrderYears& years, Currency currency) {
  deliver::Table table{"order_years",
                       {"A year of orders", "一年补货对比"},
                       {{"world", {"Market", "市场"}, Kind::kText, 0, 34},
                        {"policy", {"Policy", "策略"}, Kind::kText, 0, 20},
                        {"profit", {"Profit a SKU", "单 SKU 利润"}, Kind::kMoney, 0, 13},
                        {"low", {"from", "下限"}, Kind::kMoney, 0, 13, false},
                        {"high", {"to (95 %)", "上限（95%）"}, Kind::kMoney, 0, 13, false},
                        {"ahead", {"By its value, more", "经济补货多得"}, Kind::kMoney, 0, 13},
                        {"ahead_low", {"at least", "至少"}, Kind::kMoney, 0, 12},
                        {"missed", {"Missed", "缺货损失销量"}, Kind::kShare, 1, 9},
                        {"short_weeks", {"Weeks short", "缺货周数"}, Kind::kNumber, 1, 9},
                        {"average_stock", {"Stock", "平均库存"}, Kind::kNumber, 0, 9},
                        {"end_stock", {"At the end", "期末库存"}, Kind::kNumber, 0, 10},
                        {"orders", {"Orders", "下单次数"}, Kind::kNumber, 1, 8}},
                       {}};
  for (const simulate::YearWorld& world : years.worlds)
    for (size_t p = 0; p < simulate::kOrderPolicies.size(); ++p) {
      const simulate::YearOutcome& of = world.policies[p];
      const bool own = simulate::kOrderPolicies[p] == simulate::OrderPolicy::kJoint;
      const Cell no = std::string("–");
      table.rows.push_back({world.world.name, simulate::order_policy_name(simulate::kOrderPolicies[p]),
                            shown(of.mean.profit, currency), shown(of.low, currency), shown(of.high, currency),
                            own ? no : Cell(shown(of.ahead, currency)), own ? no : Cell(shown(of.ahead_low, currency)),
                            of.mean.wanted > 0 ? Cell(of.mean.missed / of.mean.wanted) : no, of.mean.short_weeks,
                            of.mean.average_stock, of.mean.end_stock, of.mean.orders});
    }
  return table;
}

Json order_years_json(const simulate::OrderYears& years, const std::string& skus, Currency currency, uint64_t seed,
                      Lang lang) {
  Json worlds = Json::array();
  for (const simulate::YearWorld& world : years.worlds) {
    Json policies = Json::array();
    for (size_t p = 0; p < simulate::kOrderPolicies.size(); ++p) {
      const simulate::YearOutcome& of = world.policies[p];
      policies.push_back(
          {{"policy", simulate::order_policy_id(simulate::kOrderPolicies[p])},
           {"name", simulate::order_policy_name(simulate::kOrderPolicies[p]).in(lang)},
           {"profit", to_json(shown(of.mean.profit, currency))},
           {"low", to_json(shown(of.low, currency))},
           {"high", to_json(shown(of.high, currency))},
           {"joint_ahead", to_json(shown(of.ahead, currency))},
           {"joint_ahead_low", to_json(shown(of.ahead_low, currency))},
           {"joint_ahead_high", to_json(shown(of.ahead_high, currency))},
           {"missed_share", of.mean.wanted > 0 ? rounded(of.mean.missed / of.mean.wanted, 1e4) : Json(nullptr)},
           {"short_weeks", rounded(of.mean.short_weeks, 100)},
           {"average_stock", rounded(of.mean.average_stock, 10)},
           {"end_stock", rounded(of.mean.end_stock, 10)},
           {"orders", rounded(of.mean.orders, 100)}});
    }
    worlds.push_back({{"world", world.world.id},
                      {"name", world.world.name.in(lang)},
                      {"dispersion", world.world.dispersion},
                      {"drift", world.world.drift},
                      {"policies", policies}});
  }
  return {{"skus", years.skus}, {"runs", years.runs}, {"of", skus}, {"seed", seed}, {"weeks", 52}, {"worlds", worlds}};
}

}  // namespace destock::app
