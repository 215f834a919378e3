#pragma once
// Purchase orders that are still to come: when, and whether what they bring is worth what they still cost.

#include <string>
#include <vector>

#include "account/account.h"
#include "clearance/planner.h"
#include "restock/lead_time.h"

namespace destock::restock {

struct OrderCase;

struct OpenOrder {
  const account::PurchaseOrder* order = nullptr;
  int64_t units = 0;            // still to come
  std::optional<Date> arrives;  // nothing: nobody knows, or the day is past
};
// Of a listing, the first to arrive first. What Amazon's inbound shows already is taken off the first of them.
std::vector<OpenOrder> open_orders(const account::Account& account, size_t listing);

// By the week at whose start it arrives; what is overdue, in the playbook's days for what is on its way.
int week_of(const OpenOrder& open, const account::Account& account, const LeadTime& lead, int overdue_days);

// What is better not to come, or later.
struct SurplusOrder {
  std::string number, supplier;
  int64_t units = 0;                  // still to come
  int64_t cancel = 0;                 // of them; 0: it is to come later
  std::optional<Money> saves;         // by it, after what cancelling costs; nothing: that is not known
  std::optional<Money> saves_before;  // the same, before
  std::optional<Money> cancel_cost;   // of those units
  int later_weeks = 0;
  Date arrives;
  Text why;
};
// `of`: with `left` found for week 0.
std::vector<SurplusOrder> surplus_orders(const account::Account& account, const OrderCase& of,
                                         const std::vector<std::pair<OpenOrder, int>>& open);

}  // namespace destock::restock
