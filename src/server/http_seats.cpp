#include "server/http_seats.h"

#include <sys/resource.h>

#include <algorithm>
#include <utility>

namespace destock::server {
namespace {

constexpr size_t kMostConnections = 10'000;
constexpr size_t kOtherDescriptors = 100;
constexpr size_t kLeastConnections = 16;

}  // namespace

Seats::Seat Seats::take(const std::string& address) {
  const std::scoped_lock one(mutex_);
  size_t& of_one = by_address_[address];
  if (of_one >= most_of_one_) return nullptr;
  ++of_one;
  ++taken_;
  return Seat(this, [seats = shared_from_this(), address](void*) { seats->leave(address); });
}

void Seats::when_free(std::function<void()> told) {
  {
    const std::scoped_lock one(mutex_);
    if (taken_ >= most_) {
      told_ = std::move(told);
      return;
    }
  }
  told();
}

void Seats::forget() {
  const std::scoped_lock one(mutex_);
  told_ = nullptr;
}

void Seats::leave(const std::string& address) {
  std::function<void()> told;
  {
    const std::scoped_lock one(mutex_);
    --taken_;
    const auto found = by_address_.find(address);
    if (--found->second == 0) by_address_.erase(found);
    told = std::exchange(told_, nullptr);
  }
  if (told) told();
}

size_t most_connections() {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return kMostConnections;
  const size_t files = limit.rlim_cur;
  if (files < kOtherDescriptors + kLeastConnections) return kLeastConnections;
  return std::min(kMostConnections, files - kOtherDescriptors);
}

}  // namespace destock::server
