#pragma once
// How often somebody may be wrong. A try is counted before it is looked at, so that many at once are no more than many
// in a row; what works is taken back. Waits are of the steady clock: setting the clock shortens and prolongs none. Safe
// to use from any thread.

#include <cstdint>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <vector>

namespace destock::server {

class Throttle {
public:
  // After `free` failures the next try waits 32 s, then twice as long each, `most_wait` at most.
  struct Rule {
    std::string key;
    int free;
    int64_t most_wait;  // seconds
  };

  explicit Throttle(std::function<int64_t()> seconds = {});

  // Counts a try under every rule; or, where one of them has to wait, counts nothing and gives the longest wait in
  // seconds. 0: go on.
  int64_t begin(const std::vector<Rule>& rules);
  // The try was right: the first rule's failures are forgotten, in the others only this try.
  void worked(const std::vector<Rule>& rules);

private:
  struct Tries {
    int failed = 0;
    int64_t until = 0;
    int64_t last = 0;
  };
  void make_room(int64_t now);

  std::function<int64_t()> seconds_;
  std::mutex mutex_;
  std::map<std::string, Tries> tries_;
};

// An address as a throttle knows it: of IPv6 the network, for one household has 2^64 addresses.
std::string client_of(const std::string& address);

}  // namespace destock::server
