#pragma once
// What may be done in a week: prices, and programmes at a price; those that something better always beats are left out.

#include <vector>

#include "clearance/decision.h"

namespace destock::clearance {

struct Action {
  int programme = -1;  // −1: a price of its own
  int level = 0;       // of the ladder
  int weeks = 1;
  double mean = 0, variance = 0;  // units of the weeks, stock without end
  double net = 0, fee = 0;        // of a unit; of running it
  double revenue() const { return mean * net - fee; }
};

enum class Choose { kAll, kHull, kHoldOnly };

class WeekActions {
public:
  void begin(const Decision& decision, Choose choose);
  // The stateless first: prices, and programmes of a week without a cooldown, which differ from a price only by what
  // they sell and cost. Worked out again only where demand or what is open has changed.
  void find(int week);
  // The same ones as in another list, at this decision's demand.
  void take(int week, const WeekActions& others);
  Action hold(int week) const { return action_of(week, -1, 0); }
  Action action_of(int week, int programme, size_t level) const;

  const std::vector<Action>& all() const { return all_; }
  const Action& operator[](size_t i) const { return all_[i]; }
  size_t size() const { return all_.size(); }

private:
  bool same_as_last(int week) const;
  void add_programme(int week, size_t i);

  const Decision* d_ = nullptr;
  Choose choose_ = Choose::kHull;
  int of_week_ = -1;
  std::vector<Effect> effects_;  // by programme + 1, level
  std::vector<Action> all_;
};

}  // namespace destock::clearance
