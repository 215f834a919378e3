#include "restock/order_advice.h"

#include <fmt/format.h>
#include <algorithm>
#include <cmath>

namespace destock::restock {
namespace {

Text joined(const std::vector<Text>& all) {
  Text out;
  for (const Text& one : all) {
    out.en += (out.en.empty() ? "" : "; ") + one.en;
    out.zh += (out.zh.empty() ? "" : "；") + one.zh;
  }
  return out;
}

std::string percent(double share) {
  return fmt::format("{:.0f}", 100 * share);
}

Text why_none_is_due(const OrderAdvice& advice) {
  if (*advice.net <= *advice.landed)
    return {fmt::format("at today's price a sale brings {}, no more than a new unit costs ({}): order nothing",
                        advice.net->rounded().str(), advice.landed->rounded().str()),
            fmt::format("按现价单件净回款 {}，不高于到岸成本 {}：不补货", advice.net->rounded().str(),
                        advice.landed->rounded().str())};
  return {fmt::format("no order is due within {} weeks", kDueWeeks), fmt::format("{} 周内无需下单", kDueWeeks)};
}

Text why_none_pays() {
  return {"stock runs short, but what an order leaves over costs more than its sales bring: order nothing",
          "库存将不足，但补货剩余部分的损失高于销售所得：不补货"};
}

Text why_ordered(const OrderAdvice& advice) {
  const OrderChoice& choice = *advice.choice;
  const auto money = [&](double amount) { return money_of(amount, advice).str(); };
  const std::string by = choice.week == 0 ? "now" : "by " + iso(*advice.order_by);
  const std::string by_zh = choice.week == 0 ? "现在" : iso(*advice.order_by) + " 前";
  return {fmt::format("order {} {}: a unit too few loses {}, one too many {}; it lasts until the next order can arrive "
                      "with {} %; brings {} more than no order",
                      choice.units, by, money(choice.too_few), money(choice.too_many), percent(choice.service),
                      money(choice.gain)),
          fmt::format("{}补 {} 件：少一件损失 {}，多一件损失 {}；可撑到下一批到货的概率 {}%；比不补货多得 {}", by_zh,
                      choice.units, money(choice.too_few), money(choice.too_many), percent(choice.service),
                      money(choice.gain))};
}

}  // namespace

Money money_of(double amount, const OrderAdvice& advice) {
  return Money::from_double(amount, advice.landed->currency()).rounded();
}

namespace {

constexpr double kStillAnOrder = 0.1;  // of what an order of the best week brings

// What V says of a season's end: by every week what an order of it would bring, were none placed before; by the plan of
// what there is, when the price is first cut.
void find_season(const OrderFrom& from, OrderCase& found, clearance::Planner& planner, OrderAdvice& out) {
  find_left(found, 0, kDueWeeks, planner);
  std::vector<double> gains;
  for (int week = 0; week <= kDueWeeks; ++week) gains.push_back(best_gain(found.problem, week));
  const double least = kStillAnOrder * *std::max_element(gains.begin(), gains.end());
  for (int week = kDueWeeks; week >= 0 && !out.last_order_day; --week)
    if (const double gain = gains[static_cast<size_t>(week)]; gain > 0 && gain >= least)
      out.last_order_day = from.account.as_of + Days(kWeekDays * week);
  out.orders_go_on = out.last_order_day == from.account.as_of + Days(kWeekDays * kDueWeeks);
  if (out.orders_go_on) out.last_order_day.reset();
  const clearance::Optimum plan = planner.solve(found.clearing, {});
  for (const clearance::PlannedWeek& week : plan.path)
    if (week.choice.level > 0 && !out.first_cut) out.first_cut = from.account.as_of + Days(kWeekDays * week.week);
}

// What lies elsewhere is moved before anything is bought: a unit there is worth what it would cost to buy again.
void find_transfer(const account::CostFacts& cost, const OrderProblem& problem, OrderAdvice& out) {
  const int64_t units = out.choice->units;
  out.transfer = std::min(units, cost.elsewhere.value_or(0));
  if (out.choice->week > 0) return;
  out.order_now = out.transfer == 0 ? units : orderable_of(problem, units - out.transfer);
}

constexpr size_t kMoreCartons = 50;

void find_more_cartons(const OrderProblem& problem, OrderAdvice& out) {
  const int64_t carton = std::max<int64_t>(1, problem.carton), units = out.choice->units;
  const OrderValue value(problem, 0, units + carton * static_cast<int64_t>(kMoreCartons));
  const double best = value.worth(static_cast<double>(units));
  for (size_t more = 1; more <= kMoreCartons; ++more)
    out.more_cartons.push_back(best - value.worth(static_cast<double>(units + carton * static_cast<int64_t>(more))));
}

void say_more(OrderAdvice& out) {
  if (out.transfer == 0) return;
  out.why.en += fmt::format("; {} of them lie in another warehouse: transfer those first", out.transfer);
  out.why.zh += fmt::format("；其中 {} 件在其他仓库：先调拨", out.transfer);
}

}  // namespace

OrderAdvice order_advice(const OrderFrom& from, const clearance::Need& need, const LeadTime& lead, int64_t closed_days,
                         bool seasonal, clearance::Planner& planner) {
  OrderCase found = order_case(from, need, lead, closed_days);
  OrderAdvice out;
  out.lead = lead;
  out.missing = std::move(found.missing);
  out.assumptions = std::move(found.assumptions);
  out.landed = found.landed;
  if (!out.known()) {
    out.why = joined(out.missing);
    return out;
  }
  const OrderProblem& problem = found.problem;
  out.net = Money::from_double(problem.net_in(problem.lead.front().weeks), found.currency);
  if (!found.open.empty()) {
    find_left(found, 0, planner);
    out.surplus = surplus_orders(from.account, found, found.open);
  }
  if (seasonal) find_season(from, found, planner, out);
  const auto week = due_week(problem, kDueWeeks);
  if (!week) {
    out.why = why_none_is_due(out);
    return out;
  }
  find_left(found, *week, planner);
  out.choice = best_order(problem, *week);
  if (out.choice->units == 0) {
    out.why = why_none_pays();
    return out;
  }
  out.order_by = from.account.as_of + Days(kWeekDays * *week);
  out.why = why_ordered(out);
  find_transfer(from.account.costs[need.listing], problem, out);
  say_more(out);
  if (out.order_now > 0 && from.account.costs[need.listing].supplier_minimum) find_more_cartons(problem, out);
  return out;
}

}  // namespace destock::restock
