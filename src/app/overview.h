#pragma once
// The account on one page: cash tied up, excess, ages with what each next crossing costs, holding by month, the plan's
// money beside holding and the playbook, what to do this week, how old the data is.

#include "app/json.h"

namespace destock::app {

// `plan`: the newest, or none.
Json overview_json(const AccountState& state, const account::PlanRecord* plan, const Context& context, Lang lang);

}  // namespace destock::app
