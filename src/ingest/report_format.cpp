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

}  // namespace

std::optional<account::ListingIndex> ReadContext::listing_of(Row& row, std::string_view marketplace, size_t sku_column,
                                                             int asin_column, int fnsku_column, int title_column) {
  const std::string_view sku = row.text(sku_column);
  if (sku.empty()) {
    row.refuse(sku_column, {"the SKU is missing", "缺少 SKU"}, {"fill in the SKU", "请填写 SKU"});
    return std::nullopt;
  }
  // Before it is known: every row of such a SKU is refused, not the first alone.
  if (!is_readable(sku)) {
    row.refuse(sku_column, {"the SKU has bytes that no known encoding explains", "SKU 含有无法识别编码的字节"},
               {"save the file again as UTF-8", "请将文件另存为 UTF-8"});
    return std::nullopt;
  }
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
    if (name.starts_with("Non-Amazon ")) name.remove_prefix(11);  // multi-channel orders: "Non-Amazon US"
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

bool SeenOnce::first(Row& row, account::ListingIndex listing, std::string_view condition, size_t sku_column) {
  std::string key = std::to_string(listing);
  key += '\0';
  key += condition;
  const auto [it, inserted] = line_of_.try_emplace(key, row.line());
  if (inserted) return true;
  row.refuse(sku_column,
             {"the SKU stands a second time in this report; line " + std::to_string(it->second) + " was taken",
              "该 SKU 在报告中重复；已采用第 " + std::to_string(it->second) + " 行"},
             {"keep one row per SKU and marketplace", "每个站点的每个 SKU 只保留一行"});
  return false;
}

}  // namespace destock::ingest
