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

// What the events of a marketplace make of the week that begins `begin`: 1 where there is none.
double event_factor(const std::vector<EventEffect>& effects, const market::Calendar* calendar, Date begin);

}  // namespace destock::demand
