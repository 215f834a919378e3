#pragma once
// A listing's level that wanders, as a chain of a few states: each has a chance and, by week, what demand is multiplied
// by. Through a week a state stays, or is drawn anew by the chances: how often, so that today's level is the mean of
// next week's. So what one week says of the half year is as much as it can say.

#include <vector>

#include "clearance/decision.h"

namespace destock::clearance {

struct LevelStates {
  std::vector<double> weight;
  std::vector<std::vector<double>> factor;  // by state, then by week up to the horizon's end, it included
  std::vector<double> keeps;                // by week: chance that a state stays through it

  size_t size() const { return weight.size(); }
  // That it stays through so many weeks.
  double keeps_through(int week, int weeks) const;
};

// The levels as they are; one state where the level is known.
LevelStates true_levels(const Decision& decision);
// The levels as a seller can know them: at the start nothing, then what the weeks' sales have said (Kalman 1960, with
// the sales at the current price). The spread that is not known yet stays in the mean.
LevelStates believed_levels(const Decision& decision);
// By week the level that its sales come from: first it is drawn how the level goes on, `keeps` by week, then sales come
// from where it went. So a week that sells little is one after which little is expected. `watched`: as a seller sees
// it, by what is known at the week's end; else as it is, for whom it makes no difference.
LevelStates drawn_levels(const Decision& decision, bool watched);

// The same in at most so many ways: the nearest are taken together, their mean stays.
std::vector<LevelPath> fewer(std::vector<LevelPath> levels, size_t most);

// The decision where demand goes as in a state; after the horizon its last level holds on.
Decision in_state(const Decision& decision, const LevelStates& states, size_t state);

}  // namespace destock::clearance
