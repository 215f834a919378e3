#include "base/date.h"

#include <array>
#include <cctype>
#include <vector>

#include "base/ascii.h"

namespace destock {
namespace {

using std::chrono::year_month_day;

std::optional<Date> real_date(int year, int month, int day) {
  if (year < 1970 || year > 2999 || month < 1 || month > 12 || day < 1) return std::nullopt;
  const year_month_day ymd{std::chrono::year(year), std::chrono::month(static_cast<unsigned>(month)),
                           std::chrono::day(static_cast<unsigned>(day))};
  if (!ymd.ok()) return std::nullopt;
  return Date(ymd);
}

struct Token {
  bool is_number;
  int value;  // of a number, or the month of a name (1–12)
  size_t digits;
};

// By the beginning of its name in the languages that reports come in.
std::optional<int> month_of_name(std::string_view word) {
  struct Name {
    std::string_view begins;
    int month;
  };
  static constexpr Name kNames[] = {{"jan", 1},  {"gen", 1},  {"ene", 1},  {"feb", 2},  {"fév", 2},  {"mar", 3},
                                    {"mär", 3},  {"apr", 4},  {"avr", 4},  {"abr", 4},  {"may", 5},  {"mai", 5},
                                    {"mag", 5},  {"mei", 5},  {"jun", 6},  {"juin", 6}, {"giu", 6},  {"jul", 7},
                                    {"juil", 7}, {"lug", 7},  {"aug", 8},  {"aoû", 8},  {"ago", 8},  {"sep", 9},
                                    {"set", 9},  {"oct", 10}, {"okt", 10}, {"ott", 10}, {"nov", 11}, {"dec", 12},
                                    {"déc", 12}, {"dez", 12}, {"dic", 12}, {"mrt", 3},  {"maa", 3},  {"maj", 5}};
  std::string lower;
  for (char c : word) lower += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  for (const Name& name : kNames)
    if (lower.starts_with(name.begins)) return name.month;
  return std::nullopt;
}

// The first three tokens of a date; anything after them (a time of day) is left alone.
std::vector<Token> date_tokens(std::string_view text) {
  std::vector<Token> tokens;
  size_t i = 0;
  while (i < text.size() && tokens.size() < 3) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (is_digit(text[i])) {
      const size_t start = i;
      int value = 0;
      while (i < text.size() && is_digit(text[i]) && i - start < 9) value = value * 10 + (text[i++] - '0');
      tokens.push_back({true, value, i - start});
    } else if (std::isalpha(c) != 0) {
      const size_t start = i;
      // Letters beyond ASCII within a word: "déc", "août".
      while (i < text.size() &&
             (std::isalpha(static_cast<unsigned char>(text[i])) != 0 || static_cast<unsigned char>(text[i]) >= 0x80))
        ++i;
      const auto month = month_of_name(text.substr(start, i - start));
      if (!month) return {};
      tokens.push_back({false, *month, 0});
    } else {
      ++i;  // separators: - / . , space, and the bytes of 年 月 日
    }
  }
  return tokens;
}

int full_year(const Token& token) {
  return token.digits <= 2 ? 2000 + token.value : token.value;
}

std::optional<int> two_digits(std::string_view text, size_t at) {
  if (at + 2 > text.size() || !is_digit(text[at]) || !is_digit(text[at + 1])) return std::nullopt;
  return (text[at] - '0') * 10 + (text[at + 1] - '0');
}

}  // namespace

Date first_of_month(Date date) {
  const year_month_day ymd(date);
  return Date(ymd.year() / ymd.month() / std::chrono::day(1));
}

Date first_of_next_month(Date date) {
  const year_month_day ymd(date);
  return Date((ymd.year() / ymd.month() + std::chrono::months(1)) / std::chrono::day(1));
}

unsigned days_in_month(Date date) {
  return static_cast<unsigned>(days_between(first_of_month(date), first_of_next_month(date)));
}

std::string iso(Date date) {
  const year_month_day ymd(date);
  const int year = int(ymd.year());
  const unsigned month = unsigned(ymd.month());
  const unsigned day = unsigned(ymd.day());
  std::string text = std::to_string(year);
  text += month < 10 ? "-0" : "-";
  text += std::to_string(month);
  text += day < 10 ? "-0" : "-";
  text += std::to_string(day);
  return text;
}

std::optional<Date> parse_iso_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  const auto century = two_digits(text, 0);
  const auto year = two_digits(text, 2);
  const auto month = two_digits(text, 5);
  const auto day = two_digits(text, 8);
  if (!century || !year || !month || !day) return std::nullopt;
  return real_date(*century * 100 + *year, *month, *day);
}

