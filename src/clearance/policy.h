#pragma once
// Policies: ways to sell off one listing's stock. The lines of a plan by the optimum, by doing nothing and by sending
// all away are optimal_line.h's, by the forecast; the playbook is played here, day by day, at the weighted velocity.

#include <optional>
#include <string_view>

#include "account/plan_record.h"
#include "clearance/sku_case.h"

namespace destock::clearance {

enum class Policy { kOptimal, kHold, kPlaybook, kLiquidate };
std::string_view policy_id(Policy policy);
Text policy_name(std::string_view id);  // of what is stored; the id itself where it is no policy's
std::optional<Policy> policy_of(std::string_view id);

struct Played {
  double net_recovery = 0;
  std::vector<account::PlanAction> actions;
  std::vector<account::PlanWeek> weeks;
};

// `wait_days`: nothing changes for so long, then the policy begins.
// `policy`: not kOptimal.
Played play(const SkuCase& sku, Policy policy, const market::Facts& facts, int wait_days = 0);

// The line of a plan by the playbook: its actions, its value beside those of the other policies played the same way,
// what waiting costs, and why.
account::PlanLine playbook_line(const SkuCase& sku, const account::Listing& listing, const market::Facts& facts);

}  // namespace destock::clearance
