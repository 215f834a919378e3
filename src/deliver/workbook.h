#pragma once
// The workbook (xlsx): Summary, Health, Plan by SKU, Plan by week, Ladder, Restock, Refused; always the same sheets, in
// one language.

#include <string>
#include <vector>

#include "base/result.h"
#include "deliver/tables.h"

namespace destock::deliver {

struct WorkbookContent {
  std::string account;
  Date as_of;
  std::vector<Figure> figures;
  std::vector<Text> warnings;
  Table freshness, health, plan_lines, plan, cash_by_week, ladder, restock, refused;
};

// Writes the whole file or nothing. kIo with the reason.
Result<void> write_workbook(const WorkbookContent& content, Lang lang, const std::string& path);

// "destock-default-2026-01-05.xlsx": the snapshot date stands in the name.
std::string workbook_name(const std::string& account, Date as_of);

}  // namespace destock::deliver
