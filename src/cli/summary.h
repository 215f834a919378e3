#pragma once
// Figures with their names, one a line.

#include "app/plan.h"
#include "cli/session.h"
#include "deliver/tables.h"

namespace destock::cli {

void print_figures(const Session& session, const std::vector<deliver::Figure>& figures);
// The totals of a plan beside holding.
void print_plan_totals(const Session& session, const account::PlanRecord& plan, const app::PlanTotals& totals);

// Channels without a figure, a note each.
void print_plan_notes(const Session& session, const account::PlanRecord& plan, const market::Facts& facts);

}  // namespace destock::cli
