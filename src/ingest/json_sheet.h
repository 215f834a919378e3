#pragma once
// Reports in JSON as a table: one row for each thing of the report's list, and where a thing holds a list of its own
// (a promotion's products) one for each of those. A column is called by the way to its value: "trafficByAsin.sessions".
// What the report was asked for stands in each row: "reportSpecification.dataStartTime".

#include <optional>
#include <string>
#include <string_view>

#include "ingest/xlsx.h"

namespace destock::ingest {

inline constexpr uint64_t kMostJsonBytes = 64u << 20;
inline constexpr size_t kMostJsonCells = 5'000'000;

// Whether a text begins as an object does.
bool is_json(std::string_view text);

// Nothing where no list of a report is in it. kBadInput for one that is cut short, damaged or too large.
Result<std::optional<XlsxSheet>> read_json(const std::string& path, std::string_view text);

}  // namespace destock::ingest
