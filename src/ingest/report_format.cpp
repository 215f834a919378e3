#include "ingest/report_format.h"

#include <algorithm>

#include "base/ascii.h"
#include "ingest/encoding.h"
#include "ingest/store_names.h"

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

std::string_view plain_sku(std::string_view sku) {
  // Spaces without width and of an ideograph's, joiners, marks of direction, of byte order, soft hyphens.
  constexpr std::string_view kUnseen[] = {
      "\xE2\x80\x8B", "\xE2\x80\x8C", "\xE2\x80\x8D", "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xAA", "\xE2\x80\xAB",
      "\xE2\x80\xAC", "\xE2\x80\xAD", "\xE2\x80\xAE", "\xE2\x80\xAF", "\xE2\x81\xA0", "\xE2\x81\xA6", "\xE2\x81\xA7",
      "\xE2\x81\xA8", "\xE2\x81\xA9", "\xEF\xBB\xBF", "\xC2\xA0",     "\xC2\xAD",     "\xE3\x80\x80"};
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
  if (account::damage_of(sku) == account::SkuDamage::kRounded) {
    row.refuse(sku_column,
               {"a spreadsheet has rounded this SKU to scientific notation: its digits are lost",
                "该 SKU 已被表格软件转成科学计数法，数字已丢失"},
               {"download the report again and import it without opening it in Excel",
                "请重新下载报告，不要用 Excel 打开，直接导入"});
    return false;
  }
  return true;
}

std::string id_in(Row& row, size_t column) {
  std::string id = row.words(column);
  if (id.empty())
    row.refuse(column, {"the id is missing", "缺少编号"}, {"download the report again", "请重新下载报告"});
  else if (account::damage_of(id) == account::SkuDamage::kRounded)
    row.refuse(column,
               {"a spreadsheet has rounded this id to scientific notation: its digits are lost",
                "该编号已被表格软件转成科学计数法，数字已丢失"},
               {"download the report again and import it without opening it in Excel",
                "请重新下载报告，不要用 Excel 打开，直接导入"});
  return id;
}

