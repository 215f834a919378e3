#pragma once
// An upper bound on what any policy can bring back: demand equal to its mean, actions mixed at will, stock divisible
// (Gallego and van Ryzin 1994). Each week the best revenue is a concave function of what is sold; the value of stock is
// their sup-convolution, less what holding costs. A programme's cooldown is priced by a multiplier: any price gives a
// valid bound, the least of them is taken. Where the level may wander (Decision::levels) it is the mean over its ways,
// each week's known before the week's choice.

#include "clearance/decision.h"

namespace destock::clearance {

double fluid_bound(const Decision& decision);

inline constexpr int kSellOnWeeks = 26;  // after the horizon, where what is left is sold on

// Value of `units` at the end of the horizon, as `end` says: by the best exit, or sold on at the regular price for as
// long as half a year while that pays. Concave; slopes by length, the steepest first.
struct Segment {
  double length, slope;
};
using Concave = std::vector<Segment>;
double value_of(const Concave& function, double units);
Concave end_value(const Decision& decision);

}  // namespace destock::clearance
