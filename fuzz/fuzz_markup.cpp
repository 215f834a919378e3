// Any text as tables of HTML or of Excel's XML: what is read of it is never larger than the text itself, entities and
// all.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/markup_sheet.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(destock::ingest::is_markup(text));
  const auto sheets = destock::ingest::read_markup("fuzz.xls", text);
  if (!sheets) return 0;
  size_t bytes = 0, rows = 0;
  for (const auto& sheet : *sheets)
    for (const auto& row : sheet.rows) {
      ++rows;
      if (row.cells.size() > destock::ingest::kMostColumns) std::abort();
      for (const std::string_view cell : row.cells) bytes += cell.size();
    }
  // A number in scientific notation is written out: at the most 64 signs for its four or more.
  if (bytes > size * 16 + 64 || rows > size) std::abort();
  return 0;
}
