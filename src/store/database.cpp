#include "store/database.h"

#include <sys/stat.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <mutex>
#include <vector>

#include "store/sqlite.h"
#include "store_migrations.h"  // made by CMake from src/store/migrations/

namespace destock::store {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kApplicationId = 0x44535431;  // "DST1"

Result<void> check_place(const std::string& path, WhenMissing when) {
  std::error_code error;
  if (fs::exists(path, error) && fs::file_size(path, error) > 0) return {};
  if (auto folder = check_folder_of(path); !folder || when == WhenMissing::kCreate) return folder;
  return fail(ErrorKind::kNotFound, {"there is no database here", "此处没有数据库"}, path,
              {"pass --db with the one you mean; destock import and destock serve make a new one",
               "请用 --db 指定已有数据库；destock import 与 destock serve 会新建"});
}

// Each file that is open in this process, by its name: whoever opens it later must find the same one.
class OpenFiles {
public:
  // The one that is open already; nothing where none is.
  std::shared_ptr<const DatabaseFile> held(const std::string& path) {
    const std::scoped_lock one(mutex_);
    return files_[path].lock();
  }
  std::shared_ptr<const DatabaseFile> hold(const std::string& path) {
    const std::scoped_lock one(mutex_);
    auto file = files_[path].lock();
    if (!file) files_[path] = file = std::make_shared<const DatabaseFile>(path);
    return file;
  }

private:
  std::mutex mutex_;
  std::map<std::string, std::weak_ptr<const DatabaseFile>> files_;
};

OpenFiles& open_files() {
  static OpenFiles files;
  return files;
}

[[noreturn]] void throw_gone() {
  throw soci::soci_error("the database was removed or replaced");
}

// Tried again while another program reads or makes the same database at this moment.
template <typename Work>
auto patiently(Work work) {
  constexpr int kBetweenMs = 20;
  const auto until = std::chrono::steady_clock::now() + kCommandPatience;
  while (true) {
    try {
      return work();
    } catch (const soci::soci_error& error) {
      // SQLite asks no time-out where two would wait for one another: then it is ours to try again.
      const bool busy = std::string_view(error.what()).find("locked") != std::string_view::npos;
      if (!busy || std::chrono::steady_clock::now() > until) throw;
      sqlite_api::sqlite3_sleep(kBetweenMs);
    }
  }
}

void keep_journal(soci::session& sql) {
  patiently([&] {
    std::string mode;
    sql << "PRAGMA journal_mode", soci::into(mode);
    if (mode != "wal") sql << "PRAGMA journal_mode = WAL", soci::into(mode);
  });
}

// Two programs may come at once: who comes second finds it done.
Text migrate(soci::session& sql, const DatabaseFile& file) {
  if (version_of(sql) == schema_version()) return {};
  Text notice;
  patiently([&] {
    Transaction all(sql, file);
    const int64_t version = version_of(sql);
    if (version >= schema_version()) return;
    if (version > 0) {
      const std::string from = std::to_string(version), to = std::to_string(schema_version());
      const std::string copy = file.path() + ".before-" + from + "-to-" + to;
      copy_to_file(*connect_to(file.path()), copy);
      notice = {"the database was brought from schema " + from + " to " + to + "; as it was before: " + copy,
                "数据库结构已从版本 " + from + " 升级到 " + to + "；升级前的副本：" + copy};
    }
    for (const Migration& migration : kMigrations)
      if (migration.version > version) run_script(sql, migration.script);
    sql << "PRAGMA application_id = " + std::to_string(kApplicationId);
    sql << "PRAGMA user_version = " + std::to_string(schema_version());
    all.commit();
  });
  return notice;
}

}  // namespace

Result<std::string> path_of(const std::string& url) {
  if (url.starts_with("sqlite://")) return url.substr(9);
  if (url.starts_with("sqlite:")) return url.substr(7);
  if (url.find("://") != std::string::npos)
    return fail(ErrorKind::kBadUsage, {"this version stores accounts in SQLite only", "此版本仅支持 SQLite 存储"},
                url.substr(0, url.find("://")),
                {"pass --db sqlite:///path/to/destock.db", "请使用 --db sqlite:///路径/destock.db"});
  return url;
}

