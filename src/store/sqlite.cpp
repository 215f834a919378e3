#include "store/sqlite.h"

#include <filesystem>

namespace destock::store {

namespace fs = std::filesystem;

std::unique_ptr<soci::session> connect_to(const std::string& path) {
  // No connection is used by two threads at once: SQLite need not lock each one at every cell that is read.
  static const int kOnce = sqlite_api::sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
  (void)kOnce;
  return std::make_unique<soci::session>(soci::sqlite3,
                                         "db=\"" + path + "\" timeout=" + std::to_string(kCommandPatience.count()));
}

int64_t pragma(soci::session& sql, const std::string& name) {
  int value = 0;
  sql << "PRAGMA " + name, soci::into(value);
  return value;
}

void run_script(soci::session& sql, std::string_view script) {
  char* message = nullptr;
  if (sqlite_api::sqlite3_exec(handle_of(sql), std::string(script).c_str(), nullptr, nullptr, &message) == SQLITE_OK)
    return;
  const std::string why = message ? message : "unknown";
  sqlite_api::sqlite3_free(message);
  throw soci::soci_error(why);
}

void copy_database(soci::session& from, soci::session& to) {
  sqlite_api::sqlite3_backup* copy = sqlite_api::sqlite3_backup_init(handle_of(to), "main", handle_of(from), "main");
  if (!copy) throw soci::soci_error(sqlite_api::sqlite3_errmsg(handle_of(to)));
  // In one step: its reading is of one moment, and keeps no writer waiting.
  constexpr int kAllPages = -1;
  const int done = sqlite_api::sqlite3_backup_step(copy, kAllPages);
  const int ended = sqlite_api::sqlite3_backup_finish(copy);
  const int code = done == SQLITE_DONE ? ended : done;
  if (code != SQLITE_OK) throw soci::soci_error(std::string("the copy failed: ") + sqlite_api::sqlite3_errstr(code));
}

void copy_to_file(soci::session& from, const std::string& path) {
  const std::string part = path + ".part";
  std::error_code error;
  fs::remove(part, error);
  try {
    const auto to = connect_to(part);
    copy_database(from, *to);
    // One file that stands alone, whatever journal the database keeps.
    std::string mode;
    *to << "PRAGMA journal_mode = DELETE", soci::into(mode);
  } catch (const soci::soci_error&) {
    fs::remove(part, error);
    throw;
  }
  fs::rename(part, path, error);
  if (error) throw soci::soci_error("the copy cannot be named: " + error.message());
}

}  // namespace destock::store
