#pragma once
// Made-up clearance problems for simulation, benchmarks and tests; randomness is an argument.

#include <random>

#include "clearance/decision.h"

namespace destock::clearance {

// Stock of one age with holding at rates of Amazon's shape: storage of 0.78 a cubic foot a month and the aged
// surcharge. `age`: days at the start, negative where it arrives later; `volume`: cubic feet.
Decision::Cohort rated_cohort(int units, int age, int arrives, double volume, int weeks);

Programme simple_programme(const char* channel, int weeks, double least, double most, double uplift, double fee,
                           int cooldown, int until);

// Fourteen price levels, three elasticities, two cohorts, five programmes; now and then inbound. 3 to 18 months of
// stock.
Decision random_decision(std::mt19937_64& random, int weeks, int units, bool dispersed);

// Its programmes then ask a price at or below that of the last five weeks.
void remember_prices(Decision& decision);

// Its level then wanders: the logarithm's spread after half a year, and the chance of all but stopping within ten
// weeks.
void let_wander(Decision& decision, double spread, double dies);

}  // namespace destock::clearance
