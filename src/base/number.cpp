#include "base/number.h"

#include <array>
#include <cctype>
#include <cmath>
#include <limits>
#include <string>

namespace destock {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

// The bytes of a number without currency words, spaces (also U+00A0, U+202F) and brackets; nothing if other text is in
// it.
struct Bare {
  std::string text;  // digits and separators
  bool negative = false;
};

// Signs that may stand beside a number: currency signs, and the no-break spaces that group digits.
constexpr std::array<std::string_view, 10> kDecorations = {"$", "€",  "£",  "¥",        "￥",
                                                           "₹", "元", "円", "\xC2\xA0", "\xE2\x80\xAF"};

std::optional<Bare> bare_number(std::string_view text) {
  Bare bare;
  text = trimmed(text);
  if (text.size() > 64) return std::nullopt;
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    bare.negative = true;
    text = text.substr(1, text.size() - 2);
  }
  size_t letters = 0;
  bool ended = false;  // after % or +
  for (size_t i = 0; i < text.size();) {
    const char c = text[i];
    bool decorated = false;
    for (std::string_view sign : kDecorations) {
      if (text.substr(i, sign.size()) == sign) {
        i += sign.size();
        decorated = true;
        break;
      }
    }
    if (decorated) continue;
    if (is_digit(c) || c == '.' || c == ',' || c == '\'') {
      if (ended) return std::nullopt;
      if (c != '\'') bare.text += c;
    } else if (c == '-' || text.substr(i, 3) == "\xE2\x88\x92") {
      if (bare.negative || !bare.text.empty()) return std::nullopt;
      bare.negative = true;
      if (c != '-') i += 2;
    } else if (c == '+' && bare.text.empty()) {
      // a leading plus
    } else if ((c == '%' || c == '+') && !bare.text.empty()) {
      ended = true;
    } else if (std::isalpha(static_cast<unsigned char>(c)) != 0) {
      if (++letters > 3) return std::nullopt;  // a currency code at most
    } else if (!is_space(c)) {
      return std::nullopt;
    }
    ++i;
  }
  if (letters != 0 && letters != 3 && letters != 2) return std::nullopt;  // USD, CN¥, US$
  bool has_digit = false;
  for (char c : bare.text) has_digit = has_digit || is_digit(c);
  if (!has_digit) return std::nullopt;
  return bare;
}

// Where the decimal sign stands in the bare text, or npos. Nothing if the grouping is broken ("1,23,4.5" is Indian,
// allowed).
std::optional<size_t> decimal_sign(const std::string& bare, NumberStyle style) {
  const size_t last_point = bare.rfind('.');
  const size_t last_comma = bare.rfind(',');
  const size_t none = std::string::npos;
  if (last_point == none && last_comma == none) return none;
  if (last_point != none && last_comma != none) {
    const char decimal = last_point > last_comma ? '.' : ',';
    if (bare.find(decimal) != bare.rfind(decimal)) return std::nullopt;
    return std::max(last_point, last_comma);
  }
  const char sign = last_point != none ? '.' : ',';
  const size_t last = last_point != none ? last_point : last_comma;
  if (bare.find(sign) != last) {  // several of one kind: they group
    return bare.size() - last == 4 ? std::optional<size_t>(none) : std::nullopt;
  }
  const bool could_group = bare.size() - last == 4 && last >= 1 && last <= 3 && !(last == 1 && bare[0] == '0');
  if (!could_group) return last;
  const char decimal = style == NumberStyle::kPoint ? '.' : ',';
  return sign == decimal ? last : none;
}

}  // namespace

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
  while (text.size() >= 2 && text.substr(0, 2) == "\xC2\xA0") text.remove_prefix(2);
  while (text.size() >= 2 && text.substr(text.size() - 2) == "\xC2\xA0") text.remove_suffix(2);
  return text;
}

bool is_missing(std::string_view text) {
  text = trimmed(text);
  if (text.empty()) return true;
  static constexpr std::array<std::string_view, 13> kWords = {"--",   "-",    "—",    "–",      "N/A",  "n/a",    "NA",
                                                              "null", "NULL", "None", "未提供", "暂无", "unknown"};
  for (std::string_view word : kWords)
    if (text == word) return true;
  return false;
}

std::optional<int64_t> parse_scaled(std::string_view text, NumberStyle style, int scale) {
  // The common case first: digits, at most one point, no grouping.
  const auto bare = bare_number(text);
  if (!bare) return std::nullopt;
  const auto decimal = decimal_sign(bare->text, style);
  if (!decimal) return std::nullopt;
  constexpr int64_t kMax = std::numeric_limits<int64_t>::max();
  int64_t value = 0;
  int fraction_digits = 0;
  bool in_fraction = false;
  bool rounded = false;
  for (size_t i = 0; i < bare->text.size(); ++i) {
    if (i == *decimal) {
      in_fraction = true;
      continue;
    }
    const char c = bare->text[i];
    if (!is_digit(c)) continue;
    const int digit = c - '0';
    if (in_fraction && fraction_digits == scale) {
      if (!rounded && digit >= 5) ++value;
      rounded = true;
      continue;
    }
    if (value > (kMax - digit) / 10) return std::nullopt;
    value = value * 10 + digit;
    if (in_fraction) ++fraction_digits;
  }
  for (; fraction_digits < scale; ++fraction_digits) {
    if (value > kMax / 10) return std::nullopt;
    value *= 10;
  }
  return bare->negative ? -value : value;
}

std::optional<double> parse_real(std::string_view text, NumberStyle style) {
  const auto scaled = parse_scaled(text, style, 6);
  if (!scaled) return std::nullopt;
  return static_cast<double>(*scaled) / 1e6;
}

std::optional<int64_t> parse_count(std::string_view text, NumberStyle style) {
  const std::string_view t = trimmed(text);
  if (!t.empty() && t.size() <= 9) {  // plain digits, which nearly every count is
    int64_t value = 0;
    bool plain = true;
    for (char c : t) {
      plain = plain && is_digit(c);
      value = value * 10 + (c - '0');
    }
    if (plain) return value;
  }
  const auto scaled = parse_scaled(text, style, 4);
  if (!scaled || *scaled % 10'000 != 0) return std::nullopt;
  return *scaled / 10'000;
}

std::optional<NumberStyle> style_shown_by(std::string_view text) {
  const auto bare = bare_number(text);
  if (!bare) return std::nullopt;
  const auto by_point = decimal_sign(bare->text, NumberStyle::kPoint);
  const auto by_comma = decimal_sign(bare->text, NumberStyle::kComma);
  if (!by_point || by_point != by_comma) return std::nullopt;
  if (*by_point == std::string::npos) return std::nullopt;
  return bare->text[*by_point] == ',' ? NumberStyle::kComma : NumberStyle::kPoint;
}

}  // namespace destock
