#include "account/damaged_sku.h"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <iterator>

#include "base/ascii.h"

namespace destock::account {
namespace {

constexpr std::string_view kLost = "\xEF\xBF\xBD";
constexpr size_t kKeptDigits = 15;  // a spreadsheet's numbers have no more

// A number in scientific notation: its digits without point, and its exponent.
struct Rounded {
  std::string digits;
  size_t exponent = 0;
};

std::optional<Rounded> rounded(std::string_view sku) {
  const size_t e = sku.find_first_of("Ee");
  if (e == std::string_view::npos || e == 0 || !is_digit(sku.front())) return std::nullopt;
  std::string_view exponent = sku.substr(e + 1);
  const std::string_view mantissa = sku.substr(0, e);
  const bool plus = exponent.starts_with('+');
  if (plus) exponent.remove_prefix(1);
  // "5E10" may be a SKU; a sign or a point makes it a number.
  if (!plus && mantissa.find_first_of(".,") == std::string_view::npos) return std::nullopt;
  if (exponent.empty() || exponent.size() > 3 || !all_digits(exponent)) return std::nullopt;
  Rounded found;
  for (const char c : mantissa) {
    if (is_digit(c))
      found.digits += c;
    else if (c != '.' && c != ',')
      return std::nullopt;
  }
  found.exponent = static_cast<size_t>(std::atoi(std::string(exponent).c_str()));
  return found;
}

// The first `keep` digits of a number, rounded by the next.
std::string first_digits(std::string_view digits, size_t keep) {
  std::string kept(digits.substr(0, keep));
  if (digits.size() <= keep || digits[keep] < '5') return kept;
  for (size_t i = kept.size(); i-- > 0;) {
    if (kept[i] != '9') {
      ++kept[i];
      return kept;
    }
    kept[i] = '0';
  }
  return "1" + kept;  // 9.99 is 10.0 now: another exponent
}

// "1E5" is 100000 to a spreadsheet; other SKUs are themselves.
std::string as_number(std::string_view sku) {
  const size_t e = sku.find_first_of("Ee");
  constexpr size_t kMostZeros = 20;
  if (e == std::string_view::npos || !all_digits(sku.substr(0, e)) || !all_digits(sku.substr(e + 1)))
    return std::string(sku);
  const size_t zeros = std::strtoul(std::string(sku.substr(e + 1, 3)).c_str(), nullptr, 10);
  return zeros > kMostZeros ? std::string(sku) : std::string(sku.substr(0, e)) + std::string(zeros, '0');
}

bool is_rounded_from(const Rounded& number, std::string_view sku) {
  const std::string whole_number = as_number(sku);
  const std::string_view whole = whole_number;
  if (!all_digits(whole)) return false;
  const std::string_view plain = whole.substr(std::min(whole.find_first_not_of('0'), whole.size()));
  return plain.size() == number.exponent + 1 && first_digits(plain, number.digits.size()) == number.digits;
}

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

bool has_marks(std::string_view sku) {
  return sku.find('?') != std::string_view::npos || sku.find(kLost) != std::string_view::npos;
}

size_t mark_at(std::string_view text) {
  if (text.starts_with('?')) return 1;
  return text.starts_with(kLost) ? kLost.size() : 0;
}

// Marks stand for letters beyond ASCII, one or more; all else must be the same.
bool is_marked_from(std::string_view damaged, std::string_view whole) {
  while (!damaged.empty()) {
    size_t mark = mark_at(damaged);
    if (mark == 0) {
      if (whole.empty() || whole.front() != damaged.front()) return false;
      damaged.remove_prefix(1);
      whole.remove_prefix(1);
      continue;
    }
    for (; mark > 0; mark = mark_at(damaged)) damaged.remove_prefix(mark);
    size_t letters = 0;
    while (letters < whole.size() && (static_cast<unsigned char>(whole[letters]) & 0x80) != 0) ++letters;
    if (letters == 0) return false;
    whole.remove_prefix(letters);
  }
  return whole.empty();
}

int month_of(std::string_view word) {
  static constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                               "jul", "aug", "sep", "oct", "nov", "dec"};
  const std::string lower = ascii_lower(word);
  for (size_t i = 0; i < kMonths.size(); ++i)
    if (lower == kMonths[i]) return static_cast<int>(i) + 1;
  return 0;
}

// Runs of digits and of letters; nothing where there is more than two, or another sign than those that divide.
struct Part {
  std::string text;
  bool digits = false;
};
std::vector<Part> parts_of(std::string_view sku) {
  std::vector<Part> parts;
  for (size_t i = 0; i < sku.size();) {
    const auto same = [&](char c) { return is_digit(sku[i]) ? is_digit(c) : is_ascii_letter(c); };
    if (is_digit(sku[i]) || is_ascii_letter(sku[i])) {
      size_t end = i;
      while (end < sku.size() && same(sku[end])) ++end;
      parts.push_back({std::string(sku.substr(i, end - i)), is_digit(sku[i])});
      i = end;
    } else if (std::string_view("-/. ").find(sku[i]) != std::string_view::npos && i > 0) {
      ++i;
    } else {
      return {};
    }
    if (parts.size() > 2) return {};
  }
  return parts;
}

struct MonthAnd {
  int month = 0, other = 0;
};

// 2-Jan, Jan-02, 1月2日: a month and a day, or a year's last digits.
std::optional<MonthAnd> shown_date(std::string_view sku) {
  if (const size_t month = sku.find("月"); month != std::string_view::npos && sku.ends_with("日")) {
    const std::string_view first = sku.substr(0, month);
    const std::string_view second = sku.substr(month + 3, sku.size() - month - 6);
    if (all_digits(first) && all_digits(second) && first.size() <= 2 && second.size() <= 2)
      return MonthAnd{std::atoi(std::string(first).c_str()), std::atoi(std::string(second).c_str())};
    return std::nullopt;
  }
  if (sku.size() < 5 || sku.size() > 6 || sku.find('-') == std::string_view::npos) return std::nullopt;
  const auto parts = parts_of(sku);
  if (parts.size() != 2 || parts[0].digits == parts[1].digits) return std::nullopt;
  const Part& name = parts[0].digits ? parts[1] : parts[0];
  const Part& number = parts[0].digits ? parts[0] : parts[1];
  const int month = month_of(name.text);
  // As a spreadsheet writes it: Jan, never JAN.
  const bool written = !name.text.empty() && name.text.front() <= 'Z' && name.text.back() >= 'a';
  if (month == 0 || !written || number.text.size() > 2) return std::nullopt;
  return MonthAnd{month, std::atoi(number.text.c_str())};
}

bool is_date_from(const MonthAnd& date, std::string_view whole) {
  const auto parts = parts_of(whole);
  if (parts.size() != 2 || shown_date(whole)) return false;
  const auto number = [](const Part& part) { return part.text.size() > 4 ? -1 : std::atoi(part.text.c_str()); };
  const auto is = [&](int month, int other) { return month == date.month && other % 100 == date.other; };
  if (parts[0].digits && parts[1].digits)
    return is(number(parts[0]), number(parts[1])) || is(number(parts[1]), number(parts[0]));
  if (parts[0].digits == parts[1].digits) return false;
  const Part& name = parts[0].digits ? parts[1] : parts[0];
  return is(month_of(name.text), number(parts[0].digits ? parts[0] : parts[1]));
}

bool lost_last_digits(std::string_view sku) {
  return all_digits(sku) && sku.size() > kKeptDigits &&
         sku.find_first_not_of('0', kKeptDigits) == std::string_view::npos;
}

}  // namespace

