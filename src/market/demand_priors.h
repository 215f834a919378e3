#pragma once
// What is believed of demand before a seller's own history speaks. data/demand/priors.toml

#include <string>
#include <string_view>
#include <vector>

#include "market/sourced.h"

namespace destock::market {

// A positive figure whose logarithm is normal.
struct LogPrior {
  double median = 1;
  double log_sd = 0.5;
  std::string source;
  Confidence confidence = Confidence::kInferred;
};

struct LaunchPrior {
  double weeks = 8;
  double first_week_share = 0.35;
  std::string source;
};

struct DemandPriors {
  struct OfCategory {
    std::string category;  // empty: every category without its own
    LogPrior elasticity;   // of −elasticity
  };
  struct OfEvent {
    std::string event;
    LogPrior uplift;  // units a day ÷ an ordinary day
  };
  std::vector<OfCategory> elasticities;
  LogPrior promotion;  // units with ÷ without, at the same price paid
  LaunchPrior launch;
  std::vector<OfEvent> events;

  const LogPrior& elasticity(std::string_view category) const;
  const LogPrior* event(std::string_view id) const;  // none: no effect is expected
};

}  // namespace destock::market
