#pragma once
// The time of day, asked where it is needed: by a request, a job or a command. Nothing keeps what it said: a server
// runs for weeks. Rooms that decide take a day as an argument and never see a clock.

#include <chrono>
#include <functional>
#include <string>

#include "base/date.h"

namespace destock {

struct Clock {
  // What the machine says; a test says something else.
  std::function<std::chrono::system_clock::time_point()> now = std::chrono::system_clock::now;
  // Time that only goes forward, for time-outs and waits: setting the machine's clock neither ends nor lengthens them.
  std::function<std::chrono::steady_clock::time_point()> steady = std::chrono::steady_clock::now;

  Date today() const { return std::chrono::floor<Days>(now()); }  // in UTC
  // The day that it is already somewhere: a report of an eastern marketplace may be of it.
  Date latest_day() const { return today() + Days(1); }
  std::string now_utc() const;  // "2026-01-05T08:30:00Z"
  int64_t seconds() const;      // since 1970, UTC: for what is stored
  int64_t steady_seconds() const;
};

}  // namespace destock
