#pragma once
// Answers that rest on an account's view alone, kept ready to send: by the view's revision, the address, the language
// and the encoding. The least lately asked for go first.

#include <list>
#include <map>
#include <mutex>
#include <optional>
#include <string>

#include "server/http.h"

namespace destock::server {

class AnswerCache {
public:
  explicit AnswerCache(size_t most_bytes) : most_bytes_(most_bytes) {}
  std::optional<Response> find(const std::string& key);
  void keep(const std::string& key, const Response& response);

private:
  using Entry = std::pair<std::string, Response>;
  size_t most_bytes_;
  size_t bytes_ = 0;
  std::mutex mutex_;
  std::list<Entry> entries_;  // the last asked for first
  std::map<std::string, std::list<Entry>::iterator> by_key_;
};

}  // namespace destock::server
