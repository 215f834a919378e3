#pragma once
// Who is connected: a limit of all, below what the system lets the program open, and one for each address, so that one
// caller cannot take every seat. Also what the bodies under way take of memory. Safe to use from any thread.

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>

namespace destock::server {

class Seats : public std::enable_shared_from_this<Seats> {
public:
  Seats(size_t most, size_t most_of_one) : most_(most), most_of_one_(most_of_one) {}

  // Given back when the last copy goes.
  using Seat = std::shared_ptr<void>;
  // Nothing where the address has its share already.
  Seat take(const std::string& address);
  // Called once, by whoever gives a seat back after this; at once where one is free by now.
  void when_free(std::function<void()> told);
  // Tells nobody any more.
  void forget();

private:
  void leave(const std::string& address);

  const size_t most_, most_of_one_;
  mutable std::mutex mutex_;
  size_t taken_ = 0;
  std::map<std::string, size_t> by_address_;
  std::function<void()> told_;
};

// Memory of bodies that are being read or answered.
class BodyBudget {
public:
  explicit BodyBudget(uint64_t most) : most_(most) {}
  bool take(uint64_t bytes) {
    if (held_.fetch_add(bytes) + bytes <= most_) return true;
    held_ -= bytes;
    return false;
  }
  void give_back(uint64_t bytes) { held_ -= bytes; }

private:
  const uint64_t most_;
  std::atomic<uint64_t> held_ = 0;
};

// How many connections the machine allows: descriptors, less those that the database, reports and pages need.
size_t most_connections();

}  // namespace destock::server
