#pragma once
// The playbook (清仓规则) as a policy: Outlet for a ratio of 3–5, deals by the size of the excess, three stages of
// markdown, off-site, other marketplaces, then the best exit. Source of the rules: amz123.com/t/fEBsWBXa (July 2025).

#include "clearance/decision.h"
#include "clearance/policy.h"
#include "clearance/stock_run.h"

namespace destock::clearance {

// The rules by weeks, without stage prices.
PlaybookRule weekly_rule(const market::Playbook& rules);

// Plays the rules from where `run` stands; actions are appended.
void play_playbook(const SkuCase& sku, const market::Facts& facts, StockRun& run,
                   std::vector<account::PlanAction>& actions);

}  // namespace destock::clearance