SkuDamage damage_of(std::string_view sku) {
  if (rounded(sku)) return SkuDamage::kRounded;
  if (has_marks(sku)) return SkuDamage::kMarks;
  if (lost_last_digits(sku)) return SkuDamage::kDigits;
  if (all_digits(sku) && sku.front() != '0') return SkuDamage::kZeros;
  if (shown_date(sku)) return SkuDamage::kDate;
  return SkuDamage::kNone;
}

Text damage_said(SkuDamage damage) {
  switch (damage) {
    case SkuDamage::kNone: return {};
    case SkuDamage::kRounded:
      return {"a spreadsheet has rounded it to scientific notation", "被表格软件转成了科学计数法"};
    case SkuDamage::kZeros: return {"a spreadsheet takes the zeros before it away", "表格软件会去掉前面的零"};
    case SkuDamage::kDigits:
      return {"a spreadsheet keeps 15 digits and writes zeros for the rest", "表格软件只保留 15 位数字，其余变为零"};
    case SkuDamage::kMarks: return {"letters of it were lost when the file was saved", "保存文件时丢失了其中的文字"};
    case SkuDamage::kDate: return {"a spreadsheet has made a date of it", "被表格软件转成了日期"};
  }
  return {};
}

bool can_mean(std::string_view damaged, std::string_view whole) {
  if (damaged == whole) return false;
  switch (damage_of(damaged)) {
    case SkuDamage::kNone: return false;
    case SkuDamage::kRounded: return is_rounded_from(*rounded(damaged), whole);
    case SkuDamage::kMarks: return is_marked_from(damaged, whole);
    case SkuDamage::kDate: return is_date_from(*shown_date(damaged), whole);
    case SkuDamage::kDigits:
      return all_digits(whole) && whole.size() == damaged.size() &&
             whole.substr(0, kKeptDigits) == damaged.substr(0, kKeptDigits);
    case SkuDamage::kZeros: return all_digits(whole) && whole.starts_with('0') && without_zeros(whole) == damaged;
  }
  return false;
}

