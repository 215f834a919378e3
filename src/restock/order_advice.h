#pragma once
// What the economics of an order advise, beside the playbook's rule: how many, by when, why, and what it costs to be
// wrong on either side.

#include "restock/order_case.h"

namespace destock::restock {

struct OrderAdvice {
  std::vector<Text> missing;  // not empty: nothing is advised
  std::vector<Text> assumptions;
  LeadTime lead;
  std::optional<Money> landed;
  std::optional<Money> net;           // of a sale in the week in which the order arrives
  std::optional<Date> order_by;       // nothing: no order is due within kDueWeeks, or none is worth its cost
  std::optional<OrderChoice> choice;  // of that day
  int64_t order_now = 0;
  int64_t transfer = 0;              // of the choice's units: they lie in other warehouses and need not be bought
  std::vector<double> more_cartons;  // lost by one more of them, two …, where its supplier has a least order
  // Goods of a season, by V itself: the last day on which an order brings a tenth of what one on the best day does
  // (nothing: none does, or one later than kDueWeeks still does: `orders_go_on`), and the first on which the plan cuts
  // the price of what there is.
  std::optional<Date> last_order_day, first_cut;
  bool orders_go_on = false;
  std::vector<SurplusOrder> surplus;  // orders on their way that are better not to come, or later
  Text why;

  bool known() const { return missing.empty(); }
};
inline constexpr int kDueWeeks = 26;

// `planner`: one a thread.
// `seasonal`: the dates of its season are wanted.
OrderAdvice order_advice(const OrderFrom& from, const clearance::Need& need, const LeadTime& lead, int64_t closed_days,
                         bool seasonal, clearance::Planner& planner);

// In the currency of the advice.
Money money_of(double amount, const OrderAdvice& advice);

}  // namespace destock::restock
