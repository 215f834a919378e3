#pragma once
// From which day on a report of sales tells its days whole.

#include <algorithm>

#include "account/report_facts.h"

namespace destock::account {

// Days before the first instant's own are told in part: of orders by last update those alone that changed since.
inline Date told_from(const Coverage& span) {
  constexpr int64_t kDay = 86'400;
  return span.first_instant ? std::max(span.first_day, date_of_day_number(*span.first_instant / kDay)) : span.first_day;
}

}  // namespace destock::account
