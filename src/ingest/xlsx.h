#pragma once
// The cells of an xlsx workbook as text: numbers with a decimal point, dates as ISO days, formula errors as Excel shows
// them. For the seller's own sheets, which are small. A workbook is a few kilobytes that may unpack to anything, so
// each thing in it has a limit, and what is beyond one is refused by name.

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace destock::ingest {

inline constexpr uint64_t kMostPartBytes = 32u << 20;      // of one part of the archive, unpacked
inline constexpr uint64_t kMostWorkbookBytes = 64u << 20;  // of all parts that are read
inline constexpr size_t kMostColumns = 256;                // column IV; cells without text beyond it do no harm
inline constexpr size_t kMostCells = 5'000'000;            // of all sheets
inline constexpr size_t kMostStrings = 1'000'000;          // shared ones
inline constexpr size_t kMostSheets = 256;
inline constexpr size_t kMostMerged = 100'000;     // cells of a sheet that merged ones fill
inline constexpr size_t kMostCellBytes = 131'072;  // Excel's own limit is 32,767 characters

struct XlsxRow {
  int64_t line;                         // the row's number in the sheet
  std::vector<std::string_view> cells;  // into the workbook's text
};
// Cells of one column that are merged: what the first holds is said of each.
struct XlsxMerged {
  int64_t first_line, last_line;
  size_t column;
};
struct XlsxSheet {
  std::string name;
  bool hidden = false;
  std::vector<XlsxRow> rows;         // blank rows are left out
  std::shared_ptr<const void> text;  // what cells look into: a string of a thousand cells is kept once
  std::vector<XlsxMerged> merged{};
};

// Writes what merged cells say into each row of theirs. A figure is repeated where `figures`: elsewhere it is what all
// the rows hold together. False: they are more than kMostMerged.
bool fill_merged(XlsxSheet& sheet, bool figures);

// A formula whose result was never stored reads as this.
inline constexpr std::string_view kUncalculated = "#UNCALCULATED";

// A number as a sheet shows it: a whole one is its digits, however it was written (12345.0, 1.23456789012E11), `digits`
// at the least.
std::string shown_number(const std::string& text, int digits);

Result<std::vector<XlsxSheet>> read_xlsx(const std::string& path);

}  // namespace destock::ingest
