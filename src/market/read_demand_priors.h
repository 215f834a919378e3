#pragma once

#include "market/demand_priors.h"
#include "market/toml_file.h"

namespace destock::market {

DemandPriors read_demand_priors(const FactTable& root);
void read_year_curves(const FactTable& root, DemandPriors& priors);
void read_level_prior(const FactTable& root, DemandPriors& priors);
void read_season_priors(const FactTable& root, DemandPriors& priors);

}  // namespace destock::market
