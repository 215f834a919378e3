#pragma once
// The civil day of an instant in a named time zone, fast enough for a million order lines.

#include <cstdint>
#include <memory>
#include <string_view>

#include "base/date.h"
#include "base/result.h"

namespace date {
class time_zone;
}

namespace destock {

class ZoneClock {
public:
  // An IANA name such as "America/Los_Angeles"; kNotFound if the system's time zone database lacks it.
  static Result<ZoneClock> of(std::string_view iana_name);

  // The civil day of an instant (seconds since 1970, UTC). Remembers the span of the last offset: keep one per thread.
  Date day_of(int64_t utc_seconds) const;

private:
  explicit ZoneClock(const date::time_zone* zone) : zone_(zone) {}
  const date::time_zone* zone_;
  mutable int64_t span_begin_ = 1;
  mutable int64_t span_end_ = 0;
  mutable int64_t offset_ = 0;
};

}  // namespace destock
