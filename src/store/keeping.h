#pragma once
// Keeping a database: copies of it, looking whether it is whole, taking a copy back. All of it through SQLite, so that
// it may be done beside a server that is running.

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"

namespace destock::store {

// A copy as the database stands at one moment, whoever writes meanwhile. kNotFound without a database, kRefused where
// the file is there and `over` does not say that it may go.
Result<void> back_up(const std::string& url, const std::string& file, bool over);

struct DatabaseCheck {
  std::string path;
  int64_t schema = 0, known_schema = 0;  // of the file, and the newest this program writes
  std::vector<std::string> damage;       // what SQLite's integrity check found
  std::vector<std::string> dangling;     // rows that name something that is not there: "invitation 3 → account"
  bool whole() const { return damage.empty() && dangling.empty(); }
};
// Looks, and changes nothing: an older schema stays as it is.
Result<DatabaseCheck> check_database(const std::string& url);

// Puts a copy in the database's place. What was there is kept beside it first, under the name given back (empty:
// nothing was there). kRefused while another program has the database open, kIncompatible for what is no whole database
// of ours.
Result<std::string> restore(const std::string& url, const std::string& copy);

// The right to serve a database: one server at a time, held until this goes. kRefused where another one has it.
class ServingRight {
public:
  static Result<ServingRight> take(const std::string& url);
  ServingRight(ServingRight&&) noexcept;
  ~ServingRight();
  ServingRight(const ServingRight&) = delete;
  ServingRight& operator=(const ServingRight&) = delete;
  ServingRight& operator=(ServingRight&&) = delete;

private:
  explicit ServingRight(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace destock::store
