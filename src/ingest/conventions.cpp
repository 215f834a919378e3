#include "ingest/conventions.h"

#include <algorithm>
#include <cctype>
#include <filesystem>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/ascii.h"
#include "ingest/archive.h"
#include "ingest/cell_words.h"
#include "ingest/cost_sheet/cost_currency.h"
#include "ingest/store_names.h"

namespace destock::ingest {
namespace {

namespace fs = std::filesystem;

std::string_view cell(const std::vector<std::string>& row, const Layout& layout, size_t column) {
  const int position = layout.position[column];
  if (position < 0 || static_cast<size_t>(position) >= row.size()) return {};
  return row[static_cast<size_t>(position)];
}

// "1.234", which is a thousand and more or one and a bit.
std::optional<std::string> open_number(const FileHead& head) {
  for (const auto& row : head.sample)
    for (size_t column : head.format->number_columns) {
      const std::string_view text = cell(row, head.layout, column);
      const auto point = parse_scaled(text, NumberStyle::kPoint, 4), comma = parse_scaled(text, NumberStyle::kComma, 4);
      if (point && comma && *point != *comma) return std::string(text);
    }
  return std::nullopt;
}

NumberStyle number_style(const FileHead& head, std::vector<Text>& notes) {
  if (head.workbook) return NumberStyle::kPoint;
  int point = 0;
  int comma = 0;
  for (const auto& row : head.sample) {
    for (size_t column : head.format->number_columns) {
      const auto style = style_shown_by(cell(row, head.layout, column));
      if (style) ++(*style == NumberStyle::kPoint ? point : comma);
    }
  }
  if (point == comma && head.delimiter == ';') {
    if (const auto number = open_number(head))
      notes.push_back({"a number such as " + *number +
                           " was read with a decimal comma, as is usual where semicolons part the fields: look whether "
                           "the amounts are right",
                       "“" + *number + "”这类数字按逗号为小数点读取（分号分隔的文件通常如此）：请核对金额"});
    return NumberStyle::kComma;
  }
  if (point == comma) return NumberStyle::kPoint;
  return point > comma ? NumberStyle::kPoint : NumberStyle::kComma;
}

// 14.07.2026 has the day first; 07/14/2026 the month; 07/08/2026 leaves it open.
std::optional<DateOrder> order_shown_by(std::string_view text) {
  int value[2] = {0, 0};
  size_t at = 0;
  for (int& part : value) {
    const size_t start = at;
    constexpr size_t kMostDigits = 3;  // enough to see that it is neither day nor month
    while (at < text.size() && at - start < kMostDigits && std::isdigit(static_cast<unsigned char>(text[at])) != 0)
      part = part * 10 + (text[at++] - '0');
    if (at == start || at - start > 2 || at >= text.size()) return std::nullopt;
    if (text[at] == '.') return DateOrder::kDayFirst;
    ++at;
  }
  if (value[0] > 12 && value[1] <= 12) return DateOrder::kDayFirst;
  if (value[1] > 12 && value[0] <= 12) return DateOrder::kMonthFirst;
  return std::nullopt;
}

// How well the sample's dates read in an order: none in the future, days that follow each other, balances that go on
// where the day before left them, all of it within few days, as reports' do.
struct OrderSeen {
  size_t read = 0, refused = 0, following = 0, chained = 0;
  int64_t span = 0;  // from the first day to the last
  bool operator>(const OrderSeen& other) const {
    constexpr int64_t kWider = 4;
    if (refused != other.refused) return refused < other.refused;
    if (following != other.following) return following > other.following;
    if (chained != other.chained) return chained > other.chained;
    return span * kWider < other.span;
  }
};

// In a report of balances: how many days begin with what the one before of the same thing ended with.
size_t chained_in(const FileHead& head, DateOrder order) {
  if (!head.format->balances) return 0;
  const auto& [starting, ending, same] = *head.format->balances;
  struct Day {
    std::string_view starting, ending;
  };
  std::map<std::string, std::map<Date, Day>> things;
  for (const auto& row : head.sample) {
    const auto day = parse_report_date(cell(row, head.layout, head.format->date_columns.front()), order);
    std::string thing;
    for (const size_t column : same) thing.append(cell(row, head.layout, column)) += '\0';
    if (day) things[thing][*day] = {cell(row, head.layout, starting), cell(row, head.layout, ending)};
  }
  size_t chained = 0;
  for (const auto& [thing, days] : things)
    for (auto day = days.begin(); day != days.end() && std::next(day) != days.end(); ++day)
      if (day->second.ending == std::next(day)->second.starting) ++chained;
  return chained;
}

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
  if (!days.empty()) seen.span = days_between(*days.begin(), *days.rbegin());
  seen.chained = chained_in(head, order);
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
  // A report of what became of things has rows of the account beside those of a marketplace.
  const bool blank_too = account::is_outcome(head.format->kind);
  bool any = false;
  for (const auto& row : head.sample) {
    const std::string_view name = cell(row, head.layout, static_cast<size_t>(head.format->marketplace_column));
    if (blank_too && name.empty()) continue;
    if (!book.named(name)) return false;
    any = true;
  }
  return any && head.layout.position[static_cast<size_t>(head.format->marketplace_column)] >= 0;
}

// Which marketplace holds for rows that name none, and whether nothing says so.
struct Place {
  std::string marketplace;
  bool assumed = false;
  std::vector<std::string> open;  // it may be each of them
};

// The one currency of the rows, in a column of that name that the report itself does not ask for: of the marketplaces
// that have it, the one, or those among `likely`.
std::optional<Place> by_currency(const FileHead& head, const ReadOptions& options,
                                 const std::vector<std::string>& likely, std::vector<Text>& notes) {
  const CellWords names(options.names, "currency_column");
  size_t column = 0;
  while (column < head.header.size() && !names.is(head.header[column])) ++column;
  std::string currency;
  for (const auto& row : head.sample) {
    if (column >= row.size() || is_missing(row[column])) continue;
    const auto one = Currency::parse(row[column]);
    if (!one || (!currency.empty() && currency != one->code())) return std::nullopt;
    currency = one->code();
  }
  if (currency.empty()) return std::nullopt;
  std::vector<std::string> with;
  for (const auto& entry : options.book.entries)
    if (entry.currency.code() == currency &&
        (likely.empty() || std::find(likely.begin(), likely.end(), entry.id) != likely.end()))
      with.push_back(entry.id);
  if (with.size() != 1) return with.empty() ? std::nullopt : std::optional(Place{{}, false, std::move(with)});
  notes.push_back({"marketplace " + with.front() + ": told from the currency of its rows, " + currency,
                   "站点 " + with.front() + "：根据各行币种 " + currency + " 判断"});
  return Place{with.front(), false, {}};
}

// By the SKUs of other reports, the rows' own names of marketplaces, the one marketplace that there is, in this order;
// where several are as likely, none.
std::optional<Place> by_what_is_known(const FileHead& head, const ReadOptions& options, bool by_row,
                                      std::vector<Text>& notes) {
  std::vector<std::string> found;
  if (!by_row && options.marketplaces_of_skus) found = options.marketplaces_of_skus(sample_skus(head));
  if (found.size() == 1) {
    notes.push_back({"marketplace " + found.front() + ": told from the SKUs of other reports",
                     "站点 " + found.front() + "：根据其他报告中的 SKU 判断"});
    return Place{found.front(), false, {}};
  }
  if (const std::string rows = marketplace_of_rows(head, options.book); !rows.empty()) return Place{rows, false, {}};
  if (by_row) return std::nullopt;
  if (auto place = by_currency(head, options, found, notes)) return place;
  if (found.empty() && options.marketplaces_known) {
    found = options.marketplaces_known();
    if (found.size() == 1) {
      notes.push_back({"marketplace " + found.front() + ": the only one that other reports tell of",
                       "站点 " + found.front() + "：其他报告仅涉及该站点"});
      return Place{found.front(), false, {}};
    }
  }
  if (found.empty()) return std::nullopt;
  return Place{{}, false, std::move(found)};
}

// A folder, or a word of the file's name, that is a network of stores: EU, 欧洲站, 北美.
std::vector<std::string> stores_of_network(const std::string& path, const ReadOptions& options) {
  constexpr std::pair<std::string_view, std::string_view> kNetworks[] = {{"network_europe", "europe"},
                                                                         {"network_north_america", "north_america"}};
  constexpr int kFolders = 3;
  std::vector<std::string> parts;
  std::string word;
  for (const char c : fs::path(path).stem().string() + "_") {
    if (c != '_' && c != '-' && c != ' ' && c != '.') {
      word += c;
    } else {
      parts.push_back(std::exchange(word, {}));
    }
  }
  fs::path above = fs::path(path).parent_path();
  for (int i = 0; i < kFolders && above.has_filename(); ++i, above = above.parent_path())
    parts.push_back(above.filename().string());
  std::vector<std::string> stores;
  for (const auto& [means, network] : kNetworks) {
    const CellWords names(options.names, means);
    if (std::none_of(parts.begin(), parts.end(), [&](const std::string& part) { return names.is(part); })) continue;
    for (const auto& entry : options.book.entries)
      if (entry.network == network) stores.push_back(entry.id);
  }
  return stores;
}

std::vector<std::string> stores_with(const account::MarketplaceBook& book, Currency currency) {
  std::vector<std::string> stores;
  for (const auto& entry : book.entries)
    if (entry.currency == currency) stores.push_back(entry.id);
  return stores;
}

// Where nothing says whose rows they are, it is the United States' unless they look like another's: a sign beside a
// price, decimal commas, Japanese letters. Then it is that store, or asked.
Place by_its_look(const FileHead& head, const ReadOptions& options, std::vector<Text>& notes) {
  std::optional<Currency> sign;
  bool comma = false, kana = false;
  for (const auto& row : head.sample) {
    for (const size_t column : head.format->number_columns) {
      const std::string_view text = cell(row, head.layout, column);
      if (const auto found = currency_in(text); found && found->str() != "USD") sign = found;
      comma = comma || (!head.workbook && style_shown_by(text) == NumberStyle::kComma);
    }
    kana = kana || std::any_of(row.begin(), row.end(), has_kana);
  }
  std::vector<std::string> likely;
  if (sign)
    likely = stores_with(options.book, *sign);
  else if (kana)
    likely = stores_with(options.book, *Currency::parse("JPY"));
  else if (comma)
    for (const auto& entry : options.book.entries)
      if (entry.network == "europe") likely.push_back(entry.id);
  if (likely.empty()) return {"US", true, {}};
  if (likely.size() > 1) return {{}, false, std::move(likely)};
  const std::string& id = likely.front();
  notes.push_back({"marketplace " + id + ": told from " + (sign ? "the signs beside its prices" : "its Japanese text"),
                   "站点 " + id + "：根据" + (sign ? "金额符号" : "日文内容") + "判断"});
  return {id, false, {}};
}

Place marketplace_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                     std::vector<Text>& notes) {
  if (options.marketplace) return {*options.marketplace, false, {}};
  const bool by_row = rows_name_marketplace(head, options.book);
  const NamedPlace sheet = head.sheet_name.empty() ? NamedPlace() : marketplace_in_words(head.sheet_name, options.book);
  if (const auto* named = sheet.entry) {
    if (!by_row)
      notes.push_back(
          {"marketplace " + named->id + ": from the sheet's name", "站点 " + named->id + "：取自工作表名称"});
    return {named->id, false, {}};
  }
  NamedPlace place = sheet.says() ? sheet : marketplace_in_path(path, options.book);
  if (const auto* named = place.entry) {
    if (!by_row)
      notes.push_back({"marketplace " + named->id + ": from the name of the file or its folder",
                       "站点 " + named->id + "：取自文件名或文件夹名"});
    return {named->id, false, {}};
  }
  if (place.several.empty()) place.several = stores_of_network(path, options);
  if (place.several.empty()) {
    if (auto known = by_what_is_known(head, options, by_row, notes)) return *known;
    return by_row ? Place{"US", true, {}} : by_its_look(head, options, notes);
  }
  // The name has several: what is known may say which of them, else it is asked.
  std::vector<Text> said;
  const auto known = by_what_is_known(head, options, by_row, said);
  if (known && std::find(place.several.begin(), place.several.end(), known->marketplace) != place.several.end()) {
    std::move(said.begin(), said.end(), std::back_inserter(notes));
    return *known;
  }
  return {{}, false, place.several};
}

