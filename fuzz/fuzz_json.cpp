// Any text as a report in JSON: what is read of it is no more than its values, each once, and its columns.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "ingest/json_sheet.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  static_cast<void>(destock::ingest::is_json(text));
  const auto sheet = destock::ingest::read_json("fuzz.json", text);
  if (!sheet || !*sheet) return 0;
  if ((*sheet)->rows.size() > size + 1) std::abort();
  const size_t columns = (*sheet)->rows.front().cells.size();
  if (columns > destock::ingest::kMostColumns) std::abort();
  for (const auto& row : (*sheet)->rows)
    if (row.cells.size() != columns) std::abort();
  return 0;
}
