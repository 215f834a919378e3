#include "cli/import_output.h"

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <optional>

namespace destock::cli {
namespace {

Text state_name(app::FileState state) {
  switch (state) {
    case app::FileState::kImported: return {"imported", "已导入"};
    case app::FileState::kSetAside: return {"set aside", "已搁置"};
    case app::FileState::kAlreadyThere: return {"already there", "此前已导入"};
    case app::FileState::kFailed: return {"failed", "失败"};
  }
  return {};
}

std::string name_of(const app::FileOutcome& file) {
  return std::filesystem::path(file.path).filename().string() + (file.sheet.empty() ? "" : " [" + file.sheet + "]");
}

std::string money_of(const app::FileOutcome& file) {
  std::string sums;
  for (const Money& sum : file.money)
    add_to_list(sums, deliver::shown(sum, {"money", {}, deliver::Kind::kMoney}, Lang::kEn, false), "; ");
  return sums.empty() ? "–" : sums;
}

deliver::Table files_table(const app::ImportOutcome& outcome) {
  deliver::Table table{"files",
                       {"Files", "文件"},
                       {{"file", {"File", "文件"}, deliver::Kind::kText, 0, 30},
                        {"report", {"Report", "报告"}, deliver::Kind::kText, 0, 20},
                        {"marketplace", {"Site", "站点"}, deliver::Kind::kText, 0, 8},
                        {"days", {"Days", "数据日期"}, deliver::Kind::kText, 0, 24},
                        {"state", {"State", "状态"}, deliver::Kind::kText, 0, 12},
                        {"rows_imported", {"Rows", "导入行"}, deliver::Kind::kUnits, 0, 8},
                        {"units", {"Units", "件数"}, deliver::Kind::kUnits, 0, 8},
                        {"money", {"Money", "金额"}, deliver::Kind::kText, 0, 16},
                        {"rows_refused", {"Refused", "未导入的行"}, deliver::Kind::kUnits, 0, 8}},
                       {}};
  for (const app::FileOutcome& file : outcome.files) {
    const bool read = file.record.has_value();
    const auto spans = read ? deliver::spans_of(*file.record) : deliver::ImportSpans();
    table.rows.push_back(
        {name_of(file),
         read ? deliver::Cell(account::report_name(file.record->report)) : deliver::Cell(std::string("–")),
         spans.marketplaces.empty() ? std::string("–") : spans.marketplaces,
         spans.days.empty() ? std::string("–") : spans.days, state_name(file.state),
         read && file.state != app::FileState::kAlreadyThere ? file.record->rows_imported : int64_t{0},
         spans.units ? deliver::Cell(*spans.units) : deliver::Cell(std::string("–")), money_of(file),
         read ? file.record->rows_refused : static_cast<int64_t>(file.refused.size())});
  }
  return table;
}

void print_details(const Session& session, const app::FileOutcome& file) {
  const std::string name = name_of(file);
  if (file.error) {
    std::cerr << session.say({"error: ", "错误："}) << file.error->message(session.lang()) << "\n";
    return;
  }
  if (file.state == app::FileState::kAlreadyThere) {
    if (file.record->status == account::ImportStatus::kSetAside)
      session.note({name + " is there and still set aside: no figure rests on it. destock imports accept " +
                        std::to_string(file.record->id) + " uses it",
                    name + " 已导入但仍被搁置，未参与任何计算。destock imports accept " +
                        std::to_string(file.record->id) + " 可启用"});
    session.note({name + ": the same bytes were imported before (import " + std::to_string(file.record->id) +
                      "): nothing changed",
                  name + "：相同内容此前已导入（编号 " + std::to_string(file.record->id) + "）：未做更改"});
    return;
  }
  for (const Text& text : file.record->notes) std::cerr << name << ": " << session.say(text) << "\n";
  if (file.state == app::FileState::kSetAside) {
    const std::string id = std::to_string(file.record->id);
    session.note({name +
                      " looks wrong and was set aside; the last good report stays in force. destock imports accept " +
                      id + " uses it all the same, destock imports discard " + id + " drops it",
                  name + " 数据可疑，已搁置；仍使用上一份正常报告。destock imports accept " + id +
                      " 可强制启用，destock imports discard " + id + " 可丢弃"});
  }
  constexpr size_t kShown = 5;
  for (size_t i = 0; i < file.refused.size() && i < kShown; ++i) {
    const account::RefusedRow& row = file.refused[i];
    std::cerr << name << ":" << row.line << ": " << (row.column.empty() ? "" : row.column + " \"" + row.value + "\": ")
              << session.say(row.reason) << (row.fix.empty() ? "" : " — ") << session.say(row.fix) << "\n";
  }
  if (file.record->rows_refused > static_cast<int64_t>(kShown))
    session.note(
        {name + ": " + std::to_string(file.record->rows_refused) + " rows refused in all: destock imports refused",
         name + "：共 " + std::to_string(file.record->rows_refused) + " 行未导入：destock imports refused"});
}

// Each file that was left alone, with why; of many the first.
void print_left_alone(const Session& session, const app::ImportOutcome& outcome) {
  constexpr size_t kShown = 20;
  for (size_t i = 0; i < outcome.ignored.size() && i < kShown; ++i) {
    const std::string name = std::filesystem::path(outcome.ignored[i].path).filename().string();
    session.note(
        {name + " was left alone: " + outcome.ignored[i].why.en, name + " 未处理：" + outcome.ignored[i].why.zh});
  }
  if (outcome.ignored.size() > kShown)
    session.note({std::to_string(outcome.ignored.size() - kShown) + " other files were left alone",
                  "另有 " + std::to_string(outcome.ignored.size() - kShown) + " 个文件未处理"});
}

}  // namespace

void print_outcome(const Session& session, const app::ImportOutcome& outcome) {
  if (session.format() == Format::kJson) {
    session.print_json(app::import_json(outcome, session.lang()));
  } else {
    session.print(files_table(outcome));
    for (const Text& text : outcome.compared) std::cout << session.say(text) << "\n";
    for (const app::FileOutcome& file : outcome.files) print_details(session, file);
  }
  print_left_alone(session, outcome);
}

int exit_code_of(const app::ImportOutcome& outcome) {
  if (!outcome.anything_done()) return kFailed;
  return outcome.anything_refused() ? kSomeRefused : kDone;
}

}  // namespace destock::cli
