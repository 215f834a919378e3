#pragma once
// Which import is believed for which day: the newest that covers the day whole; where two cover parts of a day that do
// not overlap, both; otherwise the newest part.

#include <map>
#include <string>
#include <vector>

#include "account/import_record.h"

namespace destock::store {

struct Covering {
  int64_t import = 0;
  account::ReportKind report = account::ReportKind::kAllOrders;
  account::Coverage span;
};

// A report without a date of its own (Fee Preview, Manage FBA, Reserved) is dated by its download, which may be a few
// days after the snapshot that it goes with.
inline constexpr int kFetchedWithinDays = 7;
bool carries_no_date(account::ReportKind report);

// For every day of a marketplace that `coverings` touch, the imports to be summed. All coverings must be of one
// marketplace. Orders are preferred to shipments on a day that both cover.
std::map<int32_t, std::vector<int64_t>> imports_by_day(const std::vector<Covering>& coverings);

}  // namespace destock::store
