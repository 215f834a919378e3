#pragma once
// The database: opened, recognised, brought to the program's schema. Only this room sees SOCI.
//
// No file of a database is ever opened and closed outside of SQLite: POSIX drops every lock that a process holds on a
// file when it closes any descriptor of it, SQLite's shared lock on an open database among them; the next program would
// then take itself for the last one and delete the journal under the other.

#include <soci/soci.h>
#include <chrono>
#include <memory>
#include <string>

#include "base/result.h"
#include "store/patience.h"
#include "store/when_missing.h"

namespace destock::store {

// The file that a connection was opened on. A file that was removed or replaced since is another one: what is written
// to the old one is lost with the last program that has it open.
class DatabaseFile {
public:
  explicit DatabaseFile(std::string path);
  const std::string& path() const { return path_; }
  bool is_there() const;  // under its name, and the same
private:
  std::string path_;
  uint64_t device_ = 0, number_ = 0;
};

struct Connection {
  std::unique_ptr<soci::session> sql;
  std::shared_ptr<const DatabaseFile> file;
  Text notice{};  // what was done to an older database, and where its copy lies; empty: nothing
};

// kCommandPatience where nothing is said.
void set_patience(soci::session& sql, std::chrono::seconds patience);

// "sqlite:///path", or a plain path. kIncompatible for a file of another program or of a newer version of this one. An
// older database is copied beside itself ("destock.db.before-3-to-4") before its schema is changed.
Result<Connection> open_database(const std::string& url, WhenMissing when = WhenMissing::kCreate);
// The path in a URL of the kind above.
Result<std::string> path_of(const std::string& url);

// kNotFound where the folder that a database lies in does not exist.
Result<void> check_folder_of(const std::string& path);

// The schema version this program writes.
int64_t schema_version();
// The version of an open database.
int64_t version_of(soci::session& sql);
// kIncompatible where it is another program's or a newer version's; an empty one is ours to be.
Result<void> check_is_ours(soci::session& sql, const std::string& path);

// A transaction that takes the right to write at its beginning, so that what it reads is still so when it writes.
// Undone where it is not committed.
class Transaction {
public:
  Transaction(soci::session& sql, const DatabaseFile& file);
  ~Transaction();
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  void commit();

private:
  soci::session& sql_;
  bool open_ = true;
};

// Something that an answer may rest on has changed: to be called in the transaction that changes it.
void raise_revision(soci::session& sql, int64_t account);
// The same where an account's facts stay as they are.
void raise_decisions_revision(soci::session& sql, int64_t account);

// Runs `work` and turns what SOCI throws into an Error: disk full, read-only, locked, damaged.
Error error_of(const std::exception& exception, const std::string& where);
template <typename Work>
auto guarded(const std::string& where, Work work) -> Result<decltype(work())> {
  try {
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      return {};
    } else {
      return work();
    }
  } catch (const soci::soci_error& error) {
    return tl::unexpected<Error>(error_of(error, where));
  }
}

// `work` in a transaction, all or nothing.
template <typename Work>
auto written(soci::session& sql, const DatabaseFile& file, Work work) -> Result<decltype(work())> {
  return guarded(file.path(), [&] {
    Transaction all(sql, file);
    if constexpr (std::is_void_v<decltype(work())>) {
      work();
      all.commit();
    } else {
      auto result = work();
      all.commit();
      return result;
    }
  });
}

}  // namespace destock::store
