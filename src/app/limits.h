#pragma once
// An account's limits as JSON:
//   {"cash_by":[{"day":"2026-01-31","amount":"50000"}], "storage":[{"cuft":1200,"type":"standard"}], "deal_slots":5,
//    "actions":40, "clicks":15, "fees_a_month":"500", "loss_a_month":"2000"}; all may lack, money is in the base
// currency. It stands in a plan's wishes as "limits". What came of it is kept with the plan (limited_plan.h).

#include "app/account_limits.h"
#include "app/json.h"

namespace destock::app {

// kBadUsage names the field.
Result<AccountLimits> read_limits(const Json& json);
// A day of cash by which no week of a plan that begins then is over, as an error.
std::optional<Error> too_soon(const AccountLimits& limits, Date first_day);
// Takes "limits" out of a plan's wishes; null where there is none.
Json take_limits(Json& wishes);

}  // namespace destock::app
