#pragma once
// Dates are civil days in a marketplace's time zone, never instants.

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace destock {

using Date = std::chrono::sys_days;
using Days = std::chrono::days;

inline constexpr int kWeekDays = 7;

inline constexpr int64_t kSecondsADay = 86'400;

inline Date make_date(int year, unsigned month, unsigned day) {
  return Date(std::chrono::year(year) / std::chrono::month(month) / std::chrono::day(day));
}
inline int64_t day_number(Date date) {
  return date.time_since_epoch().count();
}
inline Date date_of_day_number(int64_t number) {
  return Date(Days(number));
}
inline int64_t days_between(Date from, Date to) {
  return (to - from).count();
}

inline int year_of(Date date) {
  return int(std::chrono::year_month_day(date).year());
}
inline unsigned month_of(Date date) {
  return unsigned(std::chrono::year_month_day(date).month());
}
inline unsigned day_of_month(Date date) {
  return unsigned(std::chrono::year_month_day(date).day());
}
Date first_of_month(Date date);
Date first_of_next_month(Date date);
unsigned days_in_month(Date date);

// "2026-07-14"
std::string iso(Date date);
// Strict YYYY-MM-DD of a real day, or nothing.
std::optional<Date> parse_iso_date(std::string_view text);

// Which of day and month stands first in numbers like 07/08/2026.
enum class DateOrder { kMonthFirst, kDayFirst };

// A calendar date as sellers' reports spell it: 2026-07-14, 2026/7/14, 07/14/2026, 04-30-22, 14.07.2026, 14 Jul 2026,
// 14-Jul-2026, Jul 14, 2026, 2026年7月14日, 20260714; a time of day after it is ignored. Nothing if it is no real day.
std::optional<Date> parse_report_date(std::string_view text, DateOrder order);
// Whether a text is a month without a day: "10/2026", "2026-10", "Oct 2026", "2026年10月".
bool is_month(std::string_view text);

// An instant of ISO 8601 with zone ("2026-07-14T23:12:45+00:00", "…Z"): seconds since 1970 in UTC.
std::optional<int64_t> parse_instant(std::string_view text);

}  // namespace destock
