#pragma once
// The plan line of the optimum: the planner's choices as dated actions, its value beside the bound, holding and the
// playbook, and why.

#include "account/plan_record.h"
#include "clearance/planner.h"
#include "clearance/policy.h"
#include "clearance/sku_decision.h"

namespace destock::clearance {

// `given`: what it is to do, found with other SKUs in view; nothing: its own best.
account::PlanLine optimal_line(const SkuCase& sku, const Outlook& outlook, const account::Listing& listing,
                               const market::Facts& facts, const PlanWishes& wishes, Planner& planner,
                               const Optimum* given = nullptr);

// The same of doing nothing, or of sending all of it away at once: what each brings is what an optimal plan shows
// beside itself, by the same forecast. Not of kOptimal and kPlaybook.
account::PlanLine plain_line(const SkuCase& sku, const Outlook& outlook, const account::Listing& listing, Policy policy,
                             const market::Facts& facts, const PlanWishes& wishes, Planner& planner);

}  // namespace destock::clearance
