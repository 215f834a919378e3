#pragma once
// Policies: ways to sell off one listing's stock, played out to the horizon. The optimal one is optimal_line.h's; the
// others are played here, day by day, at the expected units.

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

// The plan line of a listing: its actions, its value beside those of the other policies, what waiting costs, and why.
account::PlanLine plan_line(const SkuCase& sku, const account::Listing& listing, Policy policy,
                            const market::Facts& facts);

}  // namespace destock::clearance
