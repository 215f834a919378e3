#include "ingest/cost_sheet/cost_sheet.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <map>
#include <set>
#include <utility>

#include "base/csv_text.h"
#include "ingest/cell_words.h"
#include "ingest/cost_sheet/cost_columns.h"
#include "ingest/cost_sheet/cost_currency.h"
#include "ingest/cost_sheet/cost_header.h"
#include "ingest/cost_sheet/lead_days.h"
#include "ingest/store_names.h"

// One row is a SKU. An amount's currency is, in this order: its own column; a sign or code in the value ("42.67 CNY",
// "¥42.67"); one in the header ("采购成本(元)", "unit cost (USD)"); the one that other rows name; CNY where the headers
// are Chinese, JPY where they are Japanese; the marketplace's. None: refused.
namespace destock::ingest {
namespace {

using namespace cost_sheet;

constexpr int64_t kNamed = 5;  // SKUs in a note

// Freight alone makes a cost sheet where it is told by country, and a table of costs is all it is.
bool is_freight_by_country(const Layout& layout) {
  constexpr size_t kFewColumns = 12;
  const auto has = [&](size_t column) { return layout.position[column] >= 0; };
  return has(kSku) && has(kFreight) && has(kMarketplace) && layout.names.size() <= kFewColumns;
}

class CostSheetReader final : public ReportReader {
public:
  explicit CostSheetReader(ReadContext& context)
      : context_(context),
        header_(context),
        every_store_(context.names, "every_store"),
        telling_(context.names, "telling_column"),
        pieces_(context.names, "pieces"),
        totals_(context.names, "total_row"),
        own_currency_(context.names, "own_currency_column"),
        lead_days_(context.names, header_.within_brackets(context.layout->name_of(kLeadTime))),
        named_currencies_(header_.named_in(kCurrency)),
        sites_repeat_(header_.repeats_above(kMarketplace, context.layout->position[kMsku] < 0 ? kSku : kMsku)),
        landed_(header_.says_landed(kUnitCost)) {
    for (const size_t column : {kUnitCost, kFreight, kMoq}) {
      const std::string_view name = context.layout->name_of(column);
      per_[column] = header_.per(name);
      if (per_[column].of == PerUnits::Of::kUnknown) note_unknown_rate(name);
      hundredths_[column] = header_.in_hundredths(name);
    }
  }

  void read(Row& row) override {
    account::CostRow facts;
    // Where the seller's own SKU and Amazon's both stand, Amazon's is the SKU.
    std::string written = words(row, kMsku);
    if (written.empty()) written = words(row, kSku);
    if (totals_.is(written.substr(0, std::min(written.find(':'), written.find("：")))))
      row.refuse_row({"a sum, not a SKU", "合计行，不是 SKU"}, {"leave it out", "请删除该行"});
    if (row.refused()) return;
    const std::vector<std::string> skus = context_.skus_in(row, kSku, written);
    if (row.refused()) return;
    const auto several =
        row.has(kMarketplace) ? stores_listed(row.text(kMarketplace), context_.book) : std::vector<std::string>();
    if (!several.empty())
      facts.marketplace = several.front();
    else if (!take_marketplace(row, facts))
      return;
    marketplace_currency_.reset();
    if (!facts.marketplace.empty()) marketplace_currency_ = context_.book.find(facts.marketplace)->currency;
    facts.carton = count_of(row, kCarton);
    facts.unit_cost = amount(row, kUnitCost, kCurrency, facts.carton);
    facts.freight = freight_of(row, facts);
    facts.lead_time_days = lead_time_of(row, facts);
    take_ordering(row, facts);
    if (facts.lead_time_days.value_or(0) > kLongestLead) {
      row.cannot_read(kLeadTime, {"a lead time of more than ten years", "交期超过十年"},
                      {"give the days from order to arrival", "请填写从下单到到货的天数"});
      facts.lead_time_days.reset();
    }
    facts.moq = count_of(row, kMoq);
    if (facts.moq && per_[kMoq].of == PerUnits::Of::kCarton) facts.moq = of_cartons(row, *facts.moq, facts.carton);
    facts.category = words(row, kCategory);
    facts.season = words(row, kSeason);
    facts.owner = words(row, kOwner);
    facts.tag = words(row, kTag);
    if (!is_missing(row.text(kLaunch))) facts.launch = launch_of(row);
    if (row.refused()) return;
    several_ += skus.size() > 1 ? 1 : 0;
    several_stores_ += several.empty() ? 0 : 1;
    for (const std::string& sku : skus) {
      facts.sku = sku;
      if (several.empty()) take(row, facts);
      for (const std::string& store : several) {
        facts.marketplace = store;
        take(row, facts);
      }
    }
  }

