#include "restock/order_case.h"

#include <fmt/format.h>
#include <cmath>
#include <limits>

#include "economics/holding.h"
#include "economics/sale_terms.h"

namespace destock::restock {
namespace {

constexpr int kClearWeeks = 26;  // after the next order's arrival, for what is then left
constexpr size_t kClearPoints = 64;

// What nobody can order by: each names what would make it known.
void find_missing(const OrderFrom& from, const clearance::SkuCase& sku, OrderCase& out) {
  const auto miss = [&](const char* en, const char* zh) { out.missing.push_back({en, zh}); };
  if (!sku.price) miss("the price is unknown: import FBA Inventory", "售价未提供：请导入 FBA 库存报告");
  const auto landed = economics::landed_cost(from.account, out.listing, sku.currency, sku.first_day);
  const account::CostFacts& cost = from.account.costs[out.listing];
  if (!cost.unit_cost)
    miss("the unit cost is unknown: fill in the cost sheet", "采购成本未提供：请填写成本表");
  else if (!landed)
    miss("no exchange rate joins cost and price: destock rate add", "成本与售价之间缺少汇率：destock rate add");
  else if (!landed->freight_known)
    miss("the freight is unknown, and with it the landed cost: fill in the cost sheet",
         "头程运费未提供，无法得出到岸成本：请填写成本表");
  if (sku.price && !sku.sale.referral_known)
    miss("the referral fee is unknown: import Fee Preview", "佣金未提供：请导入费用预览");
  if (!sku.sale.fulfilment) miss("the fulfilment fee is unknown: import Fee Preview", "配送费未提供：请导入费用预览");
  if (!sku.holding.month(1, 1))
    miss("the storage fee is unknown (no card or no item volume)", "仓储费未提供（缺费率或体积）");
  if (landed) out.landed = landed->total();
}

double rate_of_day(const economics::HoldingTerms& holding, Date day, int age) {
  double rate = holding.month(month_of(day), 1).value_or(0) / days_in_month(day);
  if (age > 0 && holding.assesses_on(day)) rate += holding.aged_per_unit(day, age).value_or(0);
  return rate;
}

// Of a unit that arrives in a week; before it nothing is charged.
std::vector<double> rates_from(const clearance::SkuCase& sku, int arrives, int weeks) {
  std::vector<double> rates;
  for (int day = 0; day < weeks * kWeekDays; ++day) {
    if (day % kWeekDays == 0) rates.push_back(0);
    rates.back() += rate_of_day(sku.holding, sku.first_day + Days(day), day - arrives * kWeekDays);
  }
  return rates;
}

// Charged now, and no more once there is enough again. The card looks at the average stock of days past, here at the
// stock on the day: sold at the same pace it was higher by half of those days' sales.
void find_short_fee(const OrderFrom& from, const clearance::SkuCase& sku, OrderCase& out) {
  const auto& charged = sku.sale.low_inventory;
  const market::RateCard* card = from.facts.rate_card(sku.marketplace);
  if (!charged || !card) return;
  for (const market::LowInventoryFee& row : card->low_inventory)
    if (row.source == charged->source && row.in_force_on(sku.first_day) && !row.days_below.empty() &&
        !row.windows.empty())
      out.problem.short_below = row.days_below.back() - row.windows.front() / 2.0;
  if (out.problem.short_below <= 0) return;
  out.problem.short_fee = charged->fee.to_double();
  for (double& net : out.clearing.net_at) net += out.problem.short_fee;
}

void find_problem(const account::CostFacts& cost, OrderCase& out) {
  OrderProblem& problem = out.problem;
  const clearance::Decision& d = out.clearing;
  problem.landed = out.landed->to_double();
  problem.discount_a_week = d.discount_a_week;
  problem.moq = cost.moq.value_or(0);
  problem.carton = std::max<int64_t>(1, cost.carton.value_or(1));
  problem.on_hand = d.on_hand;
  problem.inbound.assign(d.inbound.begin(), d.inbound.end());
  problem.base = d.base;
  problem.dispersion = d.dispersion;
  problem.ways = d.levels;
  if (problem.ways.empty()) problem.ways = {{1, {}}};
  problem.storage = out.rates;
  for (size_t week = 0; week < out.rates.size(); ++week)
    problem.net.push_back(d.net(0) - d.sale_cost_in(static_cast<int>(week), 0));
}

void add_open_orders(const OrderFrom& from, const LeadTime& lead, OrderCase& out) {
  for (const OpenOrder& open : open_orders(from.account, out.listing)) {
    const auto week = static_cast<size_t>(week_of(open, from.account, lead, from.facts.playbook.plan.inbound_days));
    if (out.problem.inbound.size() <= week) out.problem.inbound.resize(week + 1, 0);
    out.problem.inbound[week] += open.units;
    out.open.emplace_back(open, static_cast<int>(week));
    if (open.order->expected_on && !open.arrives)
      out.assumptions.push_back(
          {fmt::format("{} was due {}: taken to arrive in {} weeks", open.order->number, iso(*open.order->expected_on),
                       week),
           fmt::format("{} 应于 {} 到货：按 {} 周后到货计", open.order->number, iso(*open.order->expected_on), week)});
  }
}

// Sums that no amount of money holds.
bool too_large(const OrderProblem& problem) {
  constexpr double kMost = 1e12;
  double units = static_cast<double>(problem.on_hand), mean = 0;
  for (const int64_t arriving : problem.inbound) units += static_cast<double>(arriving);
  for (const double week : problem.base) mean = std::max(mean, week);
  const int weeks = problem.last_lead() + problem.cover_weeks;
  units +=
      mean * (1 + problem.dispersion) * weeks + static_cast<double>(problem.moq) + static_cast<double>(problem.carton);
  const double amount = std::max(problem.landed, std::abs(problem.net.front())) + problem.storage.front();
  return !(units * std::max(1.0, amount) < kMost) || !(units < 1e9);
}

}  // namespace

OrderCase order_case(const OrderFrom& from, const clearance::Need& need, const LeadTime& lead, int64_t closed_days) {
  OrderCase out;
  out.listing = need.listing;
  out.currency = from.account.listings[need.listing].currency;
  const std::vector<LeadWeek> weeks = in_weeks(lead, closed_days);
  const int cover =
      std::max(1, static_cast<int>(std::lround(from.facts.playbook.restock.order_every_days / double{kWeekDays})));
  const int horizon = std::min(weeks.back().weeks + cover + kClearWeeks, from.forecast.weeks);
  const auto sku = clearance::sku_case(from.account, need, from.facts, horizon);
  find_missing(from, sku, out);
  out.price = sku.price;
  const auto outlook = clearance::outlook_of(from.account, from.forecast, sku, from.facts);
  if (!outlook.from_forecast)
    out.missing.push_back({"sales are unknown: import All Orders", "销量未提供：请导入所有订单报告"});
  if (!out.missing.empty()) return out;
  out.clearing = clearance::sku_decision(sku, outlook, from.facts, {}).decision;
  out.clearing.programmes.clear();
  out.clearing.delays.clear();
  out.rates = rates_from(sku, weeks.front().weeks, out.clearing.weeks + 1);
  find_short_fee(from, sku, out);
  find_problem(from.account.costs[need.listing], out);
  out.problem.cover_weeks = cover;
  out.problem.lead = weeks;
  add_open_orders(from, lead, out);
  if (too_large(out.problem)) {
    out.missing.push_back(
        {"price, cost, stock or sales are so large that no order can be valued: look for a wrong figure",
         "售价、成本、库存或销量数值过大，无法评估补货：请检查数据"});
    return out;
  }
  if (!sku.sale.return_rate) out.assumptions.push_back({"returns unknown: none are taken off", "退货率未提供：未扣除"});
  return out;
}

void find_left(OrderCase& of, int from, int to, clearance::Planner& planner) {
  OrderProblem& problem = of.problem;
  clearance::Decision d = of.clearing;
  int64_t most = 0;
  for (int week = from; week <= to; ++week) most = std::max(most, most_worth_a_look(problem, week));
  int64_t units = problem.on_hand + most + most / 8 + 1;
  for (const int64_t arriving : problem.inbound) units += arriving;
  d.levels.clear();
  d.inbound.clear();
  d.on_hand = static_cast<int>(std::min<int64_t>(units, std::numeric_limits<int>::max() / 2));
  d.cohorts = {{d.on_hand, 0, of.rates}};
  problem.left.clear();
  const double step = std::max(1.0, static_cast<double>(d.on_hand) / static_cast<double>(kClearPoints));
  const auto points = static_cast<size_t>(std::ceil(static_cast<double>(d.on_hand) / step)) + 1;
  for (size_t way = 0; way < problem.ways.size(); ++way) {
    d.base.clear();
    for (int w = 0; w <= d.weeks; ++w) d.base.push_back(problem.mean_in(way, w));
    planner.solve(d, {kClearPoints, clearance::Rule::kBest, false, false});
    LeftValue left(step, points, static_cast<size_t>(d.weeks) + 1);
    for (int w = 1; w <= d.weeks; ++w)
      for (size_t g = 0; g < points; ++g)
        left.set(static_cast<size_t>(w), g, planner.value_in(w, step * static_cast<double>(g)));
    problem.left.push_back(std::move(left));
  }
}

}  // namespace destock::restock
