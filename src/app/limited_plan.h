#pragma once
// A plan within what is scarce across its SKUs (portfolio/portfolio.h): the lines that change, and what each limit came
// to.

#include <functional>

#include "app/plan.h"

namespace destock::app {

struct LimitedPlan {
  const AccountState& state;
  const Context& context;
  const PlanOptions& options;
  const demand::AccountForecast& forecast;
  const std::vector<size_t>& listings;
  std::function<clearance::PlanWishes(const account::Listing&)> wishes_of;
  Date first_day;
};

// Lines whose plan differs within the limits are made anew. The outcome as JSON: money without limits and within them,
// the most there can be, and the rows that bind, each with the price of one more of it:
//   {"without","within","bound","cost","met","rounds","without_rate","rows":[{"what","where","from","to","limit","used","price",
//    "short_by"}]}
std::string keep_within_limits(const LimitedPlan& plan, std::vector<std::optional<account::PlanLine>>& lines);

}  // namespace destock::app
