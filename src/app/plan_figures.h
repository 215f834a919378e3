#pragma once
// The figures of a plan in the order in which a reader asks: what it brings over doing nothing by when, what is left
// then, and what it is worth in all. The terminal's head and the workbook's first sheet.

#include "app/plan.h"

namespace destock::app {

std::vector<deliver::Figure> plan_figures(const account::PlanRecord& plan, const PlanTotals& totals);
// Channels without a figure, a sentence each.
std::vector<Text> plan_notes(const account::PlanRecord& plan, const market::Facts& facts);

}  // namespace destock::app
