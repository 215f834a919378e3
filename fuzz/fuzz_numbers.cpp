// Any text as a number or a date: what is accepted reads back as itself.

#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/date.h"
#include "base/number.h"

namespace {

// Between the first and the last digit of what is accepted as a number stand only digits, separators and single spaces.
bool is_one_number(std::string_view text) {
  constexpr std::string_view kDigits = "0123456789";
  const size_t first = text.find_first_of(kDigits);
  const size_t last = text.find_last_of(kDigits);
  if (first == std::string_view::npos) return false;
  bool after_digit = false;
  for (char c : text.substr(first, last - first + 1)) {
    const bool digit = kDigits.find(c) != std::string_view::npos;
    const bool high = (static_cast<unsigned char>(c) & 0x80) != 0;  // a byte of a no-break space
    if (!digit && !high && std::string_view(".,' \t\r\n\f\v").find(c) == std::string_view::npos) return false;
    if (!digit && !high && !after_digit && c != '.' && c != ',') return false;
    after_digit = digit || high;
  }
  return true;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace destock;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (NumberStyle style : {NumberStyle::kPoint, NumberStyle::kComma}) {
    const auto count = parse_count(text, style);
    const auto scaled = parse_scaled(text, style, 4);
    const bool wide = text.find("\xEF\xBC") != std::string_view::npos;  // full-width digits, read as plain ones
    if (scaled && !wide && !is_one_number(text)) std::abort();
    if (count && scaled && *count * 10'000 != *scaled) std::abort();  // the fast way and the slow one agree
  }
  for (DateOrder order : {DateOrder::kMonthFirst, DateOrder::kDayFirst})
    if (const auto date = parse_report_date(text, order); date && parse_iso_date(iso(*date)) != date) std::abort();
  static_cast<void>(parse_instant(text));
  return 0;
}
