#include "ingest/cost_sheet/cost_sheet.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <map>
#include <utility>

#include "base/csv_text.h"
#include "ingest/cell_words.h"

// One row is a SKU. An amount's currency is, in this order: its own column; a sign or code in the value ("42.67 CNY",
// "¥42.67"); one in the header ("采购成本(元)", "unit cost (USD)"); CNY where the headers are Chinese. None: refused.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kSku,
  kUnitCost,
  kFreight,
  kCurrency,
  kFreightCurrency,
  kMarketplace,
  kLeadTime,
  kMoq,
  kCarton,
  kCategory,
  kSeason,
  kOwner,
  kTag,
  kLaunch,
  kMsku,
  kFrom,
  kTo
};

constexpr int64_t kLongestLead = 3'650;  // days
constexpr int64_t kNamed = 5;            // SKUs in a note

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired,
       {"sku", "msku", "seller-sku", "merchant-sku", "SKU 或 MSKU", "卖家 SKU", "商家SKU", "平台SKU", "店铺SKU",
        "出品者SKU"}},
      {Need::kRequired,
       {"unit-cost", "采购成本", "采购价", "采购单价", "成本", "单位成本", "产品成本", "purchase-price",
        "purchase-cost", "product-cost", "cogs", "cost", "cost-per-unit", "采购成本 / unit cost", "货值"}},
      {Need::kOptional,
       {"freight", "头程", "头程运费", "头程费用", "头程单价", "first-leg-freight", "first-leg", "shipping-cost",
        "inbound-freight", "freight-per-unit", "头程 / freight"}},
      {Need::kOptional, {"currency", "币种", "货币", "cost-currency", "成本币种"}},
      {Need::kOptional, {"freight-currency", "头程币种"}},
      {Need::kOptional, {"marketplace", "站点", "country", "国家", "store"}},
      {Need::kOptional,
       {"lead-time-days", "lead-time", "采购交期", "交期", "备货天数", "备货周期", "采购周期", "交期天数",
        "交期 / lead time days"}},
      {Need::kOptional, {"moq", "起订量", "最小起订量"}},
      {Need::kOptional, {"carton-quantity", "carton", "箱规", "单箱数量", "units-per-carton", "case-pack"}},
      {Need::kOptional, {"category", "类目", "品类", "分类"}},
      {Need::kOptional, {"season", "季节", "季节性", "节日"}},
      {Need::kOptional, {"owner", "负责人", "运营", "principal"}},
      {Need::kOptional, {"tag", "tags", "标签"}},
      {Need::kOptional, {"launch-date", "上架日期", "上架时间", "开售日期", "launch"}},
      {Need::kOptional,
       {"msku", "seller-sku", "merchant-sku", "平台SKU", "店铺SKU", "销售SKU", "亚马逊SKU", "amazon-sku"}},
      {Need::kOptional, {"from-date", "valid-from", "生效日期"}},
      {Need::kOptional, {"to-date", "valid-to", "失效日期"}},
  };
}

// Freight alone makes a cost sheet where it is told by country, and a table of costs is all it is.
bool is_freight_by_country(const Layout& layout) {
  constexpr size_t kFewColumns = 12;
  const auto has = [&](size_t column) { return layout.position[column] >= 0; };
  return has(kSku) && has(kFreight) && has(kMarketplace) && layout.names.size() <= kFewColumns;
}

struct Sign {
  std::string_view text;
  std::string_view currency;
};
// Longer signs first. ¥ in a seller's cost sheet is yuan; a yen cost says JPY or 円.
constexpr std::array<Sign, 22> kSigns = {
    {{"CNY", "CNY"},    {"RMB", "CNY"},  {"USD", "USD"},  {"EUR", "EUR"},  {"GBP", "GBP"}, {"JPY", "JPY"},
     {"CAD", "CAD"},    {"MXN", "MXN"},  {"INR", "INR"},  {"HKD", "HKD"},  {"US$", "USD"}, {"C$", "CAD"},
     {"人民币", "CNY"}, {"美元", "USD"}, {"日元", "JPY"}, {"欧元", "EUR"}, {"元", "CNY"},  {"円", "JPY"},
     {"€", "EUR"},      {"£", "GBP"},    {"￥", "CNY"},   {"¥", "CNY"}}};

std::optional<Currency> currency_in(std::string_view text) {
  std::string upper(text);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  for (const Sign& sign : kSigns)
    if (upper.find(sign.text) != std::string::npos) return Currency::parse(sign.currency);
  if (upper.find('$') != std::string::npos) return Currency::parse("USD");
  return std::nullopt;
}

bool is_formula_error(std::string_view text) {
  return text.starts_with('#') && text.size() > 2;
}

class CostSheetReader final : public ReportReader {
public:
  explicit CostSheetReader(ReadContext& context)
      : context_(context),
        every_store_(context.names, "every_store"),
        telling_(context.names, "telling_column"),
        spans_(context.names, {{"week", 7}, {"month", 30}}) {
    for (const std::string& name : context.header)
      for (char c : name) chinese_ = chinese_ || static_cast<unsigned char>(c) >= 0xE4;  // a CJK ideograph's first byte
  }

