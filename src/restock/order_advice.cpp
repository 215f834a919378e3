#include "restock/order_advice.h"

#include <fmt/format.h>
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

OrderAdvice order_advice(const OrderFrom& from, const clearance::Need& need, const LeadTime& lead, int64_t closed_days,
                         clearance::Planner& planner) {
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
  if (*week == 0) out.order_now = out.choice->units;
  out.why = why_ordered(out);
  return out;
}

}  // namespace destock::restock
