#pragma once
// The year's shape of a group of listings: how much each period sells against the year's mean, pooled over the group
// because one SKU has weeks, not years, of history.

#include <vector>

#include "demand/panel.h"

namespace destock::demand {

struct Season {
  // One a period of the year; the panel's last period is the last of them. 1: no season, or not known.
  std::vector<double> factor;
  double strength = 0;     // 0: none … 1: as seen; chosen by what it would have been worth on held-back periods
  double years = 0;        // of history behind it
  bool validated = false;  // whether the strength was measured, or is the prior's

  // The factor `ahead` periods after the panel's last, which is 0.
  double at(int64_t ahead) const {
    if (factor.empty()) return 1;
    const auto year = static_cast<int64_t>(factor.size());
    return factor[static_cast<size_t>(((ahead - 1) % year + year) % year)];
  }
};

// One season a group, shrunk to the season of all groups together.
std::vector<Season> learn_seasons(const Panel& panel);

// The panel without its season: units ÷ factor. Periods whose factor is near zero become kNotKnown.
Panel without_season(const Panel& panel, const std::vector<Season>& seasons);

}  // namespace destock::demand
