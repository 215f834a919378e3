#pragma once
// The plan line of the optimum: the planner's choices as dated actions, its value beside the bound, holding and the
// playbook, and why.

#include "account/plan_record.h"
#include "clearance/planner.h"
#include "clearance/sku_decision.h"

namespace destock::clearance {

account::PlanLine optimal_line(const SkuCase& sku, const Outlook& outlook, const account::Listing& listing,
                               const market::Facts& facts, const PlanWishes& wishes, Planner& planner);

}  // namespace destock::clearance