  void finish() override {
    note_columns();
    const auto said = [&](int64_t count, const char* en, const char* zh) {
      const std::string n = std::to_string(count);
      if (count > 0) context_.notes.push_back({n + en, n + zh});
    };
    if (twice_ > 0) {
      const std::string n = std::to_string(twice_);
      context_.notes.push_back({n + " SKUs have several costs in the sheet; the last counts: " + twice_some_,
                                n + " 个 SKU 在表中有多个成本，以最后一行为准：" + twice_some_});
    }
    said(to_come_, " rows hold from a later day on, by their own column: each counts from its day",
         " 行自以后的日期起生效：届时计入");
    said(other_days_, " rows are of other days than today, by their own columns, and do not count",
         " 行按其生效日期不适用于今天，未计入");
    said(several_, " rows name several SKUs each: what they say holds for each of them",
         " 行的单元格中有多个 SKU：该行内容适用于其中每一个");
    said(several_stores_, " rows name several stores each: what they say holds for each of them",
         " 行的站点单元格中有多个站点：该行内容适用于其中每一个");
    said(repeated_, " rows name no site below one that does: read as of the site above, as merged cells are",
         " 行未填站点：按合并单元格处理，取上方站点");
    for (const auto& [why, count] : assumed_) {
      const std::string n = std::to_string(count);
      context_.notes.push_back({n + why.first, n + why.second});
    }
    if (nought_ > 0) {
      const std::string n = std::to_string(nought_);
      context_.notes.push_back(
          {n + (nought_ == 1 ? " SKU has" : " SKUs have") +
               " a unit cost of 0 in the sheet, which is what stands where none was filled in: unknown: " +
               nought_some_ + (nought_ > kNamed ? ", …" : "") + ". Write 0.01 where goods cost nothing",
           n + " 个 SKU 的采购成本为 0，通常表示未填写，按未提供处理：" + nought_some_ + (nought_ > kNamed ? "…" : "") +
               "。确实没有成本时请填 0.01"});
    }
    said(freight_inside_, " freights are not added: by its name the cost holds them already",
         " 个头程未另计：按列名，成本已含头程");
    said(without_cost_, " rows give no unit cost: it stays unknown", " 行未提供采购成本：保持未提供");
  }

private:
  // Its own cell; where that is blank, the sheet's name, else all stores.
  bool take_marketplace(Row& row, account::CostRow& facts) {
    if (row.has(kMarketplace) && !is_missing(row.text(kMarketplace))) {
      site_above_.clear();
      if (every_store_.is(row.text(kMarketplace))) {
        facts.marketplace = row.conventions().sheet_marketplace;
        return true;
      }
      const auto* marketplace = context_.marketplace_of(row, kMarketplace);
      if (!marketplace) return false;
      facts.marketplace = site_above_ = marketplace->id;
    } else if (sites_repeat_ && !site_above_.empty()) {
      facts.marketplace = site_above_;
      ++repeated_;
    } else {
      facts.marketplace = row.conventions().sheet_marketplace;
    }
    return true;
  }

  void take(Row& row, account::CostRow facts) {
    facts.from = day_to_come(row);
    if (!facts.from && !is_of_today(row, facts)) {
      ++other_days_;
      return;
    }
    if (facts.unit_cost && facts.unit_cost->is_zero()) {
      if (nought_++ < kNamed) add_to_list(nought_some_, facts.sku);
      facts.unit_cost.reset();
      if (facts.freight && facts.freight->is_zero()) facts.freight.reset();
    } else if (!facts.unit_cost && row.has(kUnitCost)) {
      ++without_cost_;
    }
    if (facts.from)
      ++to_come_;
    else
      note_second(facts);
    context_.facts.costs.push_back(std::move(facts));
  }

  // What holds from a later day on waits for it.
  static std::optional<Date> day_to_come(const Row& row) {
    if (!row.has(kFrom)) return std::nullopt;
    const auto from = parse_report_date(row.text(kFrom), row.conventions().dates);
    return from && *from > row.conventions().today ? from : std::nullopt;
  }

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

