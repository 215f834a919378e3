#pragma once
// The HTTP server, on Asio: connections with limits of number, time and memory, each with an answer that says so. What
// it reads is in http_head.h. It is slow to compile, so all of Asio is behind this interface.
//
// Threads: two move bytes, six answer who reads, four who changes something. A handler runs on one of the ten;
// connections share nothing but counts.

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"
#include "server/http.h"

namespace destock::server {

struct Listen {
  std::string address = "127.0.0.1";
  uint16_t port = 8377;          // 0: any that is free
  std::string certificate, key;  // PEM files; both empty: plain HTTP
  bool behind_proxy = false;     // another program does TLS and names the host and, last in X-Forwarded-For, the client
  std::string proxy;             // its address; empty: it is on this machine
};

inline constexpr uint64_t kSmallBodyBytes = 262'144;   // anybody may send
inline constexpr uint64_t kMostBodyBytes = 12u << 20;  // of a part of an upload; uploads come in parts

// How many bytes of body a request may bring that asks for more than the small one. Asked on a thread that answers,
// with the head alone, before the body is read.
using BodyLimit = std::function<uint64_t(const Request& head)>;

class HttpServer {
public:
  // Listens and answers on threads of its own until stop(). kIo where the address is taken or the certificate unusable.
  static Result<std::unique_ptr<HttpServer>> start(const Listen& listen, Handler handler, BodyLimit body_limit);
  virtual ~HttpServer() = default;
  virtual uint16_t port() const = 0;
  virtual void stop() = 0;
};

}  // namespace destock::server
