#pragma once
// The year's shape of a group of listings: how much each period sells against the year's mean, pooled over the group
// because one SKU has weeks, not years, of history. What public figures say of the goods is believed first, and moved
// by what the account's own weeks say: a rise of which the same weeks of another year knew is season, one that they did
// not know is growth, and with less than two years the prior says how much of it is which.

#include <vector>

#include "demand/panel.h"

namespace destock::demand {

struct Season {
  // One a period of the year; the panel's last period is the last of them. 1: no season, or not known.
  std::vector<double> factor;
  double learned = 0;  // share of what was not known of the shape that the account's own weeks have told
  double years = 0;    // of history behind it

  // The factor `ahead` periods after the panel's last, which is 0.
  double at(int64_t ahead) const {
    if (factor.empty()) return 1;
    const auto year = static_cast<int64_t>(factor.size());
    return factor[static_cast<size_t>(((ahead - 1) % year + year) % year)];
  }
};

// How far a shop's own season lies from the public one, and how fast shops grow.
struct SeasonSpread {
  double amplitude = 0.5;    // standard deviation of the public curve's strength
  double own = 0.25;         // of the log of a period's factor beside it
  double growth = 0.14;      // of the log of a shop's level from one year to the next
  double passing = 0.15;     // of the log of the whole shop's luck that lasts about a month and does not come back
  double noise = 0.08;       // of the log of one period of all series together, beyond counting
  double group_share = 0.5;  // a group's own shape against the account's: these standard deviations times it
};

// One season a group, shrunk to the season of all groups together. `prior`: by group the logarithms of the public
// factors, one a period of the year, the first being the first period after the panel's last; empty: none.
std::vector<Season> learn_seasons(const Panel& panel, const std::vector<std::vector<double>>& prior = {},
                                  const SeasonSpread& spread = {});

// The panel without its season: units ÷ factor. Periods whose factor is near zero become kNotKnown.
Panel without_season(const Panel& panel, const std::vector<Season>& seasons);

}  // namespace destock::demand
