#include "base/clock.h"

#include <gtest/gtest.h>

namespace destock {
namespace {

TEST(Clock, IsAskedEachTime) {
  auto at = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'571'200));  // 2026-01-05 00:00 UTC
  const Clock clock{[&at] { return at; }};
  EXPECT_EQ(iso(clock.today()), "2026-01-05");
  EXPECT_EQ(clock.now_utc(), "2026-01-05T00:00:00Z");
  at += std::chrono::hours(24 * 7) + std::chrono::minutes(30);
  EXPECT_EQ(iso(clock.today()), "2026-01-12");
  EXPECT_EQ(iso(clock.latest_day()), "2026-01-13");
  EXPECT_EQ(clock.now_utc(), "2026-01-12T00:30:00Z");
  EXPECT_EQ(clock.seconds(), 1'767'571'200 + 7 * 86'400 + 1'800);
}

TEST(Clock, SteadyTimeIsApartFromTheDate) {
  auto at = std::chrono::system_clock::time_point(std::chrono::seconds(1'767'571'200));
  const Clock clock{[&at] { return at; }};
  const int64_t before = clock.steady_seconds();
  at -= std::chrono::hours(24 * 365);
  EXPECT_GE(clock.steady_seconds(), before);
  EXPECT_LT(clock.steady_seconds(), before + 60);
}

}  // namespace
}  // namespace destock
