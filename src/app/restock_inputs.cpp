#include "app/restock_inputs.h"

#include "app/json_parts.h"
#include "app/plan.h"
#include "app/restock_lines.h"

namespace destock::app {
namespace {

using restock::OrderProblem;

// V by way at the weeks in which the next order may arrive: [stock, value].
Json left_json(const OrderProblem& problem, int week) {
  Json ways = Json::array();
  for (const restock::LeftValue& left : problem.left) {
    Json weeks = Json::object();
    for (const restock::LeadWeek& lead : problem.lead) {
      const int until = week + lead.weeks + problem.cover_weeks;
      Json points = Json::array();
      for (size_t g = 0; g < left.points(); ++g) {
        const double stock = left.step() * static_cast<double>(g);
        points.push_back({stock, left.at(until, stock)});
      }
      weeks[std::to_string(until)] = std::move(points);
    }
    ways.push_back(std::move(weeks));
  }
  return ways;
}

Json first_of(const std::vector<double>& values, int weeks) {
  Json out = Json::array();
  for (int week = 0; week < weeks; ++week)
    out.push_back(values[std::min(static_cast<size_t>(week), values.size() - 1)]);
  return out;
}

Json problem_json(const OrderProblem& problem, int week) {
  const int weeks = week + problem.last_lead() + problem.cover_weeks + 1;
  Json lead = Json::array(), ways = Json::array();
  for (const restock::LeadWeek& one : problem.lead) lead.push_back({{"weeks", one.weeks}, {"weight", one.weight}});
  for (const clearance::LevelPath& way : problem.ways)
    ways.push_back(
        {{"weight", way.weight}, {"factor", way.factor.empty() ? Json::array({1}) : first_of(way.factor, weeks)}});
  return {{"week", week},
          {"landed", problem.landed},
          {"discount_a_week", problem.discount_a_week},
          {"moq", problem.moq},
          {"carton", problem.carton},
          {"cover_weeks", problem.cover_weeks},
          {"lead", lead},
          {"on_hand", problem.on_hand},
          {"inbound", problem.inbound},
          {"mean_units", first_of(problem.base, weeks)},
          {"dispersion", problem.dispersion},
          {"ways", ways},
          {"net_of_sale", first_of(problem.net, weeks)},
          {"storage", first_of(problem.storage, weeks)},
          {"low_inventory_fee", problem.short_fee},
          {"low_inventory_below_days", problem.short_below},
          {"left", left_json(problem, week)}};
}

Json inputs_of(const AccountState& state, const Context& context, const demand::AccountForecast& forecast,
               size_t listing, Lang lang) {
  clearance::Planner planner;
  const restock::RestockLine line = restock_of(state, listing, context, forecast, planner);
  restock::OrderCase of =
      restock::order_case({state.account, context.facts, forecast}, need_of(state.health.diagnoses[listing]), line.lead,
                          line.factory_closed_days);
  Json out = {{"marketplace", state.account.listings[listing].marketplace},
              {"sku", state.account.listings[listing].sku},
              {"advice", order_json(line.order, lang)},
              {"problem", nullptr}};
  if (!of.missing.empty()) return out;
  const int week = line.order.choice ? line.order.choice->week : 0;
  restock::find_left(of, week, planner);
  out["problem"] = problem_json(of.problem, week);
  return out;
}

}  // namespace

Json restock_inputs_json(const AccountState& state, const Context& context, const std::string& sku, Lang lang) {
  const auto forecast =
      demand::forecast_account(state.account, context.facts, restock::kForecastWeeks, context.threads);
  Json all = Json::array();
  for (size_t i = 0; i < state.account.size(); ++i)
    if (state.account.listings[i].sku == sku) all.push_back(inputs_of(state, context, forecast, i, lang));
  return {{"as_of", iso(state.account.as_of)}, {"skus", all}};
}

}  // namespace destock::app
