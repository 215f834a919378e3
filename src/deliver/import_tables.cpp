#include <fmt/format.h>
#include <algorithm>
#include <filesystem>
#include <set>

#include "deliver/tables.h"

namespace destock::deliver {
namespace {

// Whether newer reports of its kind speak for all that a snapshot or a sheet does: it is kept, and no figure rests on
// it.
bool superseded(const account::ImportRecord& record, const std::vector<account::ImportRecord>& imports) {
  if (!account::is_snapshot(record.report) || record.coverage.empty()) return false;
  const auto newer = [&](const account::ImportRecord& other, const account::Coverage& span) {
    return other.report == record.report && other.status == account::ImportStatus::kInForce &&
           std::any_of(other.coverage.begin(), other.coverage.end(), [&](const account::Coverage& its) {
             return its.marketplace == span.marketplace &&
                    std::pair(its.last_day, other.id) > std::pair(span.last_day, record.id);
           });
  };
  return std::all_of(record.coverage.begin(), record.coverage.end(), [&](const account::Coverage& span) {
    return std::any_of(imports.begin(), imports.end(), [&](const auto& other) { return newer(other, span); });
  });
}

Text status_of(const account::ImportRecord& record, const std::vector<account::ImportRecord>& imports) {
  if (record.status == account::ImportStatus::kSetAside) return {"set aside", "已搁置"};
  if (record.status == account::ImportStatus::kDiscarded) return {"discarded", "已停用"};
  if (superseded(record, imports)) return {"superseded by a newer one", "已有更新的报告"};
  return {"in force", "使用中"};
}

}  // namespace

ImportSpans spans_of(const account::ImportRecord& record) {
  if (record.coverage.empty()) return {};
  ImportSpans spans;
  std::set<std::string> names;
  Date first = record.coverage.front().first_day, last = record.coverage.front().last_day;
  for (const account::Coverage& span : record.coverage) {
    if (!span.marketplace.empty()) names.insert(span.marketplace);
    first = std::min(first, span.first_day);
    last = std::max(last, span.last_day);
    spans.units = spans.units.value_or(0) + span.units;
  }
  spans.marketplaces = fmt::format("{}", fmt::join(names, ", "));
  spans.days = first == last ? iso(first) : iso(first) + " – " + iso(last);
  return spans;
}

Table refused_table(const std::vector<RefusedOf>& refused) {
  Table table{"refused",
              {"Refused", "未导入的行"},
              {{"file", {"File", "文件"}, Kind::kText, 0, 34},
               {"report", {"Report", "报告"}, Kind::kText, 0, 22, false},
               {"line", {"Line", "行"}, Kind::kUnits, 0, 8},
               {"column", {"Column", "列"}, Kind::kText, 0, 22},
               {"value", {"Value", "值"}, Kind::kText, 0, 20},
               {"reason", {"Reason", "原因"}, Kind::kText, 0, 50},
               {"fix", {"What to do", "处理办法"}, Kind::kText, 0, 50, false}},
              {}};
  for (const RefusedOf& of : refused)
    for (const account::RefusedRow& row : of.rows)
      table.rows.push_back({std::filesystem::path(of.import.path).filename().string(),
                            account::report_name(of.import.report), row.line, row.column, row.value, row.reason,
                            row.fix});
  return table;
}

Table imports_table(const std::vector<account::ImportRecord>& imports) {
  Table table{"imports",
              {"Imports", "导入记录"},
              {{"id", {"No.", "编号"}, Kind::kUnits, 0, 6},
               {"imported_at", {"Imported at (UTC)", "导入时间（UTC）"}, Kind::kText, 0, 20},
               {"report", {"Report", "报告"}, Kind::kText, 0, 24},
               {"file", {"File", "文件"}, Kind::kText, 0, 34},
               {"marketplace", {"Site", "站点"}, Kind::kText, 0, 8},
               {"days", {"Days", "数据日期"}, Kind::kText, 0, 24},
               {"status", {"Status", "状态"}, Kind::kText, 0, 12},
               {"rows_imported", {"Rows", "导入行"}, Kind::kUnits, 0, 10},
               {"rows_refused", {"Refused", "未导入的行"}, Kind::kUnits, 0, 9},
               {"notes", {"Notes", "说明"}, Kind::kText, 0, 60},
               {"status_id", {"Status code", "状态代码"}, Kind::kText, 0, 12, false}},
              {}};
  for (const account::ImportRecord& record : imports) {
    const ImportSpans spans = spans_of(record);
    table.rows.push_back({record.id, record.imported_at, account::report_name(record.report),
                          std::filesystem::path(record.path).filename().string(), spans.marketplaces, spans.days,
                          status_of(record, imports), record.rows_imported, record.rows_refused,
                          in_one_line(record.notes), std::string(account::status_id(record.status))});
  }
  return table;
}

}  // namespace destock::deliver
