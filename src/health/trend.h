#pragma once
// Stock and excess over the past weeks: what the ledger had in the fulfilment centres at the end of each week, at
// today's value of a unit and today's rates. What is on its way is not in it.

#include <optional>
#include <vector>

#include "account/account.h"
#include "health/diagnose.h"
#include "market/playbook.h"

namespace destock::health {

struct TrendWeek {
  Date day;
  Money stock_value;                  // base currency
  std::optional<Money> excess_value;  // nothing where the month before it is not covered by sales reports
};
// Oldest first; empty where there is no ledger. Listings without a known value or rate are left out.
std::vector<TrendWeek> trend(const account::Account& account, const std::vector<Diagnosis>& diagnoses,
                             Currency base_currency, const market::Playbook& playbook);

}  // namespace destock::health
