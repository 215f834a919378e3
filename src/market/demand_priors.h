#pragma once
// What is believed of demand before a seller's own history speaks. data/demand/priors.toml

#include <array>
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

// The year of a kind of goods, and how far a shop's own lies from it. data/demand/curves.toml
struct YearCurve {
  std::string kind;
  std::array<double, 12> months{};  // against the year's mean, January first
  std::vector<std::string> words;   // of a category that say so; lower case
  bool general = false;             // one of those whose mean is the curve of goods of no known category
  std::string source;
};
struct YearSpread {
  double amplitude = 0.5, own = 0.25, growth = 0.14, passing = 0.15, noise = 0.1, group_share = 0.5;
};

// How a level goes on. data/demand/levels.toml
struct LevelPrior {
  struct Span {
    int weeks = 0;
    // What the last quarter, the last year and the same weeks a year before weigh in the mean to come.
    double recent = 0, year = 0, same = 0;
    double variance = 0;  // of what came ÷ expected, without counting noise
  };
  std::vector<Span> spans;  // ascending
  std::vector<double> pace, moving, young, young_level, silent_level, silent_stops;
  double own_season = 0.25;  // of the log of a group's season, at which its own counts half
  double own_variance = 0;   // where all of it is taken for its own: variance on top, against what it would be
  double young_season = 0;   // how much more than its group's one that was launched into a season falls after it
  double level_sd = 0.1, span_sd = 0.2, rows = 300, scatter_rows = 40, stops = 25;
};

// When a season counts as over, and which weeks tell what is left of it. data/demand/seasons.toml
struct SeasonRule {
  int over_after_days = 30;  // after its last day: then the next year's counts
  int weeks_before = 8, weeks_after = 10;
  int years = 3;  // on either side of the calendar's, with the event on the same days
};

struct DemandPriors {
  SeasonRule season_rule;
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
  std::vector<YearCurve> curves;
  YearSpread year_spread;
  LevelPrior levels;
  std::vector<SeasonPrior> seasons;
  std::vector<std::string> season_not_with;  // words beside which a name says nothing of a season

  // January to December of a category; unknown ones have the general curve.
  std::array<double, 12> year_of(std::string_view category) const;
  const SeasonPrior* season(std::string_view event) const;  // none: no season is known of it
  const LogPrior* event(std::string_view id) const;         // none: no effect is expected
};

}  // namespace destock::market
