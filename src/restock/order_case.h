#pragma once
// A listing's order, as a decision: landed cost, what a sale brings, what storing costs, the forecast with the ways in
// which its level may go, stock and what is on its way, and what is left over valued as the plan would clear it. What
// it cannot be found without is missing, and is named.

#include "clearance/planner.h"
#include "clearance/sku_decision.h"
#include "restock/lead_time.h"
#include "restock/open_orders.h"
#include "restock/order_problem.h"

namespace destock::restock {

struct OrderCase {
  size_t listing = 0;
  Currency currency;
  std::vector<Text> missing;  // not empty: nothing below is known
  std::vector<Text> assumptions;
  std::optional<Money> price, landed;
  OrderProblem problem;                         // what is on order in what is on its way
  std::vector<std::pair<OpenOrder, int>> open;  // purchase orders still to come, and the week of each
  clearance::Decision clearing;  // of what is left: no programmes, no exit but the best, the level not yet set
  std::vector<double> rates;     // of holding a unit of the order, by week from today
};

struct OrderFrom {
  const account::Account& account;
  const market::Facts& facts;
  const demand::AccountForecast& forecast;
};
OrderCase order_case(const OrderFrom& from, const clearance::Need& need, const LeadTime& lead, int64_t closed_days);

// V of what orders of the weeks from one to another leave, both inclusive, by way.
void find_left(OrderCase& of, int from, int to, clearance::Planner& planner);
inline void find_left(OrderCase& of, int week, clearance::Planner& planner) {
  find_left(of, week, week, planner);
}

}  // namespace destock::restock
