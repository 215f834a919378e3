#include "base/week.h"

#include <fmt/format.h>

namespace destock {

Date monday_of(Date date) {
  return date - (std::chrono::weekday(date) - std::chrono::Monday);
}

std::string iso_week(Date date) {
  const Date thursday = monday_of(date) + Days(3);
  const int64_t week = days_between(make_date(year_of(thursday), 1, 1), thursday) / kWeekDays + 1;
  return fmt::format("{:04}W{:02}", year_of(thursday), week);
}

}  // namespace destock
