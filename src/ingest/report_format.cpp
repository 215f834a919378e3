#include "ingest/report_format.h"

#include <algorithm>

#include "ingest/encoding.h"

namespace destock::ingest {

namespace {

// Bytes that are no UTF-8, what a decoder could not read, and control characters that no SKU has (U+0080 to U+009F are
// what windows-1252 leaves undefined).
bool is_readable(std::string_view sku) {
  if (std::all_of(sku.begin(), sku.end(), [](char c) { return c >= 0x20 && c < 0x7F; })) return true;  // nearly all
  if (!is_utf8(sku, false) || sku.find("\xEF\xBF\xBD") != std::string_view::npos) return false;
  for (size_t i = 0; i < sku.size(); ++i) {
    const auto c = static_cast<unsigned char>(sku[i]);
    if (c < 0x20 || (c == 0xC2 && i + 1 < sku.size() && static_cast<unsigned char>(sku[i + 1]) < 0xA0)) return false;
  }
  return true;
}

// 1.23E+11: what a spreadsheet shows in place of twelve digits.
bool is_rounded(std::string_view sku) {
  const size_t e = sku.find("E+");
  if (e == std::string_view::npos || e == 0 || sku.size() - e < 3 || sku.size() - e > 5) return false;
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const std::string_view mantissa = sku.substr(0, e);
  return digit(mantissa.front()) && mantissa.find_first_not_of("0123456789.,") == std::string_view::npos &&
         std::all_of(sku.begin() + static_cast<std::ptrdiff_t>(e) + 2, sku.end(), digit);
}

}  // namespace

std::string_view plain_sku(std::string_view sku) {
  constexpr std::string_view kUnseen[] = {"\xE2\x80\x8B", "\xE2\x80\x8E", "\xE2\x80\x8F",
                                          "\xEF\xBB\xBF", "\xC2\xA0",     "\xE3\x80\x80"};
  for (bool again = true; again && !sku.empty();) {
    again = false;
    if (static_cast<unsigned char>(sku.front()) < 0x80 && static_cast<unsigned char>(sku.back()) < 0x80) continue;
    for (const std::string_view unseen : kUnseen) {
      if (sku.starts_with(unseen)) {
        sku.remove_prefix(unseen.size());
        again = true;
      }
      if (sku.ends_with(unseen)) {
        sku.remove_suffix(unseen.size());
        again = true;
      }
    }
  }
  return sku;
}

bool check_sku(Row& row, size_t sku_column, std::string_view sku) {
  if (sku.empty()) {
    row.refuse(sku_column, {"the SKU is missing", "缺少 SKU"}, {"fill in the SKU", "请填写 SKU"});
    return false;
  }
  // Before it is known: every row of such a SKU is refused, not the first alone.
  if (!is_readable(sku)) {
    row.refuse(sku_column, {"the SKU has bytes that no known encoding explains", "SKU 含有无法识别编码的字节"},
               {"save the file again as UTF-8", "请将文件另存为 UTF-8"});
    return false;
  }
  if (is_rounded(sku)) {
    row.refuse(sku_column,
               {"a spreadsheet has rounded this SKU to scientific notation: its digits are lost",
                "该 SKU 已被表格软件转成科学计数法，数字已丢失"},
               {"download the report again and import it without opening it in Excel",
                "请重新下载报告，不要用 Excel 打开，直接导入"});
    return false;
  }
  return true;
}

std::optional<account::ListingIndex> ReadContext::listing_of(Row& row, std::string_view marketplace, size_t sku_column,
                                                             int asin_column, int fnsku_column, int title_column) {
  const std::string_view sku = plain_sku(row.text(sku_column));
  if (!check_sku(row, sku_column, sku)) return std::nullopt;
  bool is_new = false;
  const account::ListingIndex index = listings.index_of(marketplace, sku, is_new);
  if (is_new) {
    account::ListingInfo& info = listings.at(index);
    if (asin_column >= 0) info.asin = row.words(static_cast<size_t>(asin_column));
    if (fnsku_column >= 0) info.fnsku = row.words(static_cast<size_t>(fnsku_column));
    if (title_column >= 0) info.title = row.words(static_cast<size_t>(title_column));
  }
  return index;
}

const account::MarketplaceEntry* ReadContext::marketplace_of(Row& row, int column) {
  if (column >= 0) {
    std::string_view name = row.text(static_cast<size_t>(column));
    // Multi-channel orders: "Non-Amazon US", "SI UK Prod Marketplace".
    if (name.starts_with("Non-Amazon ")) name.remove_prefix(11);
    if (name.starts_with("SI ") && name.ends_with(" Prod Marketplace")) name = name.substr(3, name.size() - 20);
    if (!is_missing(name) && name != "Non-Amazon") {
      const account::MarketplaceEntry* found = book.named(name);
      if (!found)
        row.refuse(static_cast<size_t>(column), {"not a marketplace that the program knows", "程序不认识的站点"},
                   {"add the marketplace as a file in data/marketplaces, or its name to one",
                    "请在 data/marketplaces 中添加该站点或其别名"});
      return found;
    }
  }
  const account::MarketplaceEntry* entry = default_marketplace();
  if (!entry)
    row.refuse_row({"the row's marketplace is not known", "无法确定该行的站点"},
                   {"pass --marketplace", "请使用 --marketplace 指定站点"});
  return entry;
}

const account::MarketplaceEntry* ReadContext::marketplace_of_centre(Row& row, int column) {
  if (column >= 0)
    if (const std::string_view country = row.text(static_cast<size_t>(column)); !is_missing(country))
      if (const auto* found = book.of_centres_in(country)) return found;
  return marketplace_of(row, column);
}

bool ReadContext::reads(std::string_view name) const {
  for (const int position : layout->position)
    if (position >= 0 && layout->names[static_cast<size_t>(position)] == name) return true;
  return false;
}

std::vector<const account::MarketplaceEntry*> ReadContext::with_currency(std::string_view currency) const {
  std::vector<const account::MarketplaceEntry*> found;
  for (const auto& entry : book.entries)
    if (entry.currency.code() == currency) found.push_back(&entry);
  return found;
}

const account::MarketplaceEntry* ReadContext::marketplace_by_currency(Row& row, size_t currency_column) {
  const auto currency = Currency::parse(row.text(currency_column));
  const auto those = currency ? with_currency(currency->code()) : std::vector<const account::MarketplaceEntry*>();
  if (those.size() == 1) return those.front();
  const account::MarketplaceEntry* own = book.find(conventions.marketplace);
  if (those.empty() || (own && own->currency == *currency)) return marketplace_of(row, -1);
  std::string names;
  for (const auto* entry : those) names += (names.empty() ? "" : ", ") + entry->id;
  row.refuse(currency_column,
             {"rows in " + currency->str() + " cannot be told apart: which marketplace of " + names + " is not said",
              "无法区分 " + currency->str() + " 行属于哪个站点（" + names + "）"},
             {"download the report with its store column (amazon-store), or pass --marketplace",
              "请下载含站点列（amazon-store）的报告，或用 --marketplace 指定"});
  return nullptr;
}

bool ReadContext::currency_agrees(Row& row, size_t column, const account::MarketplaceEntry& marketplace) {
  const std::string_view text = row.text(column);
  if (is_missing(text)) return true;
  const auto currency = Currency::parse(text);
  if (currency && *currency == marketplace.currency) return true;
  row.refuse(column,
             {"the currency is not the marketplace's (" + marketplace.id + ": " + marketplace.currency.str() + ")",
              "币种与站点不符（" + marketplace.id + "：" + marketplace.currency.str() + "）"},
             {"import each marketplace's own report", "请分别导入各站点自己的报告"});
  return false;
}

void CoverageCount::add(const std::string& marketplace, Date day, int64_t units, account::ListingIndex listing) {
  auto it = std::find_if(counts_.begin(), counts_.end(),
                         [&](const Count& count) { return count.coverage.marketplace == marketplace; });
  if (it == counts_.end()) {
    counts_.push_back({{marketplace, day, day, {}, {}, 0, 0, 0}, {}});
    it = std::prev(counts_.end());
  }
  account::Coverage& coverage = it->coverage;
  coverage.first_day = std::min(coverage.first_day, day);
  coverage.last_day = std::max(coverage.last_day, day);
  ++coverage.rows;
  coverage.units += units;
  it->listings.push_back(listing);
}

void CoverageCount::finish(account::ReportFacts& facts) {
  for (Count& count : counts_) {
    std::sort(count.listings.begin(), count.listings.end());
    count.coverage.skus = std::unique(count.listings.begin(), count.listings.end()) - count.listings.begin();
    facts.coverage.push_back(count.coverage);
  }
}

bool SeenOnce::first(Row& row, account::ListingIndex listing, std::string_view condition, size_t sku_column,
                     std::optional<Date> day) {
  std::string key = std::to_string(listing);
  key += '\0';
  key += condition;
  if (day) key += '\0' + iso(*day);
  const auto [it, inserted] = line_of_.try_emplace(key, row.line());
  if (inserted) return true;
  row.refuse(sku_column,
             {"the SKU stands a second time in this report; line " + std::to_string(it->second) + " was taken",
              "该 SKU 在报告中重复；已采用第 " + std::to_string(it->second) + " 行"},
             {"keep one row per SKU and marketplace", "每个站点的每个 SKU 只保留一行"});
  return false;
}

}  // namespace destock::ingest
