#include "ingest/conventions.h"

#include <sys/stat.h>
#include <algorithm>
#include <array>
#include <cctype>
#include <filesystem>
#include <set>

namespace destock::ingest {
namespace {

namespace fs = std::filesystem;

std::string_view cell(const std::vector<std::string>& row, const Layout& layout, size_t column) {
  const int position = layout.position[column];
  if (position < 0 || static_cast<size_t>(position) >= row.size()) return {};
  return row[static_cast<size_t>(position)];
}

NumberStyle number_style(const FileHead& head) {
  if (head.workbook) return NumberStyle::kPoint;
  int point = 0;
  int comma = 0;
  for (const auto& row : head.sample) {
    for (size_t column : head.format->number_columns) {
      const auto style = style_shown_by(cell(row, head.layout, column));
      if (style) ++(*style == NumberStyle::kPoint ? point : comma);
    }
  }
  if (point == comma) return head.delimiter == ';' ? NumberStyle::kComma : NumberStyle::kPoint;
  return point > comma ? NumberStyle::kPoint : NumberStyle::kComma;
}

// 14.07.2026 has the day first; 07/14/2026 the month; 07/08/2026 leaves it open.
std::optional<DateOrder> order_shown_by(std::string_view text) {
  int value[2] = {0, 0};
  size_t at = 0;
  for (int& part : value) {
    const size_t start = at;
    while (at < text.size() && std::isdigit(static_cast<unsigned char>(text[at])) != 0)
      part = part * 10 + (text[at++] - '0');
    if (at == start || at - start > 2 || at >= text.size()) return std::nullopt;
    if (text[at] == '.') return DateOrder::kDayFirst;
    ++at;
  }
  if (value[0] > 12 && value[1] <= 12) return DateOrder::kDayFirst;
  if (value[1] > 12 && value[0] <= 12) return DateOrder::kMonthFirst;
  return std::nullopt;
}

// How well the sample's dates read in an order: none in the future, and days that follow each other, as reports' do.
struct OrderSeen {
  size_t read = 0, refused = 0, following = 0;
  bool operator>(const OrderSeen& other) const {
    if (refused != other.refused) return refused < other.refused;
    return following > other.following;
  }
  bool operator==(const OrderSeen&) const = default;
};

OrderSeen seen_in(const FileHead& head, DateOrder order, Date today) {
  OrderSeen seen;
  std::set<Date> days;
  for (const auto& row : head.sample)
    for (size_t column : head.format->date_columns) {
      const std::string_view text = cell(row, head.layout, column);
      if (text.empty()) continue;
      const auto day = parse_report_date(text, order);
      ++(day && *day <= today ? seen.read : seen.refused);
      if (day) days.insert(*day);
    }
  for (Date day : days)
    if (days.contains(day + Days(1))) ++seen.following;
  return seen;
}

// The marketplace that the sample's rows name, where they name one alone.
std::string marketplace_of_rows(const FileHead& head, const account::MarketplaceBook& book) {
  if (head.format->marketplace_column < 0) return {};
  std::string found;
  for (const auto& row : head.sample) {
    const auto* named = book.named(cell(row, head.layout, static_cast<size_t>(head.format->marketplace_column)));
    if (!named) continue;
    if (!found.empty() && found != named->id) return {};
    found = named->id;
  }
  return found;
}

bool leaves_order_open(const FileHead& head) {
  for (const auto& row : head.sample)
    for (size_t column : head.format->date_columns) {
      const std::string_view text = cell(row, head.layout, column);
      const auto month_first = parse_report_date(text, DateOrder::kMonthFirst);
      const auto day_first = parse_report_date(text, DateOrder::kDayFirst);
      if (month_first && day_first && *month_first != *day_first) return true;
    }
  return false;
}

// What the dates themselves prove; else the rows' marketplace, or the file's, decides by habit, which is said.
DateOrder date_order(const FileHead& head, const ReadOptions& options, const std::string& marketplace,
                     std::vector<Text>& notes) {
  int month_first = 0;
  int day_first = 0;
  for (const auto& row : head.sample) {
    for (size_t column : head.format->date_columns) {
      const auto order = order_shown_by(cell(row, head.layout, column));
      if (order) ++(*order == DateOrder::kMonthFirst ? month_first : day_first);
    }
  }
  if (month_first != day_first) return month_first > day_first ? DateOrder::kMonthFirst : DateOrder::kDayFirst;
  const OrderSeen by_month = seen_in(head, DateOrder::kMonthFirst, options.today);
  const OrderSeen by_day = seen_in(head, DateOrder::kDayFirst, options.today);
  if (by_month > by_day) return DateOrder::kMonthFirst;
  if (by_day > by_month) return DateOrder::kDayFirst;
  const std::string of_rows = marketplace_of_rows(head, options.book);
  const std::string& whose = of_rows.empty() ? marketplace : of_rows;
  const DateOrder usual = account::usual_date_order(whose);
  if (leaves_order_open(head)) {
    const bool month = usual == DateOrder::kMonthFirst;
    notes.push_back({std::string("dates such as 03/04 were read ") + (month ? "month" : "day") +
                         " first, as is usual in " + whose + ": look whether the days are right",
                     "03/04 这类日期按" + whose + "站习惯以" + (month ? "月" : "日") + "在前读取：请核对日期"});
  }
  return usual;
}

std::vector<std::string> sample_skus(const FileHead& head) {
  std::vector<std::string> skus;
  for (const auto& row : head.sample)
    if (const auto sku = cell(row, head.layout, head.format->sku_column); !sku.empty()) skus.emplace_back(sku);
  return skus;
}

bool rows_name_marketplace(const FileHead& head, const account::MarketplaceBook& book) {
  if (account::is_by_hand(head.format->kind)) return true;
  if (head.format->marketplace_column < 0) return false;
  for (const auto& row : head.sample)
    if (!book.named(cell(row, head.layout, static_cast<size_t>(head.format->marketplace_column)))) return false;
  return !head.sample.empty() && head.layout.position[static_cast<size_t>(head.format->marketplace_column)] >= 0;
}

// Which marketplace holds for rows that name none, and whether nothing says so.
struct Place {
  std::string marketplace;
  bool assumed = false;
};

Place marketplace_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                     std::vector<Text>& notes) {
  if (options.marketplace) return {*options.marketplace, false};
  const bool by_row = rows_name_marketplace(head, options.book);
  if (const auto* named = head.sheet_name.empty() ? nullptr : marketplace_in_words(head.sheet_name, options.book)) {
    if (!by_row)
      notes.push_back(
          {"marketplace " + named->id + ": from the sheet's name", "站点 " + named->id + "：取自工作表名称"});
    return {named->id, false};
  }
  if (const auto* named = marketplace_in_path(path, options.book)) {
    if (!by_row)
      notes.push_back({"marketplace " + named->id + ": from the name of the file or its folder",
                       "站点 " + named->id + "：取自文件名或文件夹名"});
    return {named->id, false};
  }
  if (!by_row && options.marketplace_of_skus) {
    if (const auto found = options.marketplace_of_skus(sample_skus(head))) {
      notes.push_back({"marketplace " + *found + ": told from the SKUs of other reports",
                       "站点 " + *found + "：根据其他报告中的 SKU 判断"});
      return {*found, false};
    }
  }
  if (const std::string rows = marketplace_of_rows(head, options.book); !rows.empty()) return {rows, false};
  return {"US", true};
}

// A file written so much before a snapshot tells of an older state than that snapshot.
constexpr int kWrittenBeforeDays = 3;

Date snapshot_of(const std::string& path, const FileHead& head, const std::string& marketplace,
                 const ReadOptions& options, std::vector<Text>& notes) {
  if (options.snapshot) return *options.snapshot;
  const bool needed = !head.format->has_own_date;
  if (const auto named = date_in_name(fs::path(path).filename().string()); named && *named <= options.today) {
    if (needed)
      notes.push_back({"the report carries no date: " + iso(*named) + " from its file name",
                       "报告不含日期：按文件名取 " + iso(*named)});
    return *named;
  }
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return options.today;
  const Date changed = std::min(options.today, date_of_day_number(info.st_mtime / 86'400));
  const auto beside = needed && options.snapshot_beside ? options.snapshot_beside(marketplace) : std::nullopt;
  if (beside && changed + Days(kWrittenBeforeDays) >= *beside) {
    notes.push_back({"the report carries no date: " + iso(*beside) + ", as the FBA Inventory report imported with it",
                     "报告不含日期：与同批导入的 FBA 库存报告一致，取 " + iso(*beside)});
    return *beside;
  }
  if (needed)
    notes.push_back(
        {"the report carries no date: " + iso(changed) + " from the file's time; pass --snapshot-date to say otherwise",
         "报告不含日期：按文件时间取 " + iso(changed) + "；可用 --snapshot-date 指定"});
  return changed;
}

}  // namespace

namespace {

struct Digits {
  std::string_view text;
  bool joined;  // to the next by '-', '_' or '.'
};

// The runs of digits of a name.
std::vector<Digits> digits_in(std::string_view name) {
  std::vector<Digits> runs;
  for (size_t i = 0; i < name.size();) {
    size_t end = i;
    while (end < name.size() && std::isdigit(static_cast<unsigned char>(name[end])) != 0) ++end;
    if (end == i) {
      ++i;
      continue;
    }
    const bool joined = end + 1 < name.size() && std::string_view("-_.").find(name[end]) != std::string_view::npos &&
                        std::isdigit(static_cast<unsigned char>(name[end + 1])) != 0;
    runs.push_back({name.substr(i, end - i), joined});
    i = end;
  }
  return runs;
}

std::optional<Date> date_of(std::string_view year, std::string_view month, std::string_view day) {
  const auto two = [](std::string_view part) { return (part.size() == 1 ? "0" : "") + std::string(part); };
  if (year.size() != 4 || !year.starts_with("20") || month.size() > 2 || day.size() > 2) return std::nullopt;
  return parse_iso_date(std::string(year) + "-" + two(month) + "-" + two(day));
}

// 20261120 and 20261120103000, the time of day with it.
std::optional<Date> date_at_start(std::string_view digits) {
  if (digits.size() != 8 && digits.size() != 12 && digits.size() != 14) return std::nullopt;
  if (digits.size() > 8 && (digits.substr(8, 2) > "23" || digits.substr(10, 2) > "59")) return std::nullopt;
  return date_of(digits.substr(0, 4), digits.substr(4, 2), digits.substr(6, 2));
}

// 11-20-2026 and 20.11.2026: what is above 12 is the day; else the month stands first, as Seller Central names files.
std::optional<Date> date_at_end(std::string_view first, std::string_view second, std::string_view year) {
  if (const auto date = date_of(year, first, second)) return date;
  return date_of(year, second, first);
}

// Words that are a marketplace's code by chance.
bool is_everyday_word(std::string_view word) {
  constexpr std::array<std::string_view, 9> kWords = {"in", "it", "be", "is", "es", "de", "se", "are", "can"};
  return std::find(kWords.begin(), kWords.end(), word) != kWords.end();
}

bool all_of(std::string_view word, int (*kind)(int)) {
  return std::all_of(word.begin(), word.end(), [&](char c) { return kind(static_cast<unsigned char>(c)) != 0; });
}

}  // namespace

std::optional<Date> date_in_name(std::string_view name) {
  const std::vector<Digits> runs = digits_in(name);
  for (size_t i = 0; i < runs.size(); ++i) {
    if (const auto date = date_at_start(runs[i].text)) return date;
    if (!runs[i].joined || i + 2 >= runs.size() || !runs[i + 1].joined) continue;
    if (const auto date = date_of(runs[i].text, runs[i + 1].text, runs[i + 2].text)) return date;
    if (const auto date = date_at_end(runs[i].text, runs[i + 1].text, runs[i + 2].text)) return date;
  }
  return std::nullopt;
}

const account::MarketplaceEntry* marketplace_in_words(std::string_view text, const account::MarketplaceBook& book) {
  if (const auto* whole = book.named(text); whole && text.size() > 2) return whole;
  const account::MarketplaceEntry* found = nullptr;
  for (size_t begin = 0; begin <= text.size();) {
    size_t end = begin;
    while (end < text.size() &&
           (static_cast<unsigned char>(text[end]) >= 0x80 || std::isalnum(static_cast<unsigned char>(text[end])) != 0))
      ++end;
    const std::string_view word = text.substr(begin, end - begin);
    const bool last = end >= text.size();
    const char before = begin > 0 ? text[begin - 1] : '_';
    if (word.size() >= 2) {
      const bool letters = all_of(word, [](int c) { return c < 0x80 ? std::isalpha(c) : 0; });
      const bool code = letters && word.size() <= 3;
      const bool capitals = code && all_of(word, std::isupper);
      const bool small = code && last && before != ' ' && all_of(word, std::islower) && !is_everyday_word(word);
      if (!code || capitals || small)
        if (const auto* entry = book.named(word)) found = entry;
    }
    begin = end + 1;
  }
  return found;
}

const account::MarketplaceEntry* marketplace_in_path(const std::string& path, const account::MarketplaceBook& book) {
  const fs::path file(path);
  const auto* found = marketplace_in_words(file.stem().string(), book);
  if (!found) found = marketplace_in_words(file.parent_path().filename().string(), book);
  return found;
}

Conventions conventions_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes) {
  Conventions conventions;
  conventions.today = options.today;
  const Place place = marketplace_of(path, head, options, notes);
  conventions.marketplace = place.marketplace;
  conventions.marketplace_assumed = place.assumed;
  if (const auto* named = head.sheet_name.empty() ? nullptr : marketplace_in_words(head.sheet_name, options.book))
    conventions.sheet_marketplace = named->id;
  conventions.numbers = number_style(head);
  conventions.dates = date_order(head, options, conventions.marketplace, notes);
  conventions.snapshot = snapshot_of(path, head, conventions.marketplace, options, notes);
  return conventions;
}

Result<HeadSays> head_says(const std::string& path, const account::MarketplaceBook& book,
                           const account::ReportNames& names) {
  const auto head = read_head(path, {&names, marketplace_hint(path, book), {}});
  if (!head) return tl::unexpected(head.error());
  const bool dated = head->format->has_own_date || date_in_name(fs::path(path).filename().string()).has_value();
  const bool placed = rows_name_marketplace(*head, book) || marketplace_in_path(path, book) != nullptr;
  return HeadSays{head->format->kind, !dated, !placed};
}

std::string marketplace_hint(const std::string& path, const account::MarketplaceBook& book) {
  const auto* named = marketplace_in_path(path, book);
  return named ? named->id : std::string();
}

}  // namespace destock::ingest
