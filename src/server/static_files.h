#pragma once
// The built web application: read once at start, with its compressed form beside it.

#include <map>
#include <string>

#include "server/http.h"

namespace destock::server {

class StaticFiles {
public:
  // A folder that is not there serves a page that says how to build it.
  explicit StaticFiles(const std::string& folder);
  Response answer(const Request& request) const;

private:
  struct File {
    std::string type;
    std::shared_ptr<const std::string> plain, compressed;
    std::string tag;
    bool forever = false;  // its name holds its hash
  };
  std::map<std::string, File> files_;
  std::string index_;
};

}  // namespace destock::server
