#pragma once
// The cells of tables in HTML and in Excel's XML of 2003, which many programs write and name .xls. Only tags, text and
// the entities of characters are read: nothing a file defines itself, so that it is never larger read than it lies
// there.

#include <string>
#include <string_view>
#include <vector>

#include "ingest/xlsx.h"

namespace destock::ingest {

inline constexpr uint64_t kMostMarkupBytes = 32u << 20;
inline constexpr size_t kMostMarkupCells = 2'000'000;

// Whether a text begins as such a file does: XML of 2003, or a page with a table.
bool is_markup(std::string_view text);

// Its tables, or worksheets, in their order. kBadInput for one that is too large.
Result<std::vector<XlsxSheet>> read_markup(const std::string& path, std::string_view text);

}  // namespace destock::ingest
