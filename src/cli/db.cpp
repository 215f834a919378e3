// destock db backup FILE [--force] · db check · db restore FILE

#include <iostream>
#include <memory>

#include "cli/command.h"
#include "store/keeping.h"

namespace destock::cli {
namespace {

int run_backup(const Session& session, const std::string& file, bool over) {
  if (const auto done = store::back_up(session.database(), file, over); !done) return session.failed(done.error());
  if (session.format() == Format::kJson)
    session.print_json({{"file", file}});
  else
    std::cout << file << "\n";
  return kDone;
}

int run_check(const Session& session) {
  const auto found = store::check_database(session.database());
  if (!found) return session.failed(found.error());
  if (session.format() == Format::kJson) {
    session.print_json({{"path", found->path},
                        {"whole", found->whole()},
                        {"schema", found->schema},
                        {"known_schema", found->known_schema},
                        {"damage", found->damage},
                        {"dangling", found->dangling}});
    return found->whole() ? kDone : kFailed;
  }
  const std::string have = std::to_string(found->schema), know = std::to_string(found->known_schema);
  if (found->whole()) {
    std::cout << session.say({"the database is whole; schema " + have, "数据库完好；结构版本 " + have});
    if (found->schema < found->known_schema)
      std::cout << session.say({": the next command brings it to " + know + " and keeps a copy of it as it is",
                                "：下一条命令会升级到 " + know + "，并保留当前副本"});
    std::cout << "\n";
    return kDone;
  }
  for (const std::string& damage : found->damage) std::cout << damage << "\n";
  for (const std::string& row : found->dangling)
    std::cout << session.say({"names what is not there: ", "引用了不存在的记录："}) << row << "\n";
  return session.failed({ErrorKind::kIncompatible,
                         {"the database is damaged", "数据库已损坏"},
                         found->path,
                         {"take a copy back with destock db restore FILE", "请用 destock db restore <副本> 恢复"}});
}

int run_restore(const Session& session, const std::string& copy) {
  const auto kept = store::restore(session.database(), copy);
  if (!kept) return session.failed(kept.error());
  if (session.format() == Format::kJson)
    session.print_json({{"restored_from", copy}, {"kept", kept->empty() ? app::Json(nullptr) : app::Json(*kept)}});
  else
    std::cout << session.say({"restored from " + copy, "已从 " + copy + " 恢复"})
              << (kept->empty() ? std::string()
                                : session.say({"; what was there before: " + *kept, "；原数据库：" + *kept}))
              << "\n";
  return kDone;
}

}  // namespace

void add_db(Commands& commands) {
  const Flags command = commands.add("db", {"the database: backup, check, restore", "数据库：备份、检查、恢复"});
  auto file = std::make_shared<std::string>();
  auto over = std::make_shared<bool>(false);
  const Flags backup = command.add(
      "backup", {"a copy as it stands now, also beside a running server", "备份当前数据库（服务运行时也可用）"});
  backup.text("FILE", *file, {"where to", "目标文件"}).required();
  backup.toggle("--force", *over, {"also over a file that is there", "覆盖已有文件"});
  backup.example({"Example: destock db backup destock-2026-01-05.db", "示例：destock db backup destock-2026-01-05.db"});
  backup.runs([file, over](const Session& session) { return run_backup(session, *file, *over); });
  command.add("check", {"is it whole, and of which schema; changes nothing", "检查是否完好及结构版本；不做更改"})
      .runs(run_check);
  const Flags restore = command.add(
      "restore", {"a copy in its place; what was there is kept beside it", "用副本替换数据库；原数据库另存"});
  restore.text("FILE", *file, {"the copy", "副本文件"}).required();
  restore.runs([file](const Session& session) { return run_restore(session, *file); });
}

}  // namespace destock::cli
