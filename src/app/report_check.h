#pragma once
// Whether a report looks short, bloated or changed, beside the last good one of its kind and the other reports of the
// day. Seen in the field: 5 % of the rows, 190 times too many, best-sellers missing for days
// (data/checks/reports.toml).

#include <optional>
#include <string>
#include <vector>

#include "account/import_record.h"
#include "market/report_checks.h"

namespace destock::app {

// What one other report says of the same marketplace.
struct Comparison {
  Text name;          // "FBA Inventory of 2026-01-05"
  int64_t rows = 0;   // 0: not to be compared
  int64_t units = 0;  // 0: not to be compared
};

struct CheckInput {
  std::string marketplace;
  int64_t rows = 0, units = 0;
  std::optional<Comparison> last_good;
  std::vector<Comparison> same_day;  // units alone are compared
  int64_t best_sellers = 0;          // looked for
  std::vector<std::string> best_sellers_missing;
};

// Why the report is suspicious; empty: it is not.
std::vector<Text> suspicions(const CheckInput& input, const market::ReportChecks& checks);
// What a report too small to be set aside has lost, rows and units together, as a sheet that was filtered has: said
// beside it.
std::optional<Text> lost_in_a_small_report(const CheckInput& input, const market::ReportChecks& checks);

}  // namespace destock::app
