#pragma once
// Amazon's programmes for a listing: which it may run and from when, at what fee in which week, and what must be done
// by when. Adds to a decision that has its weeks, prices and stock.

#include "clearance/sku_decision.h"

namespace destock::clearance {

void add_programmes(const SkuCase& sku, const market::Facts& facts, const PlanWishes& wishes, SkuDecision& out);

}  // namespace destock::clearance
