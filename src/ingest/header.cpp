#include "ingest/header.h"

#include <unicode/normalizer2.h>
#include <unicode/unistr.h>
#include <algorithm>

#include "base/ascii.h"
#include "base/number.h"
#include "ingest/cell_words.h"

namespace destock::ingest {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

std::string case_and_width_folded(std::string_view name) {
  if (is_ascii(name)) {
    std::string out(name);
    for (char& c : out)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
  }
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* folding = icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string out;
  if (U_FAILURE(error)) return std::string(name);
  folding
      ->normalize(icu::UnicodeString::fromUTF8(icu::StringPiece(name.data(), static_cast<int32_t>(name.size()))), error)
      .toUTF8String(out);
  return out;
}

std::string joined(std::span<const std::string> names) {
  std::string out;
  for (const std::string& name : names) add_to_list(out, name);
  return out;
}

}  // namespace

std::string fold_header(std::string_view name) {
  const std::string folded = case_and_width_folded(name);
  std::string out;
  int depth = 0;
  for (size_t i = 0; i < folded.size(); ++i) {
    const char c = folded[i];
    if (c == '(' || c == '[')
      ++depth;
    else if ((c == ')' || c == ']') && depth > 0)
      --depth;
    else if (depth > 0 || c == '-' || c == '_' || c == ' ' || c == '.' || c == ':' || c == '"' || c == '\'' ||
             (c > 0 && c <= ' ') || c == '*')
      continue;
    else if (folded.compare(i, 3, "\xEF\xBB\xBF") == 0)
      i += 2;
    else
      out += c;
  }
  // "(Child) ASIN": a name that is all brackets keeps what they hold.
  if (out.empty() && !folded.empty()) return folded;
  return out;
}

namespace {

// "(Child) ASIN", with what stands in the brackets.
std::string fold_whole(std::string_view name) {
  std::string out;
  for (const char c : case_and_width_folded(name))
    if (static_cast<unsigned char>(c) > 0x20 && c != '-' && c != '_' && c != '"' && c != '\'') out += c;
  return out;
}

struct Folded {
  std::vector<std::string> names;
  std::vector<std::string> whole;  // of those that begin with brackets; else empty
  std::vector<std::string> bare;   // without the currency at its end: "Unit cost USD"; empty: there is none
  std::vector<bool> old;           // by what stands in brackets: "采购成本（旧）"
};

// What stands in the first brackets.
std::string_view in_brackets(std::string_view name) {
  constexpr std::string_view kWide = "（";
  const size_t open = std::min(name.find('('), name.find(kWide));
  if (open == std::string_view::npos) return {};
  name.remove_prefix(open + (name[open] == '(' ? 1 : kWide.size()));
  return trimmed(name.substr(0, std::min(name.find(')'), name.find("）"))));
}

// "采购价/￥": in what a figure is, written without brackets.
std::string without_unit(std::string folded) {
  constexpr std::string_view kUnits[] = {"/¥",   "/元", "/人民币", "/美元", "/rmb", "/cny", "/usd", "/us$", "/$",
                                         "/eur", "/€",  "/gbp",    "/£",    "/件",  "/个",  "/pcs", "/unit"};
  for (const std::string_view unit : kUnits)
    if (folded.size() > unit.size() && folded.ends_with(unit)) return folded.substr(0, folded.size() - unit.size());
  return folded;
}

// "Unit Cost USD", "成本_USD", "Unit cost $": without the currency that stands at its end as a word of its own.
std::string without_currency(const std::string& name) {
  constexpr std::string_view kCodes[] = {"usd",  "cny",    "rmb", "eur", "gbp", "jpy", "cad",
                                         "美元", "人民币", "us$", "$",   "¥",   "€",   "£"};
  std::string folded = case_and_width_folded(name);
  while (!folded.empty() && static_cast<unsigned char>(folded.back()) <= ' ') folded.pop_back();
  for (const std::string_view code : kCodes) {
    if (folded.size() <= code.size() || !folded.ends_with(code)) continue;
    const std::string rest = folded.substr(0, folded.size() - code.size());
    if (!is_ascii_letter(rest.back())) return fold_header(rest);
  }
  return {};
}

Folded folded_names(std::span<const std::string> header, const account::ReportNames& known) {
  Folded folded;
  const CellWords old(known, "old_column");
  folded.names.reserve(header.size());
  // A figure by weight is none of a unit, whatever its name is otherwise.
  constexpr std::string_view kByWeight[] = {"/kg", "/公斤", "/千克", "每公斤", "每千克", "per kg"};
  for (const std::string& name : header) {
    const std::string lower = ascii_lower(name);
    const bool by_weight = std::any_of(std::begin(kByWeight), std::end(kByWeight),
                                       [&](std::string_view word) { return lower.find(word) != std::string::npos; });
    folded.names.push_back(by_weight ? std::string() : without_unit(fold_header(name)));
    folded.bare.push_back(by_weight ? std::string() : without_currency(name));
    folded.old.push_back(old.is(in_brackets(name)));
    const bool brackets =
        name.starts_with('(') || name.starts_with("\xEF\xBC\x88") || name.starts_with("\xEF\xBB\xBF(");
    folded.whole.push_back(brackets ? fold_whole(name) : std::string());
  }
  return folded;
}

int position_of(const Folded& header, std::string_view name) {
  const bool whole = name.starts_with('(');
  const std::vector<std::string>& names = whole ? header.whole : header.names;
  const std::string wanted = whole ? fold_whole(name) : fold_header(name);
  int found = -1;
  for (size_t i = 0; i < names.size(); ++i) {
    if (names[i] != wanted) continue;
    if (!header.old[i]) return static_cast<int>(i);
    if (found < 0) found = static_cast<int>(i);
  }
  for (size_t i = 0; found < 0 && !whole && i < header.bare.size(); ++i)
    if (!wanted.empty() && header.bare[i] == wanted) found = static_cast<int>(i);
  return found;
}

// Earlier spellings win; the report's own go before all others.
int position_of(const Folded& folded, const ColumnSpec& column, account::ReportKind kind,
                const account::ReportNames& more) {
  // Where the seller's own SKU and Amazon's both stand, Amazon's is the SKU.
  constexpr std::string_view kAmazons = "msku";
  if (column.names.front() == "sku" &&
      std::find(column.names.begin(), column.names.end(), kAmazons) != column.names.end())
    if (const int at = position_of(folded, kAmazons); at >= 0) return at;
  for (std::string_view name : column.names)
    if (const int at = position_of(folded, name); at >= 0) return at;
  const auto others =
      more.columns.find(std::pair(std::string(account::report_id(kind)), std::string(column.names.front())));
  if (others == more.columns.end()) return -1;
  for (const std::string& name : others->second)
    if (const int at = position_of(folded, name); at >= 0) return at;
  return -1;
}

}  // namespace

