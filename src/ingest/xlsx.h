#pragma once
// The cells of an xlsx workbook as text: numbers with a decimal point, dates as ISO days, formula errors as Excel shows
// them. For the seller's own sheets, which are small: a sheet over 256 MB unpacked is refused.

#include <string>
#include <vector>

#include "base/result.h"

namespace destock::ingest {

struct XlsxRow {
  int64_t line;  // the row's number in the sheet
  std::vector<std::string> cells;
};
struct XlsxSheet {
  std::string name;
  std::vector<XlsxRow> rows;  // blank rows are left out
};

// A formula whose result was never stored reads as this.
inline constexpr std::string_view kUncalculated = "#UNCALCULATED";

Result<std::vector<XlsxSheet>> read_xlsx(const std::string& path);

}  // namespace destock::ingest
