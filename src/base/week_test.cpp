#include "base/week.h"

#include <gtest/gtest.h>

namespace destock {
namespace {

TEST(Week, IsNamedByItsThursday) {
  const auto week = [](const char* day) { return iso_week(*parse_iso_date(day)); };
  EXPECT_EQ(week("2026-11-30"), "2026W49");
  EXPECT_EQ(week("2026-12-06"), "2026W49");
  EXPECT_EQ(week("2027-01-03"), "2026W53");
  EXPECT_EQ(week("2027-01-04"), "2027W01");
  EXPECT_EQ(week("2024-12-30"), "2025W01");
  EXPECT_EQ(iso(monday_of(*parse_iso_date("2026-12-06"))), "2026-11-30");
  EXPECT_EQ(iso(monday_of(*parse_iso_date("2026-11-30"))), "2026-11-30");
}

}  // namespace
}  // namespace destock
