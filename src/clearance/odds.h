#pragma once
// How likely a plan followed as written is sold out by when. Demand is random, the plan is not: what a weekly new plan
// would do better is not counted.

#include <optional>
#include <vector>

#include "base/date.h"
#include "clearance/planner.h"

namespace destock::clearance {

// Probability that nothing is left, and nothing on its way, at the end of each week.
std::vector<double> sold_out_odds(const Decision& decision, const std::vector<PlannedWeek>& path);

inline constexpr double kAsLikelyAsNot = 0.5, kSure = 0.9;

// The day before which it is sold out with that chance; nothing: not within the horizon.
std::optional<Date> out_by(Date first_day, const std::vector<double>& odds, double chance);

}  // namespace destock::clearance