  struct Costs {
    std::optional<Money> unit, freight;
    std::string str() const {
      return (unit ? unit->str() : "") + (freight ? (unit ? " + " : "") + freight->str() : "");
    }
  };

  // Two costs of one thing: both are said.
  void note_second(const account::CostRow& row) {
    if (!row.unit_cost && !row.freight) return;
    const Costs now{row.unit_cost, row.freight};
    const auto [first, fresh] = first_.try_emplace({row.sku, row.marketplace}, now);
    if (fresh) return;
    const auto differs = [](const std::optional<Money>& a, const std::optional<Money>& b) {
      return a && b && *a != *b;
    };
    const auto is_other = [&](const Costs& held) {
      return differs(held.unit, now.unit) || differs(held.freight, now.freight);
    };
    if (is_other(first->second) && twice_++ < kNamed)
      add_to_list(twice_some_, row.sku + " " + first->second.str() + ", " + now.str(), "; ");
    if (now.unit) first->second.unit = now.unit;
    if (now.freight) first->second.freight = now.freight;
  }

  // A column that by its name holds what a plan needs, and is not read: named, so that nobody believes it is.
  void note_columns() {
    std::string names;
    for (const std::string& name : context_.header) {
      if (telling_.in(name) && !context_.reads(name)) add_to_list(names, name);
    }
    if (!names.empty()) context_.notes.push_back({"columns that are not read: " + names, "以下列未读取：" + names});
  }

  void note_unknown_rate(std::string_view name) {
    const std::string column(name);
    context_.notes.push_back({column + ": of how many units its figures are is not known; read as for one unit",
                              column + "：无法判断对应的件数，按单件读取"});
  }

  // Without the quote that keeps a spreadsheet from running what our own template holds.
  static std::string words(const Row& row, size_t column) {
    return std::string(without_defusing_quote(row.words(column)));
  }

  std::optional<Money> amount(Row& row, size_t column, size_t currency_column, const std::optional<int64_t>& carton) {
    const std::string_view text = row.text(column);
    if (text.starts_with('#') && text.size() > 2) {
      row.cannot_read(column, {"the cell holds a formula error", "单元格公式出错"},
                      {"repair the formula and save the workbook again", "请修复公式后重新保存"});
      return std::nullopt;
    }
    if (is_missing(text)) return std::nullopt;
    const auto currency = currency_of_amount(row, column, currency_column, text);
    if (!currency) return std::nullopt;
    const auto money = row.money(column, *currency);
    if (!money) return money;
    if (money->units() < 0) {
      row.cannot_read(column, {"a cost cannot be negative", "成本不能为负数"}, {"correct the value", "请更正该值"});
      return std::nullopt;
    }
    return of_one_unit(row, column, *money, carton);
  }

  // A cost that by its name holds the freight already has none beside it.
  std::optional<Money> freight_of(Row& row, const account::CostRow& facts) {
    if (facts.unit_cost && row.has(kFreight) && landed_) {
      freight_inside_ += is_missing(row.text(kFreight)) ? 0 : 1;
      return Money::zero(facts.unit_cost->currency());
    }
    const bool own = row.has(kFreightCurrency) && !row.text(kFreightCurrency).empty();
    return amount(row, kFreight, own ? kFreightCurrency : kCurrency, facts.carton);
  }

  // By its header a figure may be of a carton, a dozen, or in cents.
  std::optional<Money> of_one_unit(Row& row, size_t column, Money money, const std::optional<int64_t>& carton) {
    const PerUnits& per = per_[column];
    int64_t parts = hundredths_[column] ? 100 : 1;
    if (per.of == PerUnits::Of::kOther) {
      row.cannot_read(column, {"by its header no amount of a unit", "按表头不是单件金额"},
                      {"give the amount for one unit", "请填写单件金额"});
      return std::nullopt;
    }
    if (per.of == PerUnits::Of::kCarton && carton.value_or(0) == 0) {
      row.cannot_read(
          column,
          {"an amount for a carton, and the row does not say how many units it holds", "金额按箱计，但该行未提供箱规"},
          {"fill in the units per carton, or give the amount for one unit", "请填写箱规，或填写单件金额"});
      return std::nullopt;
    }
    if (per.of == PerUnits::Of::kCarton) parts *= *carton;
    if (per.of == PerUnits::Of::kSeveral) parts *= per.units;
    if (parts == 1) return money;
    return Money::from_units((money.units() + parts / 2) / parts, money.currency());
  }

