#pragma once
// The same programme the slow and plain way: every unit of stock, every standing, every action. What the planner is
// judged by. The Was Price is not in it: was_weeks must be 0.

#include <functional>

#include "clearance/standing.h"

namespace destock::clearance {

// Expected value of the best policy.
double exact_value(const Decision& decision);

// Expected value of a policy, whatever it is: what it chooses at every standing and every whole number of units.
using PolicyChoice = std::function<Choice(int week, const Standing& standing, int units)>;
double exact_value_of(const Decision& decision, const PolicyChoice& policy);

}  // namespace destock::clearance
