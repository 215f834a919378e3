// Any text as a number or a date: what is accepted reads back as itself.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/date.h"
#include "base/number.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace destock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (NumberStyle style : {NumberStyle::kPoint, NumberStyle::kComma}) {
    const auto count = parse_count(text, style);
    const auto scaled = parse_scaled(text, style, 4);
    if (count && scaled && *count * 10'000 != *scaled) std::abort();  // the fast way and the slow one agree
  }
  for (DateOrder order : {DateOrder::kMonthFirst, DateOrder::kDayFirst})
    if (const auto date = parse_report_date(text, order); date && parse_iso_date(iso(*date)) != date) std::abort();
  static_cast<void>(parse_instant(text));
  return 0;
}
