#pragma once
// What the orders of a report say of earlier reports of the same kind and days: which are parts beside it, which it
// holds whole, and of which it lacks orders. No order ever leaves Amazon's reports, whatever becomes of it.

#include <set>
#include <vector>

#include "account/import_record.h"
#include "ingest/read_report.h"
#include "market/report_checks.h"
#include "store/store.h"

namespace destock::app {

struct OrdersBeside {
  std::vector<int64_t> apart;  // imports without a common order: both count
  std::set<int64_t> held;      // imports whose orders are all here
  std::vector<Text> why;       // imports that have orders which lack here: this one is a part
  std::vector<Text> notes;
};

// `imports`: in force.
Result<OrdersBeside> orders_beside(store::Store& store, const std::vector<account::ImportRecord>& imports,
                                   const ingest::ReadReport& report, const account::ImportRecord& record,
                                   const market::ReportChecks& checks);

}  // namespace destock::app
