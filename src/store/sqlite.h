#pragma once
// What SOCI has no words for: scripts, copies of a whole database, waiting.

#include <soci/soci.h>
#include <soci/sqlite3/soci-sqlite3.h>
#include <memory>
#include <string>
#include <string_view>

#include "store/patience.h"

namespace destock::store {

// A connection to a file, as SOCI wants it said.
// To be used by one thread at a time.
std::unique_ptr<soci::session> connect_to(const std::string& path);

inline sqlite_api::sqlite3* handle_of(soci::session& sql) {
  return static_cast<soci::sqlite3_session_backend*>(sql.get_backend())->conn_;
}

int64_t pragma(soci::session& sql, const std::string& name);
void run_script(soci::session& sql, std::string_view script);
// All pages of one database into another, as they stand at one moment, beside whoever reads or writes it.
void copy_database(soci::session& from, soci::session& to);
// The same, into a new file: under another name until it is whole.
void copy_to_file(soci::session& from, const std::string& path);

}  // namespace destock::store
