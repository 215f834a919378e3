#pragma once
// The same programme the slow and plain way: every unit of stock, every combination of cooldowns, every action. What
// the planner is judged by.

#include "clearance/decision.h"

namespace destock::clearance {

// Expected value of the best policy.
double exact_value(const Decision& decision);

}  // namespace destock::clearance