std::optional<account::ListingIndex> ReadContext::listing_of(Row& row, std::string_view marketplace, size_t sku_column,
                                                             int asin_column, int fnsku_column, int title_column) {
  const std::string_view written = plain_sku(row.text(sku_column));
  const bool doubtful = written.starts_with('\'') || account::damage_of(written) != account::SkuDamage::kNone;
  const std::string mended = doubtful ? sku_in(row, sku_column, written) : std::string();
  const std::string_view sku = doubtful ? std::string_view(mended) : written;
  if (doubtful ? row.refused() : !check_sku(row, sku_column, sku)) return std::nullopt;
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

// An apostrophe is how a sheet is told to leave digits as they are; it belongs to no SKU but one that is known by it.
std::string_view ReadContext::without_apostrophe(std::string_view sku) const {
  const std::string_view rest = sku.substr(1);
  const account::KnownSkus* known = known_skus ? known_skus() : nullptr;
  if (known && known->has(sku)) return sku;
  return all_digits(rest) || (known && known->has(rest)) ? rest : sku;
}

std::string ReadContext::sku_in(Row& row, size_t sku_column, std::string_view sku) {
  sku = plain_sku(sku);
  if (sku.starts_with('\'')) sku = without_apostrophe(sku);
  const account::SkuDamage damage = account::damage_of(sku);
  const account::KnownSkus* known = known_skus ? known_skus() : nullptr;
  if (damage == account::SkuDamage::kNone && (!known || sku.empty() || known->has(sku)))
    return check_sku(row, sku_column, sku) ? std::string(sku) : std::string();
  auto seen = damaged.find(sku);
  if (seen == damaged.end()) {
    const bool is_known = known && known->has(sku);
    Damaged found{known ? known->meant_by(sku).value_or("") : "", is_known ? account::SkuDamage::kNone : damage};
    if (known && !is_known && found.meant.empty() && damage == account::SkuDamage::kZeros)
      for (const std::string& likely : known->with_zeros(sku)) add_to_list(found.several, likely);
    seen = damaged.emplace(std::string(sku), std::move(found)).first;
  }
  if (!seen->second.meant.empty()) return seen->second.meant;
  return check_sku(row, sku_column, sku) ? std::string(sku) : std::string();
}

std::vector<std::string> ReadContext::skus_in(Row& row, size_t sku_column, std::string_view written) {
  constexpr std::string_view kBetween[] = {"\n", "\r", ",", ";", "|", "，", "；", "、"};
  const account::KnownSkus* known = known_skus ? known_skus() : nullptr;
  std::vector<std::string> parts{std::string(written)};
  if (!known || !known->has(plain_sku(written)))
    for (const std::string_view sign : kBetween) {
      std::vector<std::string> finer;
      for (const std::string_view part : parts) {
        for (size_t begin = 0; begin <= part.size();) {
          const size_t end = std::min(part.find(sign, begin), part.size());
          const std::string_view one = plain_sku(trimmed(part.substr(begin, end - begin)));
          if (!one.empty()) finer.emplace_back(one);
          begin = end + sign.size();
        }
      }
      parts = std::move(finer);
    }
  const auto is_known = [&](const std::string& sku) { return known && known->has(sku); };
  const bool lines = written.find_first_of("\r\n") != std::string_view::npos;
  const bool any = lines || std::any_of(parts.begin(), parts.end(), is_known);
  if (parts.size() < 2 || !any) {  // a comma may be part of a SKU
    std::string sku = sku_in(row, sku_column, written);
    return row.refused() ? std::vector<std::string>() : std::vector<std::string>{std::move(sku)};
  }
  if (std::all_of(parts.begin(), parts.end(), is_known)) return parts;
  row.refuse(sku_column, {"the cell names several SKUs", "单元格中有多个 SKU"},
             {"give each SKU a row of its own", "请每个 SKU 单独一行"});
  return {};
}

bool ReadContext::completes(Row& row, size_t sku_column) {
  const account::KnownSkus* known = known_skus ? known_skus() : nullptr;
  if (!known) return true;
  const std::string sku = sku_in(row, sku_column, row.text(sku_column));
  if (row.refused()) return false;
  if (known->has(sku)) return true;
  row.refuse(sku_column,
             {"no report of stock or sales has this SKU, and this one completes those",
              "其他库存或销售报告中没有该 SKU；本报告仅作补充"},
             {"import FBA Inventory or Manage FBA Inventory with it", "请一并导入“FBA 库存”或“管理亚马逊库存”"});
  return false;
}

bool ReadContext::beside_others(Row& row) {
  const account::KnownSkus* known = known_skus ? known_skus() : nullptr;
  if (!known || !known->empty()) return true;
  row.refuse_row({"no report of stock or sales is imported yet, and this one completes those",
                  "尚未导入库存或销售报告；本报告仅作补充"},
                 {"import FBA Inventory or Manage FBA Inventory with it", "请一并导入“FBA 库存”或“管理亚马逊库存”"});
  return false;
}

namespace {

constexpr size_t kNamedSkus = 5;

// "A, B, …"
void add_named(std::string& list, size_t count, const std::string& name) {
  if (count <= kNamedSkus)
    add_to_list(list, name);
  else if (count == kNamedSkus + 1)
    list += ", …";
}

}  // namespace

std::vector<Text> ReadContext::sku_notes() const {
  size_t mended = 0, spelled = 0, doubted = 0, tied = 0;
  std::string taken, written, open, ties;
  Text why;
  for (const auto& [sku, found] : damaged) {
    if (!found.meant.empty() && account::damage_of(sku) == account::SkuDamage::kNone) {
      add_named(written, ++spelled, sku + " → " + found.meant);
    } else if (!found.meant.empty()) {
      add_named(taken, ++mended, sku + " → " + found.meant);
    } else if (!found.several.empty()) {
      add_named(ties, ++tied, sku + " (" + found.several + ")");
    } else if (found.damage == account::SkuDamage::kMarks || found.damage == account::SkuDamage::kDate ||
               found.damage == account::SkuDamage::kDigits) {
      add_named(open, ++doubted, sku);
      if (why.en.empty()) why = account::damage_said(found.damage);
    }
  }
  std::vector<Text> said;
  for (const auto& [currency, told] : by_currency)
    if (told.entry && told.known && told.likely.size() > told.entry->id.size())
      said.push_back(
          {"rows in " + currency + " may be of " + told.likely + ", one network: kept under " + told.entry->id,
           currency + " 行可能属于 " + told.likely + "（同一网络）：记在 " + told.entry->id + " 站"});
    else if (told.entry && told.known)
      said.push_back({"rows in " + currency + " are of " + told.entry->id + ": the only store with it in other reports",
                      currency + " 行记为 " + told.entry->id + " 站：其他报告中仅该站使用此币种"});
  const std::string m = std::to_string(mended), d = std::to_string(doubted);
  if (mended > 0)
    said.push_back({"a spreadsheet has damaged " + m +
                        " SKUs; each was taken for the one known SKU that it can mean: " + taken +
                        ". Import the file as it was downloaded, without opening it in Excel",
                    "有 " + m + " 个 SKU 被表格软件损坏，已按唯一可能的已知 SKU 处理：" + taken +
                        "。请直接导入下载的原文件，不要用 Excel 打开"});
  const std::string w = std::to_string(spelled), t = std::to_string(tied);
  if (spelled > 0)
    said.push_back(
        {w +
             " SKUs are written in other letters, width or dashes than in other reports; each was taken for "
             "the one known SKU that it can mean: " +
             written,
         "有 " + w + " 个 SKU 的大小写、全半角或连接符与其他报告不同，已按唯一可能的已知 SKU 处理：" + written});
  if (tied > 0)
    said.push_back({t + " SKUs have lost the zeros before them, and several known SKUs may be meant: " + ties +
                        ". They stand as SKUs of their own; import the file as it was downloaded, without Excel",
                    "有 " + t + " 个 SKU 丢失了前面的零，可能是多个已知 SKU 之一：" + ties +
                        "。已按单独的 SKU 保留；请直接导入下载的原文件，不要用 Excel 打开"});
  if (doubted > 0)
    said.push_back({d + " SKUs look damaged (" + why.en + ") and no known SKU tells what they were: " + open +
                        ". They stand as they are; import the file as it was downloaded",
                    "有 " + d + " 个 SKU 疑似损坏（" + why.zh + "），无法对应已知 SKU：" + open +
                        "。已按原样保留；请直接导入下载的原文件"});
  return said;
}

const account::MarketplaceEntry* ReadContext::marketplace_of(Row& row, int column) {
  if (column >= 0) {
    std::string_view name = row.text(static_cast<size_t>(column));
    // Multi-channel orders: "Non-Amazon US", "SI UK Prod Marketplace".
    if (name.starts_with("Non-Amazon ")) name.remove_prefix(11);
    if (name.starts_with("SI ") && name.ends_with(" Prod Marketplace")) name = name.substr(3, name.size() - 20);
    if (!is_missing(name) && name != "Non-Amazon") {
      const account::MarketplaceEntry* found = store_in(name, book);
      if (!found)
        row.refuse(static_cast<size_t>(column), {"not a marketplace that the program knows", "程序不认识的站点"},
                   {"write the store's code, as US, UK, DE or JP", "请填写站点代码，如 US、UK、DE、JP"});
      return found;
    }
  }
  const account::MarketplaceEntry* entry = default_marketplace();
  std::string open;
  for (const std::string& id : conventions.open_marketplaces) add_to_list(open, id);
  if (!entry && !open.empty())
    row.refuse_row({"which marketplace the row is of is not said; by SKUs and names it may be any of " + open,
                    "未注明站点；按 SKU 与文件名可能属于 " + open + " 中的任何一个"},
                   {"pass --marketplace, or put the marketplace into the file's name, as reserved_" +
                        conventions.open_marketplaces.front() + ".txt",
                    "请用 --marketplace 指定，或在文件名中写明站点，如 reserved_" +
                        conventions.open_marketplaces.front() + ".txt"});
  else if (!entry)
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

ReadContext::ByCurrency ReadContext::told_by_currency(const Currency& currency, bool of_network) const {
  auto those = with_currency(currency.code());
  ByCurrency told;
  if (of_network && those.size() > 1 && stores_known) {
    const auto known = stores_known();
    auto here = those;
    std::erase_if(here,
                  [&](const auto* entry) { return std::find(known.begin(), known.end(), entry->id) == known.end(); });
    told.known = !here.empty();
    if (told.known) those = std::move(here);
  }
  for (const auto* entry : those) add_to_list(told.likely, entry->id);
  const bool one_network = of_network && told.known && !those.front()->network.empty() &&
                           std::all_of(those.begin(), those.end(),
                                       [&](const auto* entry) { return entry->network == those.front()->network; });
  if (those.size() == 1 || one_network) {
    const auto home =
        std::find_if(those.begin(), those.end(), [](const auto* entry) { return !entry->centres.empty(); });
    told.entry = home == those.end() ? those.front() : *home;
  }
  return told;
}

const account::MarketplaceEntry* ReadContext::marketplace_by_currency(Row& row, size_t currency_column,
                                                                      bool of_network) {
  const auto currency = Currency::parse(row.text(currency_column));
  if (!currency) return marketplace_of(row, -1);
  auto told = by_currency.find(currency->code());
  if (told == by_currency.end())
    told = by_currency.emplace(currency->str(), told_by_currency(*currency, of_network)).first;
  const account::MarketplaceEntry* own = book.find(conventions.marketplace);
  if (told->second.likely.empty() || (own && !conventions.marketplace_assumed && own->currency == *currency))
    return marketplace_of(row, -1);
  if (told->second.entry) return told->second.entry;
  if (own && own->currency == *currency) return marketplace_of(row, -1);
  const std::string& likely = told->second.likely;
  row.refuse(currency_column,
             {"rows in " + currency->str() + " cannot be told apart: which marketplace of " + likely + " is not said",
              "无法区分 " + currency->str() + " 行属于哪个站点（" + likely + "）"},
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
