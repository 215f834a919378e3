#pragma once
// Costs that do not fit the prices they are beside: a thousand times as much, or in another currency than was meant.

#include <vector>

#include "account/account.h"
#include "base/text.h"
#include "market/report_checks.h"

namespace destock::health {

// A sentence for each currency of costs in which some do not fit, with the amounts, and the currency in which they
// would. A cost that no rate turns into the price's currency is left alone: its rate is asked for elsewhere.
std::vector<Text> cost_doubts(const account::Account& account, const market::ReportChecks& checks);

}  // namespace destock::health
