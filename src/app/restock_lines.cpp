#include "app/restock_lines.h"

#include <algorithm>
#include <cmath>

#include "app/json_parts.h"
#include "app/plan.h"
#include "base/parallel.h"
#include "restock/joint_order.h"

namespace destock::app {
namespace {

int urgency(const restock::RestockLine& line) {
  if (!line.order.surplus.empty()) return -1;  // the cheapest clearance is what does not come
  switch (line.advice) {
    case restock::Advice::kStockoutRisk: return 0;
    case restock::Advice::kReorder: return 1;
    case restock::Advice::kTaper: return 2;
    case restock::Advice::kNegotiate: return 3;
    case restock::Advice::kTestBatch: return 4;
    case restock::Advice::kUnknown: return 5;
    case restock::Advice::kStop: return 6;
    case restock::Advice::kEnough: return 7;
  }
  return 8;
}

Json lead_json(const restock::LeadTime& lead, Lang lang) {
  Json points = Json::array();
  for (const auto& [days, weight] : lead.points)
    points.push_back({{"days", days}, {"weight", std::round(weight * 1e6) / 1e6}});
  return {{"mean_days", std::round(lead.mean() * 10) / 10},
          {"spread_known", lead.spread_known},
          {"basis", lead.basis.in(lang)},
          {"points", points}};
}

Json joint_json(const account::Account& account, const restock::JointOrder& order, Lang lang) {
  Json added = Json::array();
  for (const auto& [listing, units] : order.added)
    added.push_back({{"marketplace", account.listings[listing].marketplace},
                     {"sku", account.listings[listing].sku},
                     {"units", units}});
  return {{"supplier", order.supplier},
          {"minimum", to_json(order.minimum.rounded())},
          {"due", to_json(order.due.rounded())},
          {"total", to_json(order.total.rounded())},
          {"added", added},
          {"loss", to_json(order.loss)},
          {"volume_m3", rounded(order.m3, 1000)},
          {"reached", order.reached},
          {"worth_it", order.worth_it},
          {"why", order.why.in(lang)}};
}

Json surplus_json(const restock::SurplusOrder& one, Lang lang) {
  return {{"number", one.number},
          {"supplier", words(one.supplier)},
          {"units", one.units},
          {"cancel", one.cancel},
          {"later_weeks", one.later_weeks},
          {"arrives", iso(one.arrives)},
          {"saves", to_json(one.saves)},
          {"saves_before_cancelling", to_json(one.saves_before)},
          {"cancelling_cost", to_json(one.cancel_cost)},
          {"why", one.why.in(lang)}};
}

}  // namespace

restock::RestockLine restock_of(const AccountState& state, size_t listing, const Context& context,
                                const demand::AccountForecast& forecast, clearance::Planner& planner) {
  const health::Diagnosis& diagnosis = state.health.diagnoses[listing];
  const restock::Surplus surplus = diagnosis.band == health::Band::kExcess ? restock::Surplus::kExcess
                                   : diagnosis.band == health::Band::kDead ? restock::Surplus::kDead
                                                                           : restock::Surplus::kNone;
  restock::RestockLine line = restock::restock_line(state.account, listing, context.facts, forecast, surplus);
  line.order = restock::order_advice({state.account, context.facts, forecast}, need_of(diagnosis), line.lead,
                                     line.factory_closed_days, line.season.has_value(), planner);
  return line;
}

std::vector<restock::RestockLine> restock_lines(const AccountState& state, const Context& context,
                                                const demand::AccountForecast* forecast) {
  std::optional<demand::AccountForecast> made;
  if (!forecast)
    forecast =
        &made.emplace(demand::forecast_account(state.account, context.facts, restock::kForecastWeeks, context.threads));
  std::vector<restock::RestockLine> all(state.account.size()), lines;
  in_parts(all.size(), context.threads, 1, [&](size_t begin, size_t end) {
    clearance::Planner planner;
    for (size_t i = begin; i < end; ++i) all[i] = restock_of(state, i, context, *forecast, planner);
  });
  for (restock::RestockLine& line : all) {
    const bool gone =
        line.stock == 0 && line.velocity.weighted.value_or(0) <= 0 && line.advice != restock::Advice::kTestBatch;
    if (!gone) lines.push_back(std::move(line));
  }
  std::stable_sort(lines.begin(), lines.end(), [&](const auto& a, const auto& b) {
    if (urgency(a) != urgency(b)) return urgency(a) < urgency(b);
    return a.days_of_supply.value_or(1e9) < b.days_of_supply.value_or(1e9);
  });
  return lines;
}

Json order_json(const restock::OrderAdvice& advice, Lang lang) {
  Json missing = Json::array(), assumptions = Json::array();
  for (const Text& one : advice.missing) missing.push_back(one.in(lang));
  for (const Text& one : advice.assumptions) assumptions.push_back(one.in(lang));
  const auto& choice = advice.choice;
  const auto money = [&](double amount) { return choice ? to_json(restock::money_of(amount, advice)) : Json(nullptr); };
  const auto share = [&](double value) { return choice ? Json(std::round(value * 1e4) / 1e4) : Json(nullptr); };
  Json surplus = Json::array();
  for (const restock::SurplusOrder& one : advice.surplus) surplus.push_back(surplus_json(one, lang));
  return {{"known", advice.known()},
          {"surplus_orders", surplus},
          {"missing", missing},
          {"assumptions", assumptions},
          {"why", advice.why.in(lang)},
          {"order_now", advice.known() ? Json(advice.order_now) : Json(nullptr)},
          {"order_by", or_null(advice.order_by)},
          {"units", choice ? Json(choice->units) : Json(nullptr)},
          {"transfer", advice.transfer},
          {"last_order_day", or_null(advice.last_order_day)},
          {"orders_go_on", advice.orders_go_on},
          {"first_cut", or_null(advice.first_cut)},
          {"gain", money(choice ? choice->gain : 0)},
          // Of an order that there is.
          {"too_few", choice && choice->units > 0 ? money(choice->too_few) : Json(nullptr)},
          {"too_many", choice && choice->units > 0 ? money(choice->too_many) : Json(nullptr)},
          {"service_level", share(choice ? choice->service : 0)},
          {"sold_share", share(choice ? choice->sold_share : 0)},
          {"loss_if_double", money(choice ? choice->if_double : 0)},
          {"loss_if_half", money(choice ? choice->if_half : 0)},
          {"landed_cost", advice.landed ? to_json(advice.landed->rounded()) : Json(nullptr)},
          {"net_of_sale", advice.net ? to_json(advice.net->rounded()) : Json(nullptr)},
          {"lead_time", lead_json(advice.lead, lang)}};
}

Json restock_line_json(const account::Account& account, const restock::RestockLine& line, Lang lang) {
  const account::Listing& listing = account.listings[line.listing];
  Json season = nullptr;
  if (line.season)
    season = {{"event", line.season->event},
              {"name", line.season->name.in(lang)},
              {"peak", iso(line.season->peak)},
              {"taper_from", iso(line.season->taper_from)},
              {"clear_from", iso(line.season->clear_from)},
              {"stock_in_by", or_null(line.season->stock_in_by)},
              {"guessed", line.season->guessed}};
  return {{"marketplace", listing.marketplace},
          {"sku", listing.sku},
          {"title", words(listing.title)},
          {"owner", words(listing.owner)},
          {"advice", restock::advice_id(line.advice)},
          {"reorder_point", or_null(line.reorder_point)},
          {"order_up_to", or_null(line.order_up_to)},
          {"order_now", line.order_now},
          {"order_low", or_null(line.order_low)},
          {"order_high", or_null(line.order_high)},
          {"reason", line.reason.in(lang)},
          {"stock", line.stock},
          {"on_order", line.on_order},
          {"velocity", velocity_json(line.velocity)},
          {"days_of_supply", rounded(line.days_of_supply, 10)},
          {"stockout_date", or_null(line.stockout_date)},
          {"lead_time_days", line.lead_time_days},
          {"lead_time_assumed", line.lead_time_assumed},
          {"expected_per_day", rounded(line.per_day, 100)},
          {"factory_closed_days", line.factory_closed_days},
          {"arrives", or_null(line.arrives)},
          {"season", season},
          {"economic", order_json(line.order, lang)}};
}

Json restock_json(const AccountState& state, const std::vector<restock::RestockLine>& lines, Lang lang) {
  Json skus = Json::array();
  for (const restock::RestockLine& line : lines) skus.push_back(restock_line_json(state.account, line, lang));
  Json joint = Json::array();
  for (const restock::JointOrder& order : restock::joint_orders(state.account, lines))
    joint.push_back(joint_json(state.account, order, lang));
  return {{"as_of", iso(state.account.as_of)},
          {"warnings", texts(state.health.warnings, lang)},
          {"joint_orders", joint},
          {"skus", skus}};
}

}  // namespace destock::app