  void read(Row& row) override {
    account::CostRow facts;
    // Where the seller's own SKU and Amazon's both stand, Amazon's is the SKU.
    std::string written(plain_sku(words(row, kMsku)));
    if (written.empty()) written = plain_sku(words(row, kSku));
    facts.sku = context_.sku_in(row, kSku, written);
    if (row.refused()) return;
    if (row.has(kMarketplace) && !is_missing(row.text(kMarketplace)) && !every_store_.is(row.text(kMarketplace))) {
      const auto* marketplace = context_.marketplace_of(row, kMarketplace);
      if (!marketplace) return;
      facts.marketplace = marketplace->id;
    } else {
      facts.marketplace = row.conventions().sheet_marketplace;
    }
    marketplace_currency_.reset();
    if (!facts.marketplace.empty()) marketplace_currency_ = context_.book.find(facts.marketplace)->currency;
    facts.unit_cost = amount(row, kUnitCost, kCurrency);
    facts.freight = amount(
        row, kFreight, row.has(kFreightCurrency) && !row.text(kFreightCurrency).empty() ? kFreightCurrency : kCurrency);
    facts.lead_time_days = lead_time_of(row);
    if (facts.lead_time_days.value_or(0) > kLongestLead) {
      row.cannot_read(kLeadTime, {"a lead time of more than ten years", "交期超过十年"},
                      {"give the days from order to arrival", "请填写从下单到到货的天数"});
      facts.lead_time_days.reset();
    }
    facts.moq = row.stock(kMoq);
    facts.carton = row.stock(kCarton);
    facts.category = words(row, kCategory);
    facts.season = words(row, kSeason);
    facts.owner = words(row, kOwner);
    facts.tag = words(row, kTag);
    if (!is_missing(row.text(kLaunch))) facts.launch = launch_of(row);
    if (row.refused()) return;
    if (!is_of_today(row, facts)) {
      ++other_days_;
      return;
    }
    if (!facts.unit_cost && row.has(kUnitCost)) ++without_cost_;
    if (facts.unit_cost && facts.unit_cost->is_zero() && nought_++ < kNamed)
      nought_some_ += (nought_some_.empty() ? "" : ", ") + facts.sku;
    note_second(facts);
    context_.facts.costs.push_back(std::move(facts));
  }

  void finish() override {
    note_columns();
    if (twice_ > 0) {
      const std::string n = std::to_string(twice_);
      context_.notes.push_back({n + " SKUs have several costs in the sheet; the last counts: " + twice_some_,
                                n + " 个 SKU 在表中有多个成本，以最后一行为准：" + twice_some_});
    }
    if (other_days_ > 0) {
      const std::string n = std::to_string(other_days_);
      context_.notes.push_back({n + " rows are of other days than today, by their own columns, and do not count",
                                n + " 行按其生效日期不适用于今天，未计入"});
    }
    if (assumed_cny_ > 0)
      context_.notes.push_back(
          {std::to_string(assumed_cny_) + " amounts name no currency: read as CNY, for the headers are Chinese",
           std::to_string(assumed_cny_) + " 个金额未注明币种：表头为中文，按人民币读取"});
    if (assumed_own_ > 0)
      context_.notes.push_back(
          {std::to_string(assumed_own_) + " amounts name no currency: read as in the currency of their marketplace",
           std::to_string(assumed_own_) + " 个金额未注明币种：按所属站点的币种读取"});
    if (nought_ > 0) {
      const std::string n = std::to_string(nought_);
      context_.notes.push_back(
          {n + " SKUs cost nothing by the sheet, a unit cost of 0: " + nought_some_ + (nought_ > kNamed ? ", …" : "") +
               ". Leave the cell blank where the cost is not known",
           n + " 个 SKU 的采购成本为 0：" + nought_some_ + (nought_ > kNamed ? "…" : "") + "。没有成本时请留空"});
    }
    if (without_cost_ > 0)
      context_.notes.push_back({std::to_string(without_cost_) + " rows give no unit cost: it stays unknown",
                                std::to_string(without_cost_) + " 行未提供采购成本：保持未提供"});
  }

private:
  // Where a sheet holds costs of several periods: the newest that has begun and has not ended.
  bool is_of_today(const Row& row, const account::CostRow& facts) {
    if (!row.has(kFrom)) return true;
    const auto day_in = [&](size_t column) { return parse_report_date(row.text(column), row.conventions().dates); };
    const auto from = day_in(kFrom), to = row.has(kTo) ? day_in(kTo) : std::nullopt;
    const Date today = row.conventions().today;
    if ((from && *from > today) || (to && *to < today)) return false;
    auto& newest = from_.try_emplace({facts.sku, facts.marketplace}, from).first->second;
    if (from < newest) return false;
    if (from > newest) first_.erase({facts.sku, facts.marketplace});  // no second cost of the same days
    newest = from;
    return true;
  }

