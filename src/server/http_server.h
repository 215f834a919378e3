#pragma once
// The HTTP server: RESTinio, behind an interface of our own, in this one file (it is slow to compile).

#include <cstdint>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/http.h"

namespace destock::server {

struct Listen {
  std::string address = "127.0.0.1";
  uint16_t port = 8377;          // 0: any that is free
  std::string certificate, key;  // PEM files; both empty: plain HTTP
};

inline constexpr uint64_t kMostBodyBytes = 12u << 20;  // uploads come in parts

class HttpServer {
public:
  // Listens and answers on threads of its own until stop(). kIo where the address is taken or the certificate unusable.
  static Result<std::unique_ptr<HttpServer>> start(const Listen& listen, Handler handler);
  virtual ~HttpServer() = default;
  virtual uint16_t port() const = 0;
  virtual void stop() = 0;
};

}  // namespace destock::server
