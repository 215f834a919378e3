#pragma once
// What people know of demand put into the forecast: spikes that come again, units that somebody expects.

#include "demand/account_forecast.h"

namespace destock::demand {

// Of every listing that somebody knows something of. Spikes were left out of the history already: history.h.
void apply_edits(const account::Account& account, AccountForecast& forecast);

}  // namespace destock::demand
