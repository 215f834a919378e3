#pragma once
// Weeks: they begin on Monday, and are named as ISO 8601 does.

#include <string>

#include "base/date.h"

namespace destock {

Date monday_of(Date date);  // of the day's week
// "2026W49"; the year is that of the week's Thursday.
std::string iso_week(Date date);

}  // namespace destock
