#pragma once
// How likely a plan followed as written is sold out by when. Demand is random, the plan is not: what a weekly new plan
// would do better is not counted.

#include <vector>

#include "clearance/planner.h"

namespace destock::clearance {

// Probability that nothing is left, and nothing on its way, at the end of each week.
std::vector<double> sold_out_odds(const Decision& decision, const std::vector<PlannedWeek>& path);

}  // namespace destock::clearance
