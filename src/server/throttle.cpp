#include "server/throttle.h"

#include <arpa/inet.h>

#include <algorithm>
#include <array>

#include "base/clock.h"

namespace destock::server {
namespace {

constexpr int64_t kFirstWait = 32;
constexpr int64_t kForgotten = 3'600;  // seconds without a failure
constexpr size_t kMostKeys = 20'000;

}  // namespace

Throttle::Throttle(std::function<int64_t()> seconds) : seconds_(std::move(seconds)) {
  if (!seconds_) seconds_ = [] { return Clock().steady_seconds(); };
}

int64_t Throttle::begin(const std::vector<Rule>& rules) {
  const std::scoped_lock one(mutex_);
  const int64_t now = seconds_();
  int64_t wait = 0;
  for (const Rule& rule : rules)
    if (const auto found = tries_.find(rule.key); found != tries_.end())
      wait = std::max(wait, found->second.until - now);
  if (wait > 0) return wait;
  make_room(now);
  for (const Rule& rule : rules) {
    Tries& tries = tries_[rule.key];
    if (now - tries.last > kForgotten) tries = {};
    tries.last = now;
    if (++tries.failed < rule.free) continue;
    const int doubled = std::min(tries.failed - rule.free, 10);
    tries.until = now + std::min(rule.most_wait, kFirstWait << doubled);
  }
  return 0;
}

void Throttle::worked(const std::vector<Rule>& rules) {
  const std::scoped_lock one(mutex_);
  for (size_t i = 0; i < rules.size(); ++i) {
    const auto found = tries_.find(rules[i].key);
    if (found == tries_.end()) continue;
    if (i == 0 || --found->second.failed <= 0)
      tries_.erase(found);
    else if (found->second.failed < rules[i].free)
      found->second.until = 0;
  }
}

// A quarter goes: those that nobody has to wait for first, and of them those that were wrong longest ago.
void Throttle::make_room(int64_t now) {
  if (tries_.size() < kMostKeys) return;
  std::vector<std::map<std::string, Tries>::iterator> order;
  order.reserve(tries_.size());
  for (auto at = tries_.begin(); at != tries_.end(); ++at) order.push_back(at);
  const auto rank = [&](const auto& at) { return std::pair(at->second.until > now, at->second.last); };
  std::sort(order.begin(), order.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
  for (size_t i = 0; i < order.size() / 4; ++i) tries_.erase(order[i]);
}

std::string client_of(const std::string& address) {
  std::array<unsigned char, 16> bytes{};
  if (inet_pton(AF_INET6, address.c_str(), bytes.data()) != 1) return address;
  std::fill(bytes.begin() + 8, bytes.end(), 0);
  std::array<char, INET6_ADDRSTRLEN> text{};
  inet_ntop(AF_INET6, bytes.data(), text.data(), text.size());
  return std::string(text.data()) + "/64";
}

}  // namespace destock::server
