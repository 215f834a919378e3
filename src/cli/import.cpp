// destock import PATH… · destock imports [accept|discard N|refused|removals|settled|promotions|traffic|movements]

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <memory>

#include "app/carry_out.h"
#include "app/import.h"
#include "app/track.h"
#include "cli/command.h"
#include "cli/desk.h"
#include "cli/import_output.h"
#include "cli/outcomes.h"
#include "cli/terminal.h"
#include "deliver/tables.h"

namespace destock::cli {
namespace {

struct ImportFlags {
  std::vector<std::string> paths;
  std::string marketplace, snapshot;
};

int run_import(const Session& session, const ImportFlags& flags) {
  app::ImportOptions options;
  if (!flags.marketplace.empty()) options.all.marketplace = flags.marketplace;
  if (!flags.snapshot.empty()) {
    options.all.snapshot = parse_iso_date(flags.snapshot);
    if (!options.all.snapshot)
      return session.failed({ErrorKind::kBadUsage,
                             {"not a date: " + flags.snapshot, "不是日期：" + flags.snapshot},
                             "--snapshot-date",
                             {"write it as 2026-01-05", "请写成 2026-01-05"}});
  }
  const auto context = session.context();
  if (!context) return session.code();
  auto opened = session.open_or_make();
  if (!opened) return session.code();
  Result<app::ImportOutcome> outcome;
  {
    ProgressBar bar(session.lang());
    outcome = app::import_paths(opened->store, opened->account, flags.paths, options, *context,
                                [&](const std::string& path, uint64_t done, uint64_t total) {
                                  bar.show(std::filesystem::path(path).filename().string(), done, total);
                                  return true;
                                });
  }
  if (!outcome) return session.failed(outcome.error());
  if (const auto taken = app::take_answers(opened->store, opened->account, *context, *outcome, person_of({})); !taken)
    return session.failed(taken.error());
  print_outcome(session, *outcome);
  if (session.format() == Format::kTable)
    for (const app::ImportOutcome::LeftAlone& one : outcome->answers) {
      const std::string name = std::filesystem::path(one.path).filename().string();
      session.note({name + ": " + one.why.en, name + "：" + one.why.zh});
    }
  if (const auto looked = app::look_after_import(opened->store, opened->account, *context); !looked)
    session.warn({{looked.error().message(Lang::kEn), looked.error().message(Lang::kZh)}});
  else if (*looked > 0)
    session.note({"the reports show news of " + std::to_string(*looked) + " actions: destock track",
                  "报表显示 " + std::to_string(*looked) + " 项任务有新情况：destock track"});
  return exit_code_of(*outcome);
}

int run_status(const Session& session, int64_t id, account::ImportStatus status) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto imports = opened->store.imports(opened->account);
  if (!imports) return session.failed(imports.error());
  const auto found = std::find_if(imports->begin(), imports->end(),
                                  [&](const account::ImportRecord& record) { return record.id == id; });
  if (found == imports->end())
    return session.failed({ErrorKind::kNotFound,
                           {"no import " + std::to_string(id), "没有编号为 " + std::to_string(id) + " 的导入"},
                           {},
                           {"destock imports lists them", "destock imports 可列出全部"}});
  if (const auto done = opened->store.set_import_status(opened->account, id, status); !done)
    return session.failed(done.error());
  const bool accepted = status == account::ImportStatus::kInForce;
  session.note(accepted
                   ? Text{"import " + std::to_string(id) + " is in force", "导入 " + std::to_string(id) + " 已生效"}
                   : Text{"import " + std::to_string(id) + " is discarded; destock imports accept brings it back",
                          "导入 " + std::to_string(id) + " 已丢弃；destock imports accept 可恢复"});
  return kDone;
}

int run_list(const Session& session) {
  auto opened = session.open();
  if (!opened) return session.code();
  const auto imports = opened->store.imports(opened->account);
  if (!imports) return session.failed(imports.error());
  if (session.format() == Format::kJson)
    session.print_json(app::imports_json(*imports, session.lang()));
  else
    session.print(deliver::imports_table(*imports));
  return kDone;
}

int run_refused(const Session& session, int64_t most) {
  auto opened = session.open();
  if (!opened) return session.code();
  auto imports = opened->store.imports(opened->account);
  if (!imports) return session.failed(imports.error());
  std::vector<deliver::RefusedOf> refused;
  for (account::ImportRecord& import : *imports) {
    if (import.rows_refused == 0) continue;
    auto rows = opened->store.refused_rows(import.id, most);
    if (!rows) return session.failed(rows.error());
    refused.push_back({std::move(import), std::move(*rows)});
  }
  if (session.format() != Format::kJson) {
    session.print(deliver::refused_table(refused));
    return kDone;
  }
  app::Json list = app::Json::array();
  for (const deliver::RefusedOf& of : refused)
    for (const account::RefusedRow& row : of.rows)
      list.push_back({{"path", of.import.path},
                      {"report", account::report_id(of.import.report)},
                      {"line", row.line},
                      {"column", row.column},
                      {"value", row.value},
                      {"reason", session.say(row.reason)},
                      {"fix", session.say(row.fix)}});
  session.print_json({{"refused", list}});
  return kDone;
}

}  // namespace

void add_import(Commands& commands) {
  auto flags = std::make_shared<ImportFlags>();
  const Flags command =
      commands.add("import", {"read report files or folders of them into the account", "导入报告文件或整个目录"});
  command
      .list("PATH", flags->paths,
            {"files or folders; what each is, is told from its header", "文件或目录；报告类型由表头判断"})
      .required();
  command.text("--marketplace", flags->marketplace,
               {"for reports that name none: US, UK, …", "用于未注明站点的报告：US、UK 等"});
  command.text("--snapshot-date", flags->snapshot,
               {"for reports that carry no date: YYYY-MM-DD", "用于不含日期的报告：YYYY-MM-DD"});
  command.example(
      {"Example: destock import ~/Downloads/seller-central", "示例：destock import ~/Downloads/seller-central"});
  command.runs([flags](const Session& session) { return run_import(session, *flags); });
}

void add_imports(Commands& commands) {
  const Flags command =
      commands.add("imports", {"list imports; accept or discard one that was set aside; show refused rows",
                               "列出导入；接受或丢弃被搁置的报告；查看未导入的行"});
  command.runs(run_list);
  auto id = std::make_shared<int64_t>(0);
  const Flags accept = command.add("accept", {"put a report that was set aside in force", "启用被搁置的报告"});
  accept.number("N", *id, {"number of the import", "导入编号"}).required();
  accept.runs([id](const Session& session) { return run_status(session, *id, account::ImportStatus::kInForce); });
  const Flags discard =
      command.add("discard", {"take a report out of force; nothing is deleted", "停用报告；数据不会删除"});
  discard.number("N", *id, {"number of the import", "导入编号"}).required();
  discard.runs([id](const Session& session) { return run_status(session, *id, account::ImportStatus::kDiscarded); });
  auto most = std::make_shared<int64_t>(10'000);
  const Flags refused = command.add("refused", {"the rows that were refused, with line, column, value, reason and fix",
                                                "未导入的行：行号、列、值、原因与处理办法"});
  refused.number("--most", *most, {"rows of each file at most", "每个文件最多行数"});
  refused.runs([most](const Session& session) { return run_refused(session, *most); });
  add_outcomes(command);
}

}  // namespace destock::cli
