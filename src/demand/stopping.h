#pragma once
// How the level of a listing fades that all but stops within half a year: some do so at once, the others on the way.

#include <array>

namespace destock::demand {

struct Stop {
  double share;  // of the chance
  double from;   // weeks until it begins to fade
};
inline constexpr std::array<Stop, 2> kStops = {{{0.4, 0}, {0.6, 10}}};

// What is left of the level, in the middle of a week from now; 1: all.
double stopping(const Stop& stop, double week);

}  // namespace destock::demand
