#pragma once
// destock serve: the database, the facts and the web application behind one port.

#include <memory>
#include <optional>
#include <string>

#include "app/context.h"
#include "base/result.h"
#include "server/http_server.h"

namespace destock::server {

struct ServeOptions {
  std::string database;
  std::string web_folder;     // empty: beside the program
  std::string upload_folder;  // empty: beside the database
  Listen listen;
};

class Service {
public:
  // kRefused for an address that others reach, without TLS and not behind a proxy.
  static Result<std::unique_ptr<Service>> start(const ServeOptions& options, const app::Context& context);
  virtual ~Service() = default;
  virtual std::string address() const = 0;                    // "http://127.0.0.1:8377"
  virtual std::optional<std::string> first_link() const = 0;  // for the first owner, where there is none yet
  virtual const Text& notice() const = 0;                     // what was done to an older database; may be empty
};

}  // namespace destock::server
