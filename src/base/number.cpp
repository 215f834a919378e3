#include "base/number.h"

#include <algorithm>
#include <array>
#include <limits>
#include <string>

#include "base/ascii.h"

namespace destock {
namespace {

bool is_space(char c) {
  return c == ' ' || c == '\t' || c == '\r' || c == '\n' || c == '\f' || c == '\v';
}

// A number without what may stand beside it: digits, and '.' and ',' as they were written.
struct Bare {
  std::string text;
  bool negative = false;
};

constexpr std::array<std::string_view, 9> kSigns = {"$", "€", "£", "¥", "￥", "₹", "₺", "元", "円"};
constexpr std::array<std::string_view, 36> kCodes = {"USD", "CNY", "RMB", "EUR", "GBP", "JPY", "CAD", "MXN", "BRL",
                                                     "AUD", "SEK", "PLN", "TRY", "AED", "SAR", "EGP", "INR", "SGD",
                                                     "HKD", "TWD", "KRW", "CHF", "DKK", "NOK", "CZK", "HUF", "RON",
                                                     "ZAR", "THB", "VND", "IDR", "MYR", "PHP", "NZD", "ILS", "COP"};
constexpr std::array<std::string_view, 12> kMoneyWords = {"人民币", "美元", "欧元", "英镑", "日元", "加元",
                                                          "zł",     "kr.",  "kr",   "TL",   "Kč",   "lei"};
// After a slash: an amount for one of them.
constexpr std::array<std::string_view, 9> kPieces = {"个", "件", "只", "套", "pcs", "pc", "PCS", "unit", "piece"};
// Words that say what every such column is in. None that changes the value: weeks, k, 万, kg.
constexpr std::array<std::string_view, 15> kUnits = {"个工作日", "工作日", "天",   "日",  "件",  "个", "套", "只",
                                                     "days",     "day",    "Days", "pcs", "PCS", "d",  "D"};
constexpr std::array<std::string_view, 3> kSpaces = {"\xC2\xA0", "\xE2\x80\xAF",
                                                     "\xE2\x80\x89"};  // no-break, narrow, thin

bool take(std::string_view& text, std::string_view word) {
  if (!text.starts_with(word)) return false;
  text.remove_prefix(word.size());
  return true;
}

template <size_t N>
bool take_one_of(std::string_view& text, const std::array<std::string_view, N>& words) {
  for (std::string_view word : words)
    if (take(text, word)) return true;
  return false;
}

bool take_space(std::string_view& text) {
  if (!text.empty() && is_space(text.front())) {
    text.remove_prefix(1);
    return true;
  }
  return take_one_of(text, kSpaces);
}

void skip_spaces(std::string_view& text) {
  while (take_space(text)) {
  }
}

// A currency: a sign, letters with a sign ("US$", "CN¥", "R$"), a code in either case, a Chinese word.
bool take_currency(std::string_view& text) {
  if (take_one_of(text, kMoneyWords) || take_one_of(text, kSigns)) return true;
  size_t letters = 0;
  while (letters < text.size() && is_ascii_letter(text[letters])) ++letters;
  if (letters == 0 || letters > 3) return false;
  std::string_view after = text.substr(letters);
  if (letters <= 2) {
    if (!take_one_of(after, kSigns)) return false;
  } else {
    std::string code(text.substr(0, letters));
    for (char& c : code) c = c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    if (std::find(kCodes.begin(), kCodes.end(), code) == kCodes.end()) return false;
    take_one_of(after, kSigns);  // "USD$"
  }
  text = after;
  return true;
}

// What stands before the first digit: a sign, a currency, "about", the apostrophe by which a sheet marks text.
bool take_before(std::string_view& text, bool& negative) {
  bool sign = false;
  bool currency = false;
  if (!take(text, "约")) take(text, "'");
  while (!text.empty() && !is_digit(text.front()) && text.front() != '.' && text.front() != ',') {
    if (take_space(text)) continue;
    if (!sign && (take(text, "-") || take(text, "\xE2\x88\x92"))) {
      if (negative) return false;  // "(-5)"
      sign = negative = true;
    } else if (!sign && take(text, "+")) {
      sign = true;
    } else if (!currency && take_currency(text)) {
      currency = true;
    } else {
      return false;
    }
  }
  return true;
}

bool three_digits_and_no_more(std::string_view text) {
  return text.size() >= 3 && is_digit(text[0]) && is_digit(text[1]) && is_digit(text[2]) &&
         (text.size() == 3 || !is_digit(text[3]));
}

// Digits, points and commas; a space or an apostrophe only where it groups thousands, all in the same way.
bool take_digits(std::string_view& text, std::string& digits) {
  std::string_view group;  // the space or apostrophe that groups
  size_t in_group = 0;     // digits since the last of them
  while (!text.empty()) {
    const char c = text.front();
    if (is_digit(c) || c == '.' || c == ',') {
      digits += c;
      in_group = is_digit(c) ? in_group + 1 : 0;
      text.remove_prefix(1);
      continue;
    }
    std::string_view rest = text;
    if (!take_space(rest) && !take(rest, "'")) break;
    if (rest.empty() || !is_digit(rest.front())) break;  // what follows the number
    const std::string_view found = text.substr(0, text.size() - rest.size());
    const bool separated = digits.find_first_of(".,") != std::string::npos;
    if (separated || in_group == 0 || in_group > 3 || !three_digits_and_no_more(rest)) return false;
    if (!group.empty() && (found != group || in_group != 3)) return false;
    group = found;
    in_group = 0;
    text = rest;
  }
  return digits.find_first_of("0123456789") != std::string::npos;
}

// What stands after the last digit: a currency, a unit that changes nothing, "/个", % or +.
bool take_after(std::string_view text) {
  skip_spaces(text);
  if (!take_currency(text)) take_one_of(text, kUnits);
  skip_spaces(text);
  if (take(text, "/") && !take_one_of(text, kPieces)) return false;
  take(text, "左右");
  if (!take(text, "%")) take(text, "+");
  skip_spaces(text);
  return text.empty();
}

// "１，２３４．５０": digits and signs as wide as ideographs (U+FF01 to U+FF5E), in three bytes each, as plain ones.
std::string narrow(std::string_view text) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    const auto at = [&](size_t k) { return static_cast<unsigned char>(text[i + k]); };
    if (i + 2 < text.size() && at(0) == 0xEF && (at(1) == 0xBC || at(1) == 0xBD)) {
      const unsigned code = (at(1) - 0xBCu) * 64 + (at(2) - 0x80u) + 0xFF00;
      const char plain = static_cast<char>(code - 0xFF00 + 0x20);
      if (code >= 0xFF01 && code <= 0xFF5E &&
          std::string_view("0123456789.,+-%()").find(plain) != std::string_view::npos) {
        out += plain;
        i += 2;
        continue;
      }
    }
    out += text[i];
  }
  return out;
}

