// destock export workbook FILE

#include <iostream>
#include <memory>

#include "app/export.h"
#include "cli/command.h"

namespace destock::cli {

void add_export(Commands& commands) {
  const Flags command = commands.add("export", {"write files: the workbook", "导出文件：工作簿"});
  auto path = std::make_shared<std::string>(".");
  const Flags workbook =
      command.add("workbook", {"diagnosis, plan by week, ladder, restock and refused rows in one xlsx",
                               "将诊断、分周方案、阶梯降价、补货与未导入的行写入一个 xlsx"});
  workbook.text(
      "FILE", *path,
      {"a file, or a folder: then named by account and snapshot date", "文件名；若为目录，则按账户与快照日期命名"});
  workbook.example({"Example: destock export workbook . --lang zh", "示例：destock export workbook . --lang zh"});
  workbook.runs([path](const Session& session) {
    auto view = session.view();
    if (!view) return session.code();
    const auto file = app::export_workbook(view->opened.store, view->opened.account, view->state, view->context,
                                           session.lang(), *path);
    if (!file) return session.failed(file.error());
    if (session.format() == Format::kJson)
      session.print_json({{"file", *file}, {"as_of", iso(view->state.account.as_of)}});
    else
      std::cout << *file << "\n";
    return kDone;
  });
}

}  // namespace destock::cli
