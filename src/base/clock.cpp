#include "base/clock.h"

#include <fmt/chrono.h>

namespace destock {

std::string Clock::now_utc() const {
  return fmt::format("{:%Y-%m-%dT%H:%M:%SZ}", fmt::gmtime(std::chrono::system_clock::to_time_t(now())));
}

int64_t Clock::seconds() const {
  return std::chrono::floor<std::chrono::seconds>(now().time_since_epoch()).count();
}

int64_t Clock::steady_seconds() const {
  return std::chrono::floor<std::chrono::seconds>(steady().time_since_epoch()).count();
}

}  // namespace destock
