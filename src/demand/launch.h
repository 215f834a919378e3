#pragma once
// How a new listing gets up to its pace, by weeks since its launch: the group's own launches, shrunk to the account's
// and to the prior's.

#include <vector>

#include "demand/history.h"
#include "market/demand_priors.h"

namespace destock::demand {

struct LaunchCurve {
  std::vector<double> share;  // of the later pace, by week since launch; later weeks: 1
  double launches = 0;        // of the group's own behind it
  double at(size_t week) const { return week < share.size() ? share[week] : 1; }
};

// One a group of the history. `panel`: the history without season, promotions and price moves.
std::vector<LaunchCurve> learn_launches(const History& history, const Panel& panel, const market::LaunchPrior& prior);

}  // namespace destock::demand