namespace {

// 46354, 46354.4375: the day as a spreadsheet counts it, from 2000 to 2099.
std::optional<Date> serial_day(std::string_view text) {
  while (!text.empty() && text.back() == ' ') text.remove_suffix(1);
  while (!text.empty() && text.front() == ' ') text.remove_prefix(1);
  constexpr size_t kDigits = 5;
  if (text.size() < kDigits || (text.size() > kDigits && (text[kDigits] != '.' || text.size() == kDigits + 1)))
    return std::nullopt;
  int64_t day = 0;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == kDigits) continue;
    if (!is_digit(text[i])) return std::nullopt;
    if (i < kDigits) day = day * 10 + (text[i] - '0');
  }
  constexpr int64_t kFirst = 36'526, kEnd = 73'051, kOf1970 = 25'569;
  if (day < kFirst || day >= kEnd) return std::nullopt;
  return date_of_day_number(day - kOf1970);
}

}  // namespace

namespace {

// 令和8年11月22日, 令和元年5月1日: years of the reign that began in 2019.
std::optional<Date> day_of_reign(std::string_view text) {
  constexpr std::string_view kReiwa = "令和", kFirst = "元";
  const size_t at = text.find(kReiwa);
  if (at == std::string_view::npos) return std::nullopt;
  std::string rest(text.substr(at + kReiwa.size()));
  if (rest.starts_with(kFirst)) rest.replace(0, kFirst.size(), "1");
  const auto tokens = date_tokens(rest);
  constexpr int kBefore = 2018;
  if (tokens.size() < 3 || !tokens[0].is_number || !tokens[1].is_number || !tokens[2].is_number) return std::nullopt;
  return real_date(kBefore + tokens[0].value, tokens[1].value, tokens[2].value);
}

}  // namespace

std::optional<Date> parse_report_date(std::string_view text, DateOrder order) {
  if (const auto day = day_of_reign(text)) return day;
  if (const auto serial = serial_day(text)) return serial;
  const auto tokens = date_tokens(text);
  if (tokens.empty()) return std::nullopt;
  if (tokens[0].is_number && tokens[0].digits == 8) {
    const int value = tokens[0].value;
    return real_date(value / 10'000, value / 100 % 100, value % 100);
  }
  if (tokens.size() < 3) return std::nullopt;
  const Token& a = tokens[0];
  const Token& b = tokens[1];
  const Token& c = tokens[2];
  if (a.is_number && a.digits == 4) return real_date(a.value, b.value, c.is_number ? c.value : 0);
  if (!a.is_number) return b.is_number && c.is_number ? real_date(full_year(c), a.value, b.value) : std::nullopt;
  if (!c.is_number) return std::nullopt;
  if (!b.is_number) return real_date(full_year(c), b.value, a.value);
  return order == DateOrder::kMonthFirst ? real_date(full_year(c), a.value, b.value)
                                         : real_date(full_year(c), b.value, a.value);
}

bool is_month(std::string_view text) {
  const auto tokens = date_tokens(text);
  const auto year = [](const Token& t) { return t.is_number && t.digits == 4 && t.value >= 1990 && t.value < 2100; };
  const auto month = [](const Token& t) { return !t.is_number || (t.digits <= 2 && t.value >= 1 && t.value <= 12); };
  if (tokens.size() == 1)
    return tokens[0].is_number && tokens[0].digits == 6 && tokens[0].value / 100 >= 1990 &&
           tokens[0].value / 100 < 2100 && tokens[0].value % 100 >= 1 && tokens[0].value % 100 <= 12;
  // "Oct-26" is a month and the last digits of its year.
  if (tokens.size() == 2 && !tokens[0].is_number && tokens[1].is_number && tokens[1].digits == 2) return true;
  return tokens.size() == 2 && ((year(tokens[0]) && month(tokens[1])) || (month(tokens[0]) && year(tokens[1])));
}

std::optional<int64_t> parse_instant(std::string_view text) {
  // YYYY-MM-DDTHH:MM:SS[.fff](Z|±HH:MM|±HHMM); a space may stand for T.
  if (text.size() < 20 || (text[10] != 'T' && text[10] != ' ') || text[13] != ':' || text[16] != ':')
    return std::nullopt;
  const auto date = parse_iso_date(text.substr(0, 10));
  const auto hour = two_digits(text, 11);
  const auto minute = two_digits(text, 14);
  const auto second = two_digits(text, 17);
  if (!date || !hour || !minute || !second || *hour > 24 || *minute > 59 || *second > 60) return std::nullopt;
  int64_t seconds = day_number(*date) * kSecondsADay + *hour * 3600 + *minute * 60 + *second;
  size_t at = 19;
  if (at < text.size() && text[at] == '.') {
    ++at;
    while (at < text.size() && is_digit(text[at])) ++at;
  }
  if (at >= text.size()) return std::nullopt;
  if (text[at] == 'Z' || text[at] == 'z') return seconds;
  if (text[at] != '+' && text[at] != '-') return std::nullopt;
  const auto zone_hour = two_digits(text, at + 1);
  if (!zone_hour) return std::nullopt;
  const size_t minute_at = at + 3 < text.size() && text[at + 3] == ':' ? at + 4 : at + 3;
  const int zone_minute = two_digits(text, minute_at).value_or(0);
  const int64_t offset = *zone_hour * 3600 + zone_minute * 60;
  return text[at] == '+' ? seconds - offset : seconds + offset;
}

}  // namespace destock
