#pragma once
// The workbook (xlsx): one page for the owner, Summary, This week, Plan against actual, Health, Plan by SKU, Plan by
// week, Ladder, Restock, Refused; always the same sheets, in one language.

#include <string>
#include <vector>

#include "base/result.h"
#include "deliver/tables.h"

namespace destock::deliver {

// What an owner asks, on one printed page.
struct OwnerPage {
  std::vector<Text> sentences;  // what comes back over doing nothing, and by when
  Table by_date;                // money by then: the plan's, doing nothing, the difference
  Table actions;                // those that matter most
  Table waiting;                // what it costs to begin later
  std::vector<Text> not_done;   // what was not carried out
  std::vector<Text> missing;    // what the figures lack
};

struct WorkbookContent {
  std::string account;
  Date as_of;
  std::vector<Figure> figures;
  std::vector<Text> warnings;
  Table freshness, health, plan_lines, plan, cash_by_week, ladder, restock, refused;
  OwnerPage owner{};
  Table todo{}, track{};
};

// Writes the whole file or nothing. kIo with the reason.
Result<void> write_workbook(const WorkbookContent& content, Lang lang, const std::string& path);

// "destock-default-2026-01-05.xlsx": the snapshot date stands in the name.
std::string workbook_name(const std::string& account, Date as_of);

}  // namespace destock::deliver
