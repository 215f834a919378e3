#pragma once
// What a plan says besides its lines, in and out of its tables: money after the horizon, SKUs without a figure,
// channels without one. Throws soci_error.

#include <soci/soci.h>

#include "account/plan_record.h"

namespace destock::store {

void insert_plan_money(soci::session& sql, int64_t id, const account::PlanRecord& plan);
// Into the curves that are read already, and beside them.
void read_plan_money(soci::session& sql, account::PlanRecord& plan);

}  // namespace destock::store
