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

// Goods of a season, by the event they are sold for. data/demand/seasons.toml
struct SeasonPrior {
  std::string event;
  int lead_weeks = 8;              // before its first day, from which they sell at their pace
  double after = 0.1;              // of that pace, for the rest of the year
  std::vector<std::string> words;  // of a name that says so; lower case
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
  std::vector<SeasonPrior> seasons;
  std::vector<std::string> season_not_with;  // words beside which a name says nothing of a season

  const SeasonPrior* season(std::string_view event) const;  // none: no season is known of it
  const LogPrior* event(std::string_view id) const;         // none: no effect is expected
};

}  // namespace destock::market
