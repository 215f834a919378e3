#include "base/time_zone.h"

#include <date/tz.h>

namespace destock {

Result<ZoneClock> ZoneClock::of(std::string_view iana_name) {
  try {
    return ZoneClock(date::locate_zone(std::string(iana_name)));
  } catch (const std::runtime_error& error) {
    return fail(ErrorKind::kNotFound,
                {std::string("unknown time zone ") + std::string(iana_name),
                 std::string("没有该时区：") + std::string(iana_name)},
                error.what(), {"install the tzdata package", "请安装 tzdata 软件包"});
  }
}

Date ZoneClock::day_of(int64_t utc_seconds) const {
  if (utc_seconds < span_begin_ || utc_seconds >= span_end_) {
    const auto info = zone_->get_info(date::sys_seconds(std::chrono::seconds(utc_seconds)));
    span_begin_ = info.begin.time_since_epoch().count();
    span_end_ = info.end.time_since_epoch().count();
    offset_ = info.offset.count();
  }
  const int64_t local = utc_seconds + offset_;
  return date_of_day_number(local >= 0 ? local / kSecondsADay : (local - kSecondsADay + 1) / kSecondsADay);
}

}  // namespace destock