std::optional<Bare> bare_number(std::string_view text) {
  Bare bare;
  text = trimmed(text);
  if (text.size() > 64) return std::nullopt;
  const bool wide = text.find("\xEF\xBC") != std::string_view::npos;
  const std::string plain = wide ? narrow(text) : std::string();
  if (wide) text = trimmed(plain);
  if (text.size() >= 2 && text.front() == '(' && text.back() == ')') {
    bare.negative = true;
    text = trimmed(text.substr(1, text.size() - 2));
  }
  if (!take_before(text, bare.negative) || !take_digits(text, bare.text) || !take_after(text)) return std::nullopt;
  return bare;
}

// Whole digits in groups: the first of one to three, the others of three; or of two but the last (Indian).
bool well_grouped(std::string_view whole, char sign) {
  std::array<size_t, 24> groups{};
  size_t count = 0;
  size_t in_group = 0;
  for (char c : whole) {
    if (c != sign) {
      ++in_group;
      continue;
    }
    if (count == groups.size()) return false;
    groups[count++] = in_group;
    in_group = 0;
  }
  if (count == 0) return true;
  if (in_group != 3 || groups[0] < 1 || groups[0] > 3) return false;
  bool threes = true;
  bool twos = groups[0] <= 2;
  for (size_t i = 1; i < count; ++i) {
    threes = threes && groups[i] == 3;
    twos = twos && groups[i] == 2;
  }
  return threes || twos;
}

// Where the decimal sign stands in the bare text, or npos. Nothing if the grouping is broken.
std::optional<size_t> decimal_sign(const std::string& bare, NumberStyle style) {
  const size_t last_point = bare.rfind('.');
  const size_t last_comma = bare.rfind(',');
  const size_t none = std::string::npos;
  if (last_point == none && last_comma == none) return none;
  if (last_point != none && last_comma != none) {
    const bool point = last_point > last_comma;
    const size_t last = std::max(last_point, last_comma);
    if (bare.find(point ? '.' : ',') != last) return std::nullopt;
    if (!well_grouped(std::string_view(bare).substr(0, last), point ? ',' : '.')) return std::nullopt;
    return last;
  }
  const char sign = last_point != none ? '.' : ',';
  const size_t last = last_point != none ? last_point : last_comma;
  if (bare.find(sign) != last)  // several of one kind: they group
    return well_grouped(bare, sign) ? std::optional<size_t>(none) : std::nullopt;
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
  static constexpr std::array<std::string_view, 20> kWords = {"--",   "-",    "—",    "–",      "N/A",  "n/a",    "NA",
                                                              "null", "NULL", "None", "none",   "nan",  "NaN",    "NAN",
                                                              "#N/A", "#NA",  "<NA>", "未提供", "暂无", "unknown"};
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
