#include "store/database.h"

#include <soci/sqlite3/soci-sqlite3.h>
#include <algorithm>
#include <array>
#include <filesystem>
#include <fstream>
#include <vector>

#include "store_migrations.h"  // made by CMake from src/store/migrations/

namespace destock::store {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kApplicationId = 0x44535431;  // "DST1"

Result<std::string> path_of(const std::string& url) {
  if (url.starts_with("sqlite://")) return url.substr(9);
  if (url.starts_with("sqlite:")) return url.substr(7);
  if (url.find("://") != std::string::npos)
    return fail(ErrorKind::kBadUsage, {"this version stores accounts in SQLite only", "此版本仅支持 SQLite 存储"},
                url.substr(0, url.find("://")),
                {"pass --db sqlite:///path/to/destock.db", "请使用 --db sqlite:///路径/destock.db"});
  return url;
}

Result<void> check_is_sqlite(const std::string& path) {
  std::error_code error;
  if (!fs::exists(path, error) || fs::file_size(path, error) == 0) {
    const fs::path parent = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
    if (!fs::is_directory(parent, error))
      return fail(ErrorKind::kNotFound, {"the folder of the database does not exist", "数据库所在目录不存在"},
                  parent.string(), {"create it, or pass another --db", "请创建该目录，或指定其他 --db"});
    return {};
  }
  std::array<char, 16> magic{};
  std::ifstream(path, std::ios::binary).read(magic.data(), magic.size());
  if (std::string_view(magic.data(), 15) == "SQLite format 3") return {};
  return fail(ErrorKind::kIncompatible, {"not a database", "不是数据库文件"}, path,
              {"pass another --db; the file was not touched", "请指定其他 --db；该文件未被改动"});
}

int64_t pragma(soci::session& sql, const std::string& name) {
  int value = 0;
  sql << "PRAGMA " + name, soci::into(value);
  return value;
}

Result<void> check_is_ours(soci::session& sql, const std::string& path) {
  int tables = 0;
  sql << "SELECT count(*) FROM sqlite_master", soci::into(tables);
  const int64_t application = pragma(sql, "application_id");
  if (tables == 0 && application == 0) return {};
  if (application != kApplicationId)
    return fail(ErrorKind::kIncompatible, {"a database of another program", "其他程序的数据库"}, path,
                {"pass another --db; the file was not touched", "请指定其他 --db；该文件未被改动"});
  const int64_t version = version_of(sql);
  if (version <= schema_version()) return {};
  const std::string have = std::to_string(version);
  const std::string know = std::to_string(schema_version());
  return fail(ErrorKind::kIncompatible,
              {"the database has schema " + have + ", this program knows up to " + know,
               "数据库结构版本为 " + have + "，本程序最高支持 " + know},
              path, {"use the newer program that wrote it", "请使用写入该数据库的新版本程序"});
}

void run_script(soci::session& sql, std::string_view script) {
  auto* backend = static_cast<soci::sqlite3_session_backend*>(sql.get_backend());
  char* message = nullptr;
  if (sqlite_api::sqlite3_exec(backend->conn_, std::string(script).c_str(), nullptr, nullptr, &message) == SQLITE_OK)
    return;
  const std::string why = message ? message : "unknown";
  sqlite_api::sqlite3_free(message);
  throw soci::soci_error(why);
}

void migrate(soci::session& sql) {
  const int64_t version = version_of(sql);
  if (version == schema_version()) return;
  soci::transaction all(sql);
  for (const Migration& migration : kMigrations)
    if (migration.version > version) run_script(sql, migration.script);
  sql << "PRAGMA application_id = " + std::to_string(kApplicationId);
  sql << "PRAGMA user_version = " + std::to_string(schema_version());
  all.commit();
}

}  // namespace

int64_t schema_version() {
  int64_t newest = 0;
  for (const Migration& migration : kMigrations) newest = std::max<int64_t>(newest, migration.version);
  return newest;
}

int64_t version_of(soci::session& sql) {
  return pragma(sql, "user_version");
}

Error error_of(const std::exception& exception, const std::string& where) {
  const std::string reason = exception.what();
  const auto says = [&](std::string_view words) { return reason.find(words) != std::string::npos; };
  if (says("full"))
    return {ErrorKind::kIo,
            {"the disk is full: nothing was changed", "磁盘已满：未做任何更改"},
            where,
            {"free some space and run it again", "请清理空间后重试"}};
  if (says("readonly") || says("unable to open") || says("read-only"))
    return {ErrorKind::kIo,
            {"the database cannot be written: " + reason, "数据库不可写：" + reason},
            where,
            {"check the permissions of the file and of its folder", "请检查该文件及其目录的权限"}};
  if (says("locked"))
    return {ErrorKind::kIo,
            {"another program is writing to the database", "其他程序正在写入数据库"},
            where,
            {"wait for it, then run it again", "请等待其完成后重试"}};
  if (says("malformed") || says("not a database"))
    return {ErrorKind::kIncompatible,
            {"the database is damaged: " + reason, "数据库已损坏：" + reason},
            where,
            {"restore it from a backup", "请从备份恢复"}};
  return {ErrorKind::kIo,
          {"the database said: " + reason, "数据库错误：" + reason},
          where,
          {"free disk space and permissions are the usual causes", "常见原因是磁盘空间或权限不足"}};
}

Result<std::unique_ptr<soci::session>> open_database(const std::string& url) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  if (const auto sqlite = check_is_sqlite(*path); !sqlite) return tl::unexpected(sqlite.error());
  try {
    auto sql = std::make_unique<soci::session>(soci::sqlite3, "db=\"" + *path + "\" timeout=30");
    if (const auto ours = check_is_ours(*sql, *path); !ours) return tl::unexpected(ours.error());
    std::string mode;
    *sql << "PRAGMA journal_mode = WAL", soci::into(mode);
    *sql << "PRAGMA synchronous = NORMAL";
    *sql << "PRAGMA cache_size = -65536";
    migrate(*sql);
    return sql;
  } catch (const soci::soci_error& error) {
    return tl::unexpected<Error>(error_of(error, *path));
  }
}

}  // namespace destock::store
