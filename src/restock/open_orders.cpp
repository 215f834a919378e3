#include "restock/open_orders.h"

#include <fmt/format.h>
#include <cmath>

#include "restock/order_case.h"

namespace destock::restock {
namespace {

constexpr int kLaterWeeks[] = {4, 8, 13};
constexpr double kWorthSaying = 0.02;  // of what the units cost: less is not worth a letter to the supplier

// In the currency of the case; nothing where no rate joins the two.
std::optional<double> in_currency(const account::Account& account, const std::optional<Money>& amount,
                                  const Currency& currency) {
  if (!amount) return std::nullopt;
  const auto money = account.rates.convert(*amount, currency, account.as_of);
  return money ? std::optional(money->to_double()) : std::nullopt;
}

// What a unit that does not come saves, and what cancelling it costs.
struct UnitCosts {
  double saved = 0;
  std::optional<double> cancelling;
};
UnitCosts unit_costs(const account::Account& account, const OrderCase& of, const account::PurchaseOrder& order) {
  UnitCosts costs{of.landed->to_double(), std::nullopt};
  const auto units = static_cast<double>(std::max<int64_t>(1, order.units));
  const auto& freight = account.costs[of.listing].freight;
  const auto bought = in_currency(account, order.unit_cost, of.currency);
  const auto brought = in_currency(account, freight, of.currency);
  if (bought && brought) costs.saved = *bought + *brought;
  const auto cancel = in_currency(account, order.cancel_cost, of.currency);
  const auto deposit = in_currency(account, order.deposit, of.currency);
  if (cancel || deposit) costs.cancelling = (cancel.value_or(0) + deposit.value_or(0)) / units;
  return costs;
}

// The order as one that is placed now and arrives in its week; all others come.
OrderProblem as_problem(const OrderCase& of, const OpenOrder& open, int week, double cost) {
  OrderProblem problem = of.problem;
  problem.moq = 0;
  problem.carton = 1;
  problem.cost = cost;
  problem.lead = {{week, 1}};
  if (static_cast<size_t>(week) < problem.inbound.size()) problem.inbound[static_cast<size_t>(week)] -= open.units;
  return problem;
}

// Of `units` that come, as many as are worth it.
int64_t best_kept(const OrderValue& value, int64_t units) {
  int64_t best = units;
  const int64_t stride = std::max<int64_t>(1, static_cast<int64_t>(value.step()));
  for (int64_t kept = 0; kept < units; kept += stride)
    if (value.worth(static_cast<double>(kept)) > value.worth(static_cast<double>(best))) best = kept;
  return best;
}

// What it brings more, the same money paid at the same time, when it comes so many weeks later.
double gain_later(const OrderCase& of, const OpenOrder& open, int week, int later) {
  OrderProblem problem = as_problem(of, open, week, 0);
  const int until = week + std::end(kLaterWeeks)[-1] + problem.cover_weeks;
  problem.again_week = until;
  const auto units = static_cast<double>(open.units);
  problem.cover_weeks = until - week;
  const double as_it_is = OrderValue(problem, 0, open.units).worth(units);
  problem.lead = {{week + later, 1}};
  problem.cover_weeks = until - week - later;
  // Until it comes the stock sells on.
  return OrderValue(problem, 0, open.units).worth(units) - as_it_is;
}

SurplusOrder begun(const account::Account& account, const OpenOrder& open, int week) {
  SurplusOrder out;
  out.number = open.order->number;
  out.supplier = open.order->supplier;
  out.units = open.units;
  out.arrives = account.as_of + Days(kWeekDays * week);
  return out;
}

void say_cancel(SurplusOrder& out) {
  const std::string before = out.saves_before->str();
  out.why = {
      fmt::format("{}: cancel {} of {} units due about {}: their sales bring less than they still cost; saves {}",
                  out.number, out.cancel, out.units, iso(out.arrives), before),
      fmt::format("{}：取消 {} / {} 件（约 {} 到货）：所得低于尚需支付的成本；节省 {}", out.number, out.cancel,
                  out.units, iso(out.arrives), before)};
  if (out.saves) {
    out.why.en +=
        fmt::format(" before, {} after the {} that cancelling costs", out.saves->str(), out.cancel_cost->str());
    out.why.zh += fmt::format("，扣除取消费用 {} 后 {}", out.cancel_cost->str(), out.saves->str());
  } else {
    out.why.en += "; what cancelling costs is not known: worth it where it is less";
    out.why.zh += "；取消费用未提供：低于该数时值得取消";
  }
}

std::optional<SurplusOrder> to_cancel(const account::Account& account, const OrderCase& of, const OpenOrder& open,
                                      int week) {
  const UnitCosts costs = unit_costs(account, of, *open.order);
  const double avoided = costs.saved - costs.cancelling.value_or(0);
  const OrderValue value(as_problem(of, open, week, avoided), 0, open.units);
  SurplusOrder out = begun(account, open, week);
  const int64_t kept = best_kept(value, open.units);
  out.cancel = open.units - kept;
  const double saves = value.worth(static_cast<double>(kept)) - value.worth(static_cast<double>(open.units));
  const double paid = costs.cancelling.value_or(0) * static_cast<double>(out.cancel);
  if (out.cancel == 0 || saves < kWorthSaying * costs.saved * static_cast<double>(open.units)) return std::nullopt;
  out.saves_before = Money::from_double(saves + paid, of.currency).rounded();
  if (costs.cancelling) {
    out.saves = Money::from_double(saves, of.currency).rounded();
    out.cancel_cost = Money::from_double(paid, of.currency).rounded();
  }
  say_cancel(out);
  return out;
}

std::optional<SurplusOrder> to_postpone(const account::Account& account, const OrderCase& of, const OpenOrder& open,
                                        int week) {
  const double cost = unit_costs(account, of, *open.order).saved * static_cast<double>(open.units);
  double best = kWorthSaying * cost;
  SurplusOrder out = begun(account, open, week);
  for (const int later : kLaterWeeks)
    if (const double gain = gain_later(of, open, week, later); gain > best) {
      best = gain;
      out.later_weeks = later;
    }
  if (out.later_weeks == 0) return std::nullopt;
  out.saves = out.saves_before = Money::from_double(best, of.currency).rounded();
  const std::string until = iso(out.arrives + Days(kWeekDays * out.later_weeks));
  out.why = {fmt::format("{}: let its {} units come about {} instead of {}: saves {} of storage and losses", out.number,
                         out.units, until, iso(out.arrives), out.saves->str()),
             fmt::format("{}：{} 件由约 {} 推迟至约 {} 到货：节省仓储与损失 {}", out.number, out.units,
                         iso(out.arrives), until, out.saves->str())};
  return out;
}

}  // namespace

std::vector<OpenOrder> open_orders(const account::Account& account, size_t listing) {
  std::vector<OpenOrder> open;
  for (const account::ListingOrder& held : account.orders_of(listing)) {
    if (held.order.open() <= 0) continue;
    OpenOrder one{&held.order, held.order.open(), held.order.expected_on};
    if (one.arrives && *one.arrives < account.as_of) one.arrives.reset();
    open.push_back(one);
  }
  // What is overdue comes first.
  std::stable_sort(open.begin(), open.end(), [](const OpenOrder& a, const OpenOrder& b) {
    return a.order->expected_on.value_or(Date::max()) < b.order->expected_on.value_or(Date::max());
  });
  const account::StockPosition& stock = account.stock[listing];
  int64_t seen = stock.inbound() + stock.inbound_working;
  for (OpenOrder& one : open) {
    const int64_t taken = std::min(one.units, seen);
    one.units -= taken;
    seen -= taken;
  }
  std::erase_if(open, [](const OpenOrder& one) { return one.units == 0; });
  return open;
}

int week_of(const OpenOrder& open, const account::Account& account, const LeadTime& lead, int overdue_days) {
  Date day = account.as_of + Days(overdue_days);
  if (open.arrives)
    day = *open.arrives;
  else if (!open.order->expected_on && open.order->ordered_on)
    day = std::max(day, *open.order->ordered_on + Days(static_cast<int>(std::lround(lead.mean()))));
  const auto days = static_cast<double>(days_between(account.as_of, day));
  return std::max(1, static_cast<int>(std::lround(days / kWeekDays)));
}

std::vector<SurplusOrder> surplus_orders(const account::Account& account, const OrderCase& of,
                                         const std::vector<std::pair<OpenOrder, int>>& open) {
  OrderCase left = of;
  std::vector<SurplusOrder> out;
  // The last to arrive first: it is the easiest to stop, and what is stopped need not be stopped again.
  for (size_t i = open.size(); i-- > 0;) {
    const auto& [one, week] = open[i];
    auto found = to_cancel(account, left, one, week);
    if (found)
      left.problem.inbound[static_cast<size_t>(week)] -= found->cancel;
    else
      found = to_postpone(account, left, one, week);
    if (found) out.push_back(std::move(*found));
  }
  return out;
}

}  // namespace destock::restock