  // Two costs of one thing: both are said.
  void note_second(const account::CostRow& row) {
    if (!row.unit_cost) return;
    const auto [first, fresh] = first_.try_emplace({row.sku, row.marketplace}, *row.unit_cost);
    if (fresh || first->second == *row.unit_cost) return;
    if (twice_++ < kNamed)
      twice_some_ +=
          (twice_some_.empty() ? "" : "; ") + row.sku + " " + first->second.str() + ", " + row.unit_cost->str();
    first->second = *row.unit_cost;
  }

  // A column that by its name holds what a plan needs, and is not read: named, so that nobody believes it is.
  void note_columns() {
    std::string names;
    for (const std::string& name : context_.header) {
      if (telling_.in(name) && !context_.reads(name)) names += (names.empty() ? "" : ", ") + name;
    }
    if (!names.empty()) context_.notes.push_back({"columns that are not read: " + names, "以下列未读取：" + names});
  }

  // Our own template comes back with the quote that keeps a spreadsheet from running it.
  static std::string words(const Row& row, size_t column) {
    return std::string(without_defusing_quote(row.words(column)));
  }

  std::optional<Money> amount(Row& row, size_t column, size_t currency_column) {
    const std::string_view text = row.text(column);
    if (is_formula_error(text)) {
      row.cannot_read(column, {"the cell holds a formula error", "单元格公式出错"},
                      {"repair the formula and save the workbook again", "请修复公式后重新保存"});
      return std::nullopt;
    }
    if (is_missing(text)) return std::nullopt;
    const auto currency = currency_of_amount(row, column, currency_column, text);
    if (!currency) return std::nullopt;
    const auto money = row.money(column, *currency);
    if (!money || money->units() >= 0) return money;
    row.cannot_read(column, {"a cost cannot be negative", "成本不能为负数"}, {"correct the value", "请更正该值"});
    return std::nullopt;
  }

  std::optional<Currency> currency_of_amount(Row& row, size_t column, size_t currency_column, std::string_view text) {
    if (row.has(currency_column) && !is_missing(row.text(currency_column))) {
      const std::string_view name = row.text(currency_column);
      auto currency = currency_in(name);
      if (!currency) currency = Currency::parse(name);
      if (!currency)
        no_currency(row, column, currency_column, {"not a currency", "不是币种"},
                    {"write a code such as CNY or USD", "请填写 CNY、USD 等币种代码"});
      return currency;
    }
    if (const auto currency = currency_in(text)) return currency;
    if (const auto currency = currency_in(row.column_name(column))) return currency;
    if (chinese_) {
      ++assumed_cny_;
      return Currency::parse("CNY");
    }
    if (marketplace_currency_) {
      ++assumed_own_;
      return marketplace_currency_;
    }
    no_currency(row, column, column, {"the amount names no currency", "金额未注明币种"},
                {"add a currency column, or write 42.67 CNY", "请增加币种列，或写成 42.67 CNY"});
    return std::nullopt;
  }

  // A cost without a currency costs the row, freight only itself.
  static void no_currency(Row& row, size_t column, size_t shown, Text reason, Text fix) {
    if (column == kUnitCost)
      row.refuse(shown, std::move(reason), std::move(fix));
    else
      row.cannot_read(column, std::move(reason), std::move(fix));
  }

  // In days, or with its unit in the cell: 6周, 1个月.
  std::optional<int64_t> lead_time_of(Row& row) const {
    const std::string_view text = row.text(kLeadTime);
    size_t digits = text.size();
    while (digits > 0 && (text[digits - 1] < '0' || text[digits - 1] > '9')) --digits;
    const auto number = parse_real(text.substr(0, digits), row.conventions().numbers);
    const auto days = spans_.factor(trimmed(text.substr(digits)));
    if (number && days && *number >= 0 && *number <= static_cast<double>(kLongestLead))
      return static_cast<int64_t>(std::llround(*number * *days));
    return row.stock(kLeadTime);
  }

  // A launch date may lie ahead.
  static std::optional<Date> launch_of(Row& row) {
    const auto date = parse_report_date(row.text(kLaunch), row.conventions().dates);
    if (!date)
      row.cannot_read(kLaunch, {"not a date", "不是日期"},
                      {"write dates as 2026-07-14", "请按 2026-07-14 的格式填写日期"});
    return date;
  }

  ReadContext& context_;
  CellWords every_store_, telling_;
  UnitWords spans_;  // in days
  bool chinese_ = false;
  int64_t assumed_cny_ = 0;
  int64_t assumed_own_ = 0;
  std::optional<Currency> marketplace_currency_;  // of the row
  int64_t without_cost_ = 0;
  std::map<std::pair<std::string, std::string>, Money> first_;               // by SKU and marketplace
  std::map<std::pair<std::string, std::string>, std::optional<Date>> from_;  // the newest period's first day
  int64_t other_days_ = 0;
  int64_t twice_ = 0;
  int64_t nought_ = 0;
  std::string nought_some_;
  std::string twice_some_;
};

}  // namespace

ReportFormat cost_sheet_format() {
  return {account::ReportKind::kCostSheet,
          columns(),
          make_reader<CostSheetReader>,
          true,
          true,
          kSku,
          {kUnitCost, kFreight},
          {kLaunch, kFrom},
          kMarketplace,
          is_freight_by_country};
}

}  // namespace destock::ingest
