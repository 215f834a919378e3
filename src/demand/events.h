#pragma once
// What the marketplace's events do to a listing that has no deal of its own: learned from the account, shrunk to the
// prior of data/demand/priors.toml.

#include <string>
#include <vector>

#include "demand/history.h"
#include "market/facts.h"

namespace destock::demand {

struct EventEffect {
  std::string marketplace, event;
  double uplift = 1;  // units on a day of it ÷ an ordinary day
  double log_sd = 0;
  int seen = 0;  // past weeks of it in the history
};

// `panel`: the history without season, promotions and price moves.
std::vector<EventEffect> learn_events(const account::Account& account, const Panel& panel, const market::Facts& facts);

// What the events of a marketplace make of each week from the oldest that history keeps to `weeks` ahead.
class EventWeeks {
public:
  // `calendar` may be null: no events.
  EventWeeks(const std::vector<EventEffect>& effects, const market::Calendar* calendar, Date as_of, int weeks);
  // `ahead`: 1 is the first week to come, 0 the last past one. 1 where there is no event.
  double at(int64_t ahead) const { return factors_[static_cast<size_t>(ahead + kMostWeeks)]; }

private:
  std::vector<double> factors_;
};

}  // namespace destock::demand