const account::MarketplaceEntry* known_store_of_name(const std::string& path, const ReadOptions& options) {
  const auto* named = marketplace_in_words(fs::path(path).stem().string(), options.book).entry;
  if (!named || !options.marketplaces_known) return nullptr;
  const auto known = options.marketplaces_known();
  return std::find(known.begin(), known.end(), named->id) == known.end() ? nullptr : named;
}

// A file written so much before a snapshot tells of an older state than that snapshot.
constexpr int kWrittenBeforeDays = 3;

Date snapshot_of(const std::string& path, const FileHead& head, const std::string& marketplace,
                 const ReadOptions& options, std::vector<Text>& notes) {
  if (options.snapshot) return *options.snapshot;
  const bool needed = !head.format->has_own_date;
  const std::string name = fs::path(path).filename().string();
  const DateOrder habit = marketplace.empty() ? DateOrder::kMonthFirst : account::usual_date_order(marketplace);
  if (const auto named = date_in_name(name, habit); named && *named <= options.today) {
    const bool open = date_in_name(name, DateOrder::kMonthFirst) != date_in_name(name, DateOrder::kDayFirst);
    if (needed && open)
      notes.push_back({"day and month in the file's name may be the other way round: read as is usual in " +
                           marketplace + "; pass --snapshot-date to say otherwise",
                       "文件名中的日与月可能互换：按 " + marketplace + " 站习惯读取；可用 --snapshot-date 指定"});
    if (needed)
      notes.push_back({"the report carries no date: " + iso(*named) + " from its file name",
                       "报告不含日期：按文件名取 " + iso(*named)});
    return *named;
  }
  if (const auto named = needed ? yearless_day_in_name(name, options.today) : std::nullopt) {
    notes.push_back({"the report carries no date: " + iso(*named) +
                         ", the newest of the day in its file name; pass --snapshot-date to say otherwise",
                     "报告不含日期：文件名中的日期没有年份，取最近的 " + iso(*named) + "；可用 --snapshot-date 指定"});
    return *named;
  }
  const auto written = written_at(path);
  if (!written) return options.today;
  const Date changed = std::min(options.today, date_of_day_number(*written / kSecondsADay));
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

Conventions conventions_of(const std::string& path, const FileHead& head, const ReadOptions& options,
                           std::vector<Text>& notes) {
  Conventions conventions;
  conventions.today = options.today;
  const Place place = marketplace_of(path, head, options, notes);
  conventions.marketplace = place.marketplace;
  conventions.marketplace_assumed = place.assumed;
  conventions.open_marketplaces = place.open;
  if (const auto* named = head.sheet_name.empty() ? nullptr : marketplace_in_words(head.sheet_name, options.book).entry)
    conventions.sheet_marketplace = named->id;
  // A sheet made by hand for one store that the account has says so in its own name; a folder may hold it for all.
  else if (account::is_by_hand(head.format->kind) && !options.marketplace)
    if (const auto* of_name = known_store_of_name(path, options)) {
      conventions.sheet_marketplace = of_name->id;
      notes.push_back({"rows without a store are of " + of_name->id + ", from the file's name",
                       "未填站点的行按文件名归入 " + of_name->id});
    }
  conventions.numbers = number_style(head, notes);
  conventions.dates = date_order(head, options, conventions.marketplace, notes);
  conventions.snapshot = snapshot_of(path, head, conventions.marketplace, options, notes);
  return conventions;
}

Result<HeadSays> head_says(const std::string& path, const account::MarketplaceBook& book,
                           const account::ReportNames& names) {
  const auto head = read_head(path, {&names, marketplace_hint(path, book), {}});
  if (!head) return tl::unexpected(head.error());
  const bool dated = head->format->has_own_date || date_in_name(fs::path(path).filename().string()).has_value();
  const bool placed = rows_name_marketplace(*head, book) || marketplace_in_path(path, book).entry != nullptr;
  return HeadSays{head->format->kind, !dated, !placed};
}

}  // namespace destock::ingest