  static std::optional<int64_t> of_cartons(Row& row, int64_t cartons, const std::optional<int64_t>& carton) {
    if (carton.value_or(0) > 0 && cartons <= kMostCount / *carton) return cartons * *carton;
    row.cannot_read(kMoq, {"in cartons, and the row does not say how many units one holds", "按箱计，但该行未提供箱规"},
                    {"fill in the units per carton", "请填写箱规"});
    return std::nullopt;
  }

  // What no word says, and was taken for something: counted by how.
  std::optional<Currency> assumed(const std::string& code, const std::string& en, const std::string& zh) {
    ++assumed_[{en, zh}];
    return Currency::parse(code);
  }

  // A column of currencies that does not say of what they are may be of another amount in the sheet: what the amount's
  // own header says goes before it.
  std::optional<Currency> by_its_own_header(const Row& row, size_t column, size_t currency_column,
                                            std::optional<Currency> other) {
    const auto own = currency_in(row.column_name(column));
    if (!own || !other || *own == *other || own_currency_.in(row.column_name(currency_column))) return std::nullopt;
    const std::string name(row.column_name(column)), beside(row.column_name(currency_column));
    return assumed(own->str(),
                   " amounts were read in " + own->str() + ", as their header “" + name + "” says; the column “" +
                       beside + "” says another currency",
                   " 个金额按表头“" + name + "”读取为 " + own->str() + "；“" + beside + "”列所写币种不同");
  }

  std::optional<Currency> currency_of_amount(Row& row, size_t column, size_t currency_column, std::string_view text) {
    std::string_view named = text;
    std::optional<Currency> currency;
    if (row.has(currency_column) && !is_missing(row.text(currency_column))) {
      named = row.text(currency_column);
      currency = currency_in(named);
      if (!currency && !is_yen_or_yuan(named)) currency = Currency::parse(named);
      if (!currency && !is_yen_or_yuan(named)) {
        no_currency(row, column, currency_column, {"not a currency", "不是币种"},
                    {"write a code such as CNY or USD", "请填写 CNY、USD 等币种代码"});
        return currency;
      }
      if (const auto own = by_its_own_header(row, column, currency_column, currency)) currency = own;
      if (currency && contradicts(text, *currency)) {
        no_currency(row, column, currency_column,
                    {"the amount names another currency than its column", "金额所写币种与币种列不一致"},
                    {"let both say the same", "请统一两处的币种"});
        return std::nullopt;
      }
    }
    if (!currency) currency = currency_in(named);
    if (!currency && is_crowns(named)) return crowns(row, column, currency_column);
    if (!currency && is_yen_or_yuan(named)) return yen_or_yuan(row, column);
    const std::string_view name = row.column_name(column);
    if (!currency) currency = currency_in(name);
    if (!currency && is_yen_or_yuan(name)) return yen_or_yuan(row, column);
    return currency ? currency : unsaid_currency(row, column);
  }

  // Whose crowns: the store's, or they are asked for.
  std::optional<Currency> crowns(Row& row, size_t column, size_t currency_column) {
    if (marketplace_currency_ && !contradicts("kr", *marketplace_currency_)) return marketplace_currency_;
    no_currency(row, column, currency_column,
                {"kr may be Sweden's, Denmark's or Norway's", "kr 可能是瑞典、丹麦或挪威货币"},
                {"write SEK, DKK or NOK", "请写明 SEK、DKK 或 NOK"});
    return std::nullopt;
  }

  // ¥ is both: the headers' language tells, else whether the account sells in Japan.
  std::optional<Currency> yen_or_yuan(Row& row, size_t column) {
    if (header_.japanese()) return Currency::parse("JPY");
    if (header_.chinese()) return Currency::parse("CNY");
    const auto stores = context_.stores_known ? context_.stores_known() : std::vector<std::string>();
    const bool japan = std::find(stores.begin(), stores.end(), "JP") != stores.end();
    if (japan && stores.size() == 1)
      return assumed("JPY", " amounts with ¥ were read as JPY, for Japan is the only store that other reports tell of",
                     " 个金额仅注明 ¥：其他报告仅涉及日本站，按日元读取");
    if (!japan) return assumed("CNY", " amounts with ¥ were read as CNY", " 个金额仅注明 ¥：按人民币读取");
    no_currency(row, column, column, {"¥ may be yuan or yen", "¥ 可能是人民币或日元"},
                {"write CNY or JPY", "请写明 CNY 或 JPY"});
    return std::nullopt;
  }

