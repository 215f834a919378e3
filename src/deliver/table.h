#pragma once
// A table as a person reads it: columns with names in both languages and cells that know what they are. The terminal,
// CSV and the workbook draw the same table.

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "deliver/rows.h"

namespace destock::deliver {

enum class Kind { kText, kUnits, kNumber, kMoney, kShare, kDay };

struct Column {
  std::string id;  // of the CSV header
  Text name;
  Kind kind = Kind::kText;
  int decimals = 1;    // of kNumber
  double width = 12;   // characters, of the workbook
  bool narrow = true;  // shown in the terminal
};

template <typename T>
Cell cell(const std::optional<T>& value) {
  return value ? Cell(*value) : Cell(std::monostate{});
}

struct Table {
  std::string id;
  Text name;
  std::vector<Column> columns;
  Rows rows;
};

// A cell as text: "1,234", "12.5%", "USD 20.69", "unknown". `plain`: without grouping and currency, for CSV.
std::string shown(const Cell& cell, const Column& column, Lang lang, bool plain);

// RFC 4180, UTF-8 with byte order mark for Excel; text cells that a spreadsheet would read as a formula start with a '.
std::string csv(const Table& table, Lang lang);

}  // namespace destock::deliver
