#pragma once
// What reports and exports call their columns, and which of them the program does not read. data/reports/

#include <string>
#include <vector>

#include "base/text.h"

namespace destock::market {

// Names of a column beside the report's own, the likeliest first.
struct ColumnNames {
  std::string report;  // "fba_inventory"
  std::string column;  // the report's own name of it
  std::vector<std::string> names;
};

// A kind of file that is known and not read: a header with all names of one mark is of it.
struct UnreadReport {
  std::string id;
  Text name;
  std::vector<std::vector<std::string>> marks;
  Text says;  // what it is good for, and what to give instead
};

// What cells say, in the languages that reports come in. data/reports/words.toml
struct CellWords {
  std::string means;  // "order_cancelled", "sellable", "inch"
  std::vector<std::string> words;
};
struct ReportNames {
  std::vector<ColumnNames> columns;
  std::vector<UnreadReport> unread;
  std::vector<CellWords> words;
};

}  // namespace destock::market
