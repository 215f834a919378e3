#include "server/answer_cache.h"

namespace destock::server {

std::optional<Response> AnswerCache::find(const std::string& key) {
  const std::scoped_lock one(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return std::nullopt;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->second;
}

void AnswerCache::keep(const std::string& key, const Response& response) {
  const std::scoped_lock one(mutex_);
  if (response.body->size() > most_bytes_ / 4 || by_key_.contains(key)) return;
  bytes_ += response.body->size() + key.size();
  entries_.emplace_front(key, response);
  by_key_.emplace(key, entries_.begin());
  while (bytes_ > most_bytes_) {
    bytes_ -= entries_.back().second.body->size() + entries_.back().first.size();
    by_key_.erase(entries_.back().first);
    entries_.pop_back();
  }
}

}  // namespace destock::server
