#include "ingest/conventions.h"

#include <sys/stat.h>
#include <cctype>
#include <filesystem>

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

DateOrder date_order(const FileHead& head, std::string_view marketplace) {
  int month_first = 0;
  int day_first = 0;
  for (const auto& row : head.sample) {
    for (size_t column : head.format->date_columns) {
      const auto order = order_shown_by(cell(row, head.layout, column));
      if (order) ++(*order == DateOrder::kMonthFirst ? month_first : day_first);
    }
  }
  if (month_first == day_first) return account::usual_date_order(marketplace);
  return month_first > day_first ? DateOrder::kMonthFirst : DateOrder::kDayFirst;
}

std::vector<std::string> sample_skus(const FileHead& head) {
  std::vector<std::string> skus;
  for (const auto& row : head.sample)
    if (const auto sku = cell(row, head.layout, head.format->sku_column); !sku.empty()) skus.emplace_back(sku);
  return skus;
}

bool rows_name_marketplace(const FileHead& head, const account::MarketplaceBook& book) {
  if (head.format->kind == account::ReportKind::kCostSheet || head.format->kind == account::ReportKind::kExchangeRates)
    return true;
  if (head.format->marketplace_column < 0) return false;
  for (const auto& row : head.sample)
    if (!book.named(cell(row, head.layout, static_cast<size_t>(head.format->marketplace_column)))) return false;
  return !head.sample.empty() && head.layout.position[static_cast<size_t>(head.format->marketplace_column)] >= 0;
}

std::string marketplace_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes) {
  if (options.marketplace) return *options.marketplace;
  if (const auto* named = marketplace_in_path(path, options.book)) return named->id;
  const bool by_row = rows_name_marketplace(head, options.book);
  if (!by_row && options.marketplace_of_skus) {
    if (const auto found = options.marketplace_of_skus(sample_skus(head))) {
      notes.push_back({"marketplace " + *found + ": told from the SKUs of other reports",
                       "站点 " + *found + "：根据其他报告中的 SKU 判断"});
      return *found;
    }
  }
  if (!by_row)
    notes.push_back({"the report names no marketplace: US assumed; pass --marketplace to say otherwise",
                     "报告未注明站点：按美国站处理；可用 --marketplace 指定"});
  return "US";
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

std::optional<Date> date_in_name(std::string_view name) {
  for (size_t i = 0; i + 8 <= name.size(); ++i) {
    if (name[i] != '2' || name[i + 1] != '0' || (i > 0 && std::isdigit(static_cast<unsigned char>(name[i - 1])) != 0))
      continue;
    std::string digits;
    size_t at = i;
    while (at < name.size() && digits.size() < 8) {
      if (std::isdigit(static_cast<unsigned char>(name[at])) != 0)
        digits += name[at];
      else if (name[at] != '-' && name[at] != '_' && name[at] != '.')
        break;
      ++at;
    }
    const bool ends = at >= name.size() || std::isdigit(static_cast<unsigned char>(name[at])) == 0;
    if (digits.size() == 8 && ends)
      if (const auto date = parse_iso_date(digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6, 2)))
        return date;
  }
  return std::nullopt;
}

const account::MarketplaceEntry* marketplace_in_path(const std::string& path, const account::MarketplaceBook& book) {
  const fs::path file(path);
  const std::string stem = file.stem().string();
  const account::MarketplaceEntry* found = nullptr;
  std::string token;
  for (size_t i = 0; i <= stem.size(); ++i) {
    const bool letter = i < stem.size() && std::isalpha(static_cast<unsigned char>(stem[i])) != 0;
    if (letter) {
      token += stem[i];
      continue;
    }
    // Two capital letters anywhere, or two letters at the end.
    const bool capitals = token.size() == 2 && std::isupper(static_cast<unsigned char>(token[0])) != 0 &&
                          std::isupper(static_cast<unsigned char>(token[1])) != 0;
    if (token.size() == 2 && (capitals || i == stem.size()))
      if (const auto* entry = book.named(token)) found = entry;
    token.clear();
  }
  if (!found) found = book.named(file.parent_path().filename().string());
  return found;
}

Conventions conventions_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes) {
  Conventions conventions;
  conventions.today = options.today;
  conventions.marketplace = marketplace_of(path, head, options, notes);
  conventions.numbers = number_style(head);
  conventions.dates = date_order(head, conventions.marketplace);
  conventions.snapshot = snapshot_of(path, head, conventions.marketplace, options, notes);
  return conventions;
}

Result<HeadSays> head_says(const std::string& path, const account::MarketplaceBook& book) {
  const auto head = read_head(path);
  if (!head) return tl::unexpected(head.error());
  const bool dated = head->format->has_own_date || date_in_name(fs::path(path).filename().string()).has_value();
  const bool placed = rows_name_marketplace(*head, book) || marketplace_in_path(path, book) != nullptr;
  return HeadSays{head->format->kind, !dated, !placed};
}

}  // namespace destock::ingest
