#include "ingest/cost_sheet/cost_header.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <iterator>

#include "base/ascii.h"
#include "base/number.h"
#include "ingest/cost_sheet/cost_currency.h"
#include "ingest/header.h"

namespace destock::ingest {
namespace {

constexpr int64_t kDozen = 12;
constexpr size_t kMostDigits = 4;  // of how many units a price may be

bool has_ideograph(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE4; });
}

}  // namespace

CostHeader::CostHeader(const ReadContext& context)
    : context_(context),
      one_(context.names, "one_unit"),
      several_(context.names, "several_units"),
      dozen_(context.names, "dozen"),
      other_(context.names, "no_unit"),
      hundredths_(context.names, "hundredth") {
  const CellWords japanese(context.names, "japanese_cost_column");
  for (const std::string& name : context.header) {
    japanese_ = japanese_ || has_kana(name) || japanese.in(name);
    chinese_ = chinese_ || has_ideograph(name);
  }
  chinese_ = chinese_ && !japanese_;
}

std::string CostHeader::within_brackets(std::string_view column) const {
  constexpr std::string_view kOpens[] = {"(", "（", "[", "【"}, kCloses[] = {")", "）", "]", "】"};
  std::string inside;
  for (size_t i = 0; i < std::size(kOpens); ++i)
    for (size_t at = column.find(kOpens[i]); at != std::string_view::npos; at = column.find(kOpens[i], at)) {
      at += kOpens[i].size();
      const size_t end = column.find(kCloses[i], at);
      if (!inside.empty()) inside += ' ';
      inside += column.substr(at, end == std::string_view::npos ? end : end - at);
    }
  return ascii_lower(inside);
}

PerUnits CostHeader::of_word(std::string_view word) const {
  const std::string_view first = word.substr(0, word.find_first_of(" ,;"));
  for (const std::string_view said : {word, first}) {
    if (one_.is(said)) return {};
    if (dozen_.is(said)) return {PerUnits::Of::kSeveral, kDozen};
    if (several_.is(said)) return {PerUnits::Of::kCarton, 1};
    if (other_.is(said)) return {PerUnits::Of::kOther, 1};
  }
  return {PerUnits::Of::kUnknown, 1};
}

PerUnits CostHeader::per(std::string_view column) const {
  const std::string inside = within_brackets(column);
  size_t at = 0;  // after "/", "per "
  for (const std::string& sign : context_.names.words_for("rate_sign")) {
    const size_t found = inside.rfind(sign);
    const bool begins = found != std::string::npos && (found == 0 || !is_ascii_letter(inside[found - 1]));
    if (begins || (found != std::string::npos && sign == "/")) at = std::max(at, found + sign.size());
  }
  if (at == 0) {
    const PerUnits whole = of_word(inside);
    return whole.of == PerUnits::Of::kCarton ? whole : PerUnits{};
  }
  const std::string_view rest = trimmed(std::string_view(inside).substr(at));
  size_t digits = 0;
  while (digits < rest.size() && std::isdigit(static_cast<unsigned char>(rest[digits])) != 0) ++digits;
  if (digits == 0) return of_word(rest);
  const std::string_view word = trimmed(rest.substr(digits));
  const int64_t units = std::atoll(std::string(rest.substr(0, std::min(digits, kMostDigits))).c_str());
  const bool of_units = fold_header(word).empty() || one_.is(word) || several_.is(word);
  if (!of_units || units == 0 || digits > kMostDigits) return {PerUnits::Of::kUnknown, 1};
  return units == 1 && several_.is(word) ? of_word(word) : PerUnits{PerUnits::Of::kSeveral, units};
}

bool CostHeader::in_hundredths(std::string_view column) const {
  const std::string inside = within_brackets(column);
  for (size_t begin = 0; begin < inside.size();) {
    const size_t end = std::min(inside.find_first_of(" /,;", begin), inside.size());
    if (hundredths_.is(std::string_view(inside).substr(begin, end - begin))) return true;
    begin = end + 1;
  }
  return false;
}

bool CostHeader::says_landed(size_t column) const {
  const std::string_view name = context_.layout->name_of(column);
  return CellWords(context_.names, "landed_cost_column").is(name) ||
         CellWords(context_.names, "landed_in_brackets").in(within_brackets(name));
}

std::set<std::string> CostHeader::named_in(size_t column) const {
  std::set<std::string> named;
  const int at = context_.layout->position[column];
  for (const auto& row : context_.sample)
    if (at >= 0 && static_cast<size_t>(at) < row.size())
      if (const auto currency = currency_in(row[static_cast<size_t>(at)])) named.insert(currency->str());
  return named;
}

bool CostHeader::repeats_above(size_t column, size_t sku_column) const {
  const int at = context_.layout->position[column], sku = context_.layout->position[sku_column];
  if (at < 0 || sku < 0 || context_.sample.empty()) return false;
  const auto cell = [](const std::vector<std::string>& row, int position) {
    return static_cast<size_t>(position) < row.size() ? trimmed(row[static_cast<size_t>(position)])
                                                      : std::string_view();
  };
  if (cell(context_.sample.front(), at).empty()) return false;
  std::set<std::string_view> blank;
  for (const auto& row : context_.sample)
    if (cell(row, at).empty() && !cell(row, sku).empty() && !blank.insert(cell(row, sku)).second) return true;
  return false;
}

}  // namespace destock::ingest