Result<void> check_folder_of(const std::string& path) {
  const fs::path folder = fs::path(path).has_parent_path() ? fs::path(path).parent_path() : fs::path(".");
  std::error_code error;
  if (fs::is_directory(folder, error)) return {};
  return fail(ErrorKind::kNotFound, {"the folder of the database does not exist", "数据库所在目录不存在"},
              folder.string(), {"create it, or pass another --db", "请创建该目录，或指定其他 --db"});
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

DatabaseFile::DatabaseFile(std::string path) : path_(std::move(path)) {
  struct stat info {};
  if (::stat(path_.c_str(), &info) != 0) return;
  device_ = info.st_dev;
  number_ = info.st_ino;
}

bool DatabaseFile::is_there() const {
  struct stat info {};
  return ::stat(path_.c_str(), &info) == 0 && info.st_dev == device_ && info.st_ino == number_;
}

Transaction::Transaction(soci::session& sql, const DatabaseFile& file) : sql_(sql) {
  if (!file.is_there()) throw_gone();
  sql_ << "BEGIN IMMEDIATE";
}

Transaction::~Transaction() {
  if (!open_) return;
  try {
    sql_ << "ROLLBACK";
  } catch (const soci::soci_error&) {  // SQLite undid it itself, as it does on a full disk
    return;
  }
}

void Transaction::commit() {
  sql_ << "COMMIT";
  open_ = false;
}

void raise_revision(soci::session& sql, int64_t account) {
  const long long id = account;
  sql << "UPDATE account SET revision = revision + 1, facts_revision = facts_revision + 1 WHERE id = :id",
      soci::use(id);
}

void raise_decisions_revision(soci::session& sql, int64_t account) {
  const long long id = account;
  sql << "UPDATE account SET revision = revision + 1 WHERE id = :id", soci::use(id);
}

void set_patience(soci::session& sql, std::chrono::seconds patience) {
  sqlite_api::sqlite3_busy_timeout(handle_of(sql), static_cast<int>(std::chrono::milliseconds(patience).count()));
}

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
  if (says("removed or replaced"))
    return {ErrorKind::kIo,
            {"the file of the database was removed or replaced while the program ran: nothing was written",
             "程序运行期间数据库文件被删除或替换：未写入任何内容"},
            where,
            {"stop the program, put the right file in its place, start again; destock db restore takes a copy back",
             "请停止程序、放回正确的文件后重新启动；destock db restore 可恢复副本"}};
  if (says("of a newer program"))
    return {
        ErrorKind::kIncompatible,
        {"the database holds what this program does not know: " + reason, "数据库含有本程序无法识别的内容：" + reason},
        where,
        {"use the newer program that wrote it", "请使用写入该数据库的新版本程序"}};
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
  if (says("disk I/O error"))
    return {ErrorKind::kIo,
            {"the disk can be neither read nor written: full, or failing", "磁盘无法读写：可能已满或损坏"},
            where,
            {"free some space and run it again", "请清理空间后重试"}};
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

Result<Connection> open_database(const std::string& url, WhenMissing when) {
  const auto path = path_of(url);
  if (!path) return tl::unexpected(path.error());
  if (const auto place = check_place(*path, when); !place) return tl::unexpected(place.error());
  try {
    // Opening would make an empty one in its place.
    if (const auto held = open_files().held(*path); held && !held->is_there()) throw_gone();
    Connection made{connect_to(*path), {}};
    soci::session& sql = *made.sql;
    if (const auto ours = check_is_ours(sql, *path); !ours) return tl::unexpected(ours.error());
    made.file = open_files().hold(*path);
    if (!made.file->is_there()) throw_gone();
    made.notice = migrate(sql, *made.file);
    keep_journal(sql);
    // What was acknowledged outlasts a power cut.
    sql << "PRAGMA synchronous = FULL";
    sql << "PRAGMA cache_size = -65536";
    sql << "PRAGMA foreign_keys = ON";
    return made;
  } catch (const soci::soci_error& error) {
    if (std::string_view(error.what()).find("not a database") != std::string_view::npos)
      return fail(ErrorKind::kIncompatible, {"not a database", "不是数据库文件"}, *path,
                  {"pass another --db; the file was not touched", "请指定其他 --db；该文件未被改动"});
    return tl::unexpected<Error>(error_of(error, *path));
  }
}

}  // namespace destock::store