  std::optional<Currency> unsaid_currency(Row& row, size_t column) {
    if (named_currencies_.size() == 1) {
      const std::string& code = *named_currencies_.begin();
      return assumed(code, " amounts name no currency: read as " + code + ", which other rows name",
                     " 个金额未注明币种：按其他行的 " + code + " 读取");
    }
    if (named_currencies_.empty() && header_.japanese())
      return assumed("JPY", " amounts name no currency: read as JPY, for the headers are Japanese",
                     " 个金额未注明币种：表头为日文，按日元读取");
    if (named_currencies_.empty() && header_.chinese())
      return assumed("CNY", " amounts name no currency: read as CNY, for the headers are Chinese",
                     " 个金额未注明币种：表头为中文，按人民币读取");
    if (named_currencies_.empty() && marketplace_currency_)
      return assumed(marketplace_currency_->str(),
                     " amounts name no currency: read as in the currency of their marketplace",
                     " 个金额未注明币种：按所属站点的币种读取");
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

  // A count, or one with what it counts: 24个/箱, 500起.
  std::optional<int64_t> count_of(Row& row, size_t column) const {
    const std::string_view text = row.text(column);
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    constexpr size_t kMostDigits = 7;
    if (digits == 0 || digits > kMostDigits || !pieces_.is(trimmed(text.substr(digits)))) return row.stock(column);
    return std::atoll(std::string(text.substr(0, digits)).c_str());
  }

  // What else an order goes by.
  void take_ordering(Row& row, account::CostRow& facts) {
    if (row.has(kLeadFrom) && row.has(kLeadTo)) {
      facts.lead_time_from = row.stock(kLeadFrom);
      facts.lead_time_to = row.stock(kLeadTo);
    }
    if (facts.lead_time_from.value_or(0) > facts.lead_time_to.value_or(kLongestLead) ||
        facts.lead_time_to.value_or(0) > kLongestLead) {
      row.cannot_read(kLeadTo, {"no span of days", "不是天数区间"}, {"write it as 25-35", "请写成 25-35"});
      facts.lead_time_from.reset();
    }
    if (!facts.lead_time_from || !facts.lead_time_to) facts.lead_time_from = facts.lead_time_to = std::nullopt;
    if (facts.lead_time_from && !facts.lead_time_days)
      facts.lead_time_days = (*facts.lead_time_from + *facts.lead_time_to) / 2;
    facts.elsewhere = row.stock(kElsewhere);
    facts.carton_m3 = row.real(kCartonVolume);
    facts.supplier = words(row, kSupplier);
    facts.supplier_minimum = amount(row, kSupplierMinimum, kCurrency, facts.carton);
  }

  // In days, or with its unit in the cell: 6周, 1个月, 25-35 天.
  std::optional<int64_t> lead_time_of(Row& row, account::CostRow& facts) const {
    const std::string_view text = row.text(kLeadTime);
    const NumberStyle numbers = row.conventions().numbers;
    if (const auto span = lead_days_.span(text, numbers)) {
      facts.lead_time_from = span->first;
      facts.lead_time_to = span->second;
      return (span->first + span->second) / 2;
    }
    const auto days = lead_days_.one(text, numbers);
    return days ? days : row.stock(kLeadTime);
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
  CostHeader header_;
  CellWords every_store_, telling_, pieces_, totals_, own_currency_;
  LeadDays lead_days_;
  std::map<size_t, PerUnits> per_;  // by column
  std::map<size_t, bool> hundredths_;
  std::set<std::string> named_currencies_;
  bool sites_repeat_ = false, landed_ = false;
  std::string site_above_;
  int64_t repeated_ = 0, several_ = 0, several_stores_ = 0;
  std::map<std::pair<std::string, std::string>, int64_t> assumed_;  // amounts, by what was assumed
  std::optional<Currency> marketplace_currency_;                    // of the row
  int64_t without_cost_ = 0, freight_inside_ = 0;
  std::map<std::pair<std::string, std::string>, Costs> first_;               // by SKU and marketplace
  std::map<std::pair<std::string, std::string>, std::optional<Date>> from_;  // the newest period's first day
  int64_t other_days_ = 0, to_come_ = 0;
  int64_t twice_ = 0;
  int64_t nought_ = 0;
  std::string nought_some_, twice_some_;
};

}  // namespace

ReportFormat cost_sheet_format() {
  return {account::ReportKind::kCostSheet,
          cost_columns(),
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
