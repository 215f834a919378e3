#pragma once
// A request and its answer, as the routes see them: no part of the HTTP library is here.

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <utility>
#include <vector>

namespace destock::server {

struct Request {
  std::string method, path;  // the path as it was sent, without its query
  std::string raw_query;
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
  std::map<std::string, std::string> headers;              // names in lower case
  std::string body;
  std::string remote;

  std::string header(const std::string& name) const {
    const auto found = headers.find(name);
    return found == headers.end() ? std::string() : found->second;
  }
  // The first value of a key; empty where it is not given.
  std::string value(const std::string& key) const {
    for (const auto& [name, given] : query)
      if (name == key) return given;
    return {};
  }
};

// A stream of server-sent events. send() may be called from any thread; false: nobody listens any more.
class EventStream {
public:
  virtual ~EventStream() = default;
  virtual bool send(const std::string& event, const std::string& data) = 0;
  virtual void close() = 0;
};

struct Response {
  int status = 200;
  std::string type = "application/json; charset=utf-8";
  std::shared_ptr<const std::string> body = std::make_shared<const std::string>();
  std::vector<std::pair<std::string, std::string>> headers;
  // Set: the answer is a stream of events, handed over once its head is written.
  std::function<void(std::shared_ptr<EventStream>)> stream;

  void set_body(std::string text) { body = std::make_shared<const std::string>(std::move(text)); }
};

using Handler = std::function<Response(const Request&)>;

// "%E4%B8%AD+x" → "中 x"; what is no escape stays as it is.
std::string decoded(std::string_view text, bool plus_is_blank);
std::vector<std::pair<std::string, std::string>> parse_query(std::string_view query);

}  // namespace destock::server
