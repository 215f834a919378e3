#pragma once
// The database: opened, recognised, brought to the program's schema. Only this room sees SOCI.

#include <soci/soci.h>
#include <memory>
#include <string>

#include "base/result.h"

namespace destock::store {

// "sqlite:///path", or a plain path. kIncompatible for a file of another program or of a newer version of this one.
Result<std::unique_ptr<soci::session>> open_database(const std::string& url);

// The schema version this program writes.
int64_t schema_version();
// The version of an open database.
int64_t version_of(soci::session& sql);

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

}  // namespace destock::store