Match match_header(std::span<const std::string> header, std::span<const ColumnSpec> columns, account::ReportKind kind,
                   const account::ReportNames& more) {
  const Folded folded = folded_names(header, more);
  Match match;
  match.layout.names.assign(header.begin(), header.end());
  bool asks_signature = false;
  for (size_t column = 0; column < columns.size(); ++column) {
    const int position = position_of(folded, columns[column], kind, more);
    match.layout.position.push_back(position);
    match.layout.required.push_back(columns[column].need == Need::kRequired);
    if (position >= 0) ++match.matched;
    if (position < 0 && columns[column].need == Need::kRequired) match.missing.push_back(column);
    if (columns[column].need == Need::kSignature) {
      asks_signature = true;
      match.signed_off = match.signed_off || position >= 0;
    }
  }
  if (!asks_signature) match.signed_off = true;
  return match;
}

// A name of a mark, or one of several: "销量 | 销售额".
bool any_position_of(const Folded& folded, std::string_view names) {
  constexpr std::string_view kOr = " | ";
  while (!names.empty()) {
    const size_t end = names.find(kOr);
    if (position_of(folded, names.substr(0, end)) >= 0) return true;
    if (end == std::string_view::npos) return false;
    names.remove_prefix(end + kOr.size());
  }
  return false;
}

const account::UnreadReport* unread_report(std::span<const std::string> header, const account::ReportNames& names) {
  const Folded folded = folded_names(header, names);
  for (const account::UnreadReport& report : names.unread)
    for (const auto& mark : report.marks)
      if (std::all_of(mark.begin(), mark.end(), [&](const std::string& name) { return any_position_of(folded, name); }))
        return &report;
  return nullptr;
}

std::vector<Text> header_changes(std::span<const std::string> before, std::span<const std::string> now) {
  const auto has = [](std::span<const std::string> names, const std::string& name) {
    return std::any_of(names.begin(), names.end(),
                       [&](const std::string& other) { return fold_header(other) == fold_header(name); });
  };
  std::vector<std::string> fresh, gone, renamed, common_before, common_now;
  for (const std::string& name : now)
    has(before, name) ? common_now.push_back(fold_header(name)) : fresh.push_back(name);
  for (const std::string& name : before)
    has(now, name) ? common_before.push_back(fold_header(name)) : gone.push_back(name);
  // A name that vanished where a new one stands between the same neighbours was renamed.
  for (auto it = gone.begin(); it != gone.end();) {
    const auto was = std::find(before.begin(), before.end(), *it) - before.begin();
    const auto neighbour = [&](std::span<const std::string> names, std::ptrdiff_t at) {
      return at >= 0 && at < std::ssize(names) ? fold_header(names[static_cast<size_t>(at)]) : std::string("|");
    };
    bool matched = false;
    for (auto other = fresh.begin(); other != fresh.end(); ++other) {
      const auto is = std::find(now.begin(), now.end(), *other) - now.begin();
      if (neighbour(before, was - 1) != neighbour(now, is - 1) || neighbour(before, was + 1) != neighbour(now, is + 1))
        continue;
      renamed.push_back(*it + " → " + *other);
      fresh.erase(other);
      matched = true;
      break;
    }
    it = matched ? gone.erase(it) : it + 1;
  }
  std::vector<Text> changes;
  if (!fresh.empty()) changes.push_back({"new columns: " + joined(fresh), "新增列：" + joined(fresh)});
  if (!gone.empty()) changes.push_back({"columns that vanished: " + joined(gone), "消失的列：" + joined(gone)});
  if (!renamed.empty()) changes.push_back({"renamed columns: " + joined(renamed), "改名的列：" + joined(renamed)});
  if (common_before != common_now) {
    std::vector<std::string> moved;
    for (size_t i = 0; i < std::min(common_before.size(), common_now.size()); ++i)
      if (common_before[i] != common_now[i]) moved.push_back(common_now[i]);
    changes.push_back({"columns in another order: " + joined(moved), "列顺序变化：" + joined(moved)});
  }
  return changes;
}

}  // namespace destock::ingest
