#pragma once
// Which import is believed for which day: the newest that covers the day whole, with those that have no order in
// common with it; where two cover parts of a day that do not overlap, both; otherwise the newest part.

#include <map>
#include <set>
#include <string>
#include <vector>

#include "account/account.h"
#include "account/import_record.h"

namespace destock::store {

struct Covering {
  int64_t import = 0;
  account::ReportKind report = account::ReportKind::kAllOrders;
  account::Coverage span;
  std::set<int64_t> beside{};  // imports that count beside it: they have no order in common
};

// A report without a date of its own (Fee Preview, Manage FBA, Reserved) is dated by its download, which may be a few
// days after the snapshot that it goes with.
inline constexpr int kFetchedWithinDays = 7;
bool carries_no_date(account::ReportKind report);

// The import whose snapshot is the newest on or before a day; the later import of two of one day. Fees hold until they
// are replaced: a Fee Preview fetched a few days later is the newest. Stock of a few days later serves where there is
// none, or only an older one. Null: there is none.
const Covering* newest_of(const std::vector<Covering>& coverings, account::ReportKind report,
                          const std::string& marketplace, Date as_of);

// Reports that are there and of no use, each kind and marketplace once, the soonest. `later`: of days to come; `used`:
// what speaks already.
std::vector<account::ReportAge> not_in_force(const std::vector<Covering>& later,
                                             const std::vector<account::ReportAge>& used);

// For every day of a marketplace that `coverings` touch, the imports to be summed. All coverings must be of one
// marketplace. Orders are preferred to shipments on a day that both cover.
std::map<int32_t, std::vector<int64_t>> imports_by_day(const std::vector<Covering>& coverings);

}  // namespace destock::store
