#pragma once
// What an owner asks of a plan, on one page: what comes back over doing nothing by when, the ten actions that matter,
// what waiting costs, what was not carried out, what is missing.

#include "app/plan.h"
#include "app/track.h"
#include "deliver/workbook.h"

namespace destock::app {

// `list`, `track`: nothing where nobody has a plan of the account yet. `missing`: warnings of the plan and the account.
deliver::OwnerPage owner_page(const AccountState& state, const account::PlanRecord& plan, const PlanTotals& totals,
                              const Todo* list, const Track* track, const std::vector<Text>& missing);

}  // namespace destock::app
