#pragma once
// The forecast of a panel: for each series and each period ahead a mean, a variance and quantiles, as the average of
// the methods' quantiles (Vincent) with weights that the account taught and the series' own record tilts.

#include "demand/level_law.h"
#include "demand/pool.h"

namespace destock::demand {

struct SeriesForecast {
  std::vector<double> mean, variance;  // units, units², by period ahead
  std::vector<Quantiles> quantiles;    // whole units
  MethodWeights weight{};              // of each method in the middle of the distribution
  double judged = 0;                   // own past forecasts behind the tilt
  double known = 0;                    // periods of history
  double dead = 0;                     // how sure it is that the past is another product's
  LevelSigns signs;                    // what its level to come is told from
};

class Forecaster {
public:
  // `panel` without season, events and promotions; it must outlive the forecaster, and so must `seasons`: by group,
  // what it was divided by; empty: none is known.
  Forecaster(const Panel& panel, int horizon, const market::LevelPrior& levels = {},
             std::span<const Season> seasons = {});

  const Pool& pool() const { return pool_; }
  int horizon() const { return horizon_; }
  const LevelLaw& levels() const { return levels_; }

  // `factors`: what each period ahead is worth against the panel's base, horizon() of them; empty: 1.
  // `track` is storage to be used again.
  void forecast(size_t series, std::span<const double> factors, Track& track, SeriesForecast& out) const;

private:
  // Farther ahead the level goes where levels have gone, whatever the methods say of the next weeks.
  void lead_to_level(std::span<const double> factors, const Season* season, SeriesForecast& out) const;
  std::array<MethodWeights, kBands> weights_of(size_t series, const Track& track, SeriesForecast& out) const;

  const Panel& panel_;
  int horizon_;
  Pool pool_;
  LevelLaw levels_;
  std::vector<LevelSigns> signs_;  // by series
  std::span<const Season> seasons_;
  double own_season_ = 0;
};

}  // namespace destock::demand
