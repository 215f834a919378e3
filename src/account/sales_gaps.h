#pragma once
// Days of which no report of sales tells, between those of which some do: sales there are not known, and never nought.

#include <optional>
#include <vector>

#include "account/account.h"
#include "base/text.h"

namespace destock::account {

// Of one marketplace, from what its reports of sales cover, in any order; ascending. A report begins with its first
// order and ends with its last, so that a few days between two may simply have sold nothing: a gap is so long that at
// the pace of all these reports a day of it sold something, but for one case in a thousand.
// `until`: what they leave open up to that day is one too, by the same measure.
std::vector<SalesSpan> sales_gaps(std::vector<Coverage> told, std::optional<Date> until = {});

Text untold_sales(const SalesSpan& gap);

}  // namespace destock::account