KnownSkus::KnownSkus(std::vector<std::string> skus) : skus_(std::move(skus)) {
  for (size_t i = 0; i < skus_.size(); ++i) {
    all_.emplace(skus_[i], i);
    if (all_digits(skus_[i]) && skus_[i].starts_with('0'))
      without_zeros_.emplace(std::string(without_zeros(skus_[i])), i);
  }
}

namespace {

// Small letters, narrow signs (U+FF01 to U+FF5E are the wide ones), one kind of dash.
std::string spelled(std::string_view sku) {
  constexpr std::string_view kDashes[] = {"\xE2\x80\x90", "\xE2\x80\x91", "\xE2\x80\x92",
                                          "\xE2\x80\x93", "\xE2\x80\x94", "\xE2\x88\x92"};
  std::string out;
  for (size_t i = 0; i < sku.size();) {
    const std::string_view three = sku.substr(i, 3);
    if (std::find(std::begin(kDashes), std::end(kDashes), three) != std::end(kDashes)) {
      out += '-';
      i += 3;
      continue;
    }
    const auto at = [&](size_t k) { return static_cast<unsigned char>(three[k]); };
    const bool wide = three.size() == 3 && at(0) == 0xEF && (at(1) == 0xBC || at(1) == 0xBD);
    const unsigned code = wide ? (at(1) - 0xBCu) * 64 + (at(2) - 0x80u) + 0x20 : 0;
    if (code > 0x20 && code < 0x7F) {
      out += static_cast<char>(code);
      i += 3;
    } else {
      out += sku[i++];
    }
  }
  return ascii_lower(out);
}

}  // namespace

std::optional<std::string> KnownSkus::meant_by(std::string_view sku) const {
  if (has(sku)) return std::nullopt;
  if (damage_of(sku) != SkuDamage::kNone) return other_than(sku);
  if (!spelled_) {
    spelled_.emplace();
    for (size_t i = 0; i < skus_.size(); ++i) spelled_->emplace(spelled(skus_[i]), i);
  }
  const auto [begin, end] = spelled_->equal_range(spelled(sku));
  if (begin == end || std::next(begin) != end) return std::nullopt;
  return skus_[begin->second];
}

std::vector<std::string> KnownSkus::with_zeros(std::string_view sku) const {
  std::vector<std::string> all;
  const auto [begin, end] = without_zeros_.equal_range(std::string(sku));
  for (auto it = begin; it != end; ++it) all.push_back(skus_[it->second]);
  std::sort(all.begin(), all.end());
  return all;
}

std::optional<std::string> KnownSkus::other_than(std::string_view sku) const {
  const SkuDamage damage = damage_of(sku);
  if (damage == SkuDamage::kNone) return std::nullopt;
  if (damage == SkuDamage::kZeros) {
    const auto [begin, end] = without_zeros_.equal_range(std::string(sku));
    if (begin == end || std::next(begin) != end) return std::nullopt;
    return skus_[begin->second];
  }
  // Each other kind is looked for among all: a file of nothing else is no file that a search would mend.
  constexpr size_t kMostSearches = 2'000;
  if (++looked_through_ > kMostSearches) return std::nullopt;
  const std::string* found = nullptr;
  for (const std::string& known : skus_) {
    if (!can_mean(sku, known)) continue;
    if (found) return std::nullopt;
    found = &known;
  }
  return found ? std::optional(*found) : std::nullopt;
}

}  // namespace destock::account
