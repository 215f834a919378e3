#include "ingest/transactions/transactions.h"

#include "ingest/cell_words.h"
#include "ingest/settled_sums.h"

// One row is a transaction, its parts side by side; lines of explanation stand above the header. Names of columns in
// more languages: data/reports/columns.toml. A settlement says the same in finer parts and goes before it.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kDate,
  kSettlement,
  kType,
  kFees,
  kShipping,
  kOrder,
  kSku,
  kQuantity,
  kMarketplace,
  kFulfilment,
  kSales,
  kTax,
  kCredits,
  kGiftWrap,
  kPromotions,
  kOtherFees,
  kOther,
  kTotal,
  kDescription,
  kPoints
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"date/time", "Datum/Uhrzeit"}},
      {Need::kRequired, {"settlement id", "Abrechnungsnummer"}},
      {Need::kRequired, {"type", "Typ"}},
      {Need::kRequired, {"selling fees", "Verkaufsgebühren"}},
      {Need::kRequired, {"fba fees", "Gebühren zu Versand durch Amazon"}},
      {Need::kOptional, {"order id", "Bestellnummer"}},
      {Need::kOptional, {"sku"}},
      {Need::kOptional, {"quantity", "Menge"}},
      {Need::kOptional, {"marketplace"}},
      {Need::kOptional, {"fulfillment", "fulfilment", "Versand"}},
      {Need::kOptional, {"product sales", "Umsätze"}},
      {Need::kOptional, {"product sales tax", "Produktumsatzsteuer"}},
      {Need::kOptional, {"shipping credits", "postage credits", "Gutschrift für Versandkosten"}},
      {Need::kOptional, {"gift wrap credits", "Gutschrift für Geschenkverpackung"}},
      {Need::kOptional, {"promotional rebates", "Rabatte aus Werbeaktionen"}},
      {Need::kOptional, {"other transaction fees", "Andere Transaktionsgebühren"}},
      {Need::kOptional, {"other", "Andere"}},
      {Need::kOptional, {"total", "Gesamt"}},
      {Need::kOptional, {"description", "Beschreibung"}},
      {Need::kOptional, {"points", "Amazonポイントの費用"}},  // Japan's: what the seller grants buyers
  };
}

class TransactionsReader final : public ReportReader {
public:
  explicit TransactionsReader(ReadContext& context) : context_(context), order_(context.names, "transaction_order") {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* named = context_.book.named(row.text(kMarketplace));
    const auto* marketplace = named ? named : context_.marketplace_of(row, -1);
    if (!marketplace) return;
    // A row of a SKU whose cell is blank is of the report's own marketplace, where something tells it.
    const bool blank = is_missing(row.text(kMarketplace)) && !is_missing(row.text(kSku));
    if (!named && blank && !row.conventions().marketplace_assumed) named = marketplace;
    const auto day = row.day(kDate);
    if (!day) row.refuse(kDate, {"the date is missing", "缺少日期"}, {"download the report again", "请重新下载报告"});
    const Parts parts = parts_of(row, marketplace->currency);
    if (row.refused()) return;
    const std::string settlement = row.words(kSettlement);
    if (named && of_units(row, parts))
      of_order(row, settlement, *named, parts, *day);
    else
      other(row, settlement, named ? named->id : std::string(), marketplace->currency, parts, *day);
  }

  void finish() override { sums_.finish(context_); }

private:
  struct Parts {
    std::optional<Money> sales, tax, credits, gift_wrap, promotions, points, fees, shipping, other_fees, other, total;
  };
  static Parts parts_of(Row& row, Currency currency) {
    return {row.money(kSales, currency),    row.money(kTax, currency),        row.money(kCredits, currency),
            row.money(kGiftWrap, currency), row.money(kPromotions, currency), row.money(kPoints, currency),
            row.money(kFees, currency),     row.money(kShipping, currency),   row.money(kOtherFees, currency),
            row.money(kOther, currency),    row.money(kTotal, currency)};
  }
  static int64_t units_of(const std::optional<Money>& amount) { return amount ? amount->units() : 0; }

  // Of an FBA order, without shipping and gift wrap in it: what buyers pay for those is in its fees too.
  bool of_units(const Row& row, const Parts& parts) const {
    return order_.is(row.text(kType)) && !is_missing(row.text(kSku)) && !is_missing(row.text(kQuantity)) &&
           row.text(kFulfilment).find("mazon") != std::string_view::npos && units_of(parts.credits) == 0 &&
           units_of(parts.gift_wrap) == 0;
  }

  void of_order(Row& row, const std::string& settlement, const account::MarketplaceEntry& marketplace,
                const Parts& parts, Date day) {
    const auto units = row.stock(kQuantity);
    const std::string sku = context_.sku_in(row, kSku, row.text(kSku));
    if (row.refused()) return;
    account::SettledDay& sum = sums_.day_of(settlement, marketplace.id, sku, day, marketplace.currency);
    if (!units) sums_.units_unknown(sum);
    add_to(sum.units, units.value_or(0));
    add_to(sum.principal, units_of(parts.sales));
    add_to(sum.tax, units_of(parts.tax));
    add_to(sum.promotion, units_of(parts.promotions) + units_of(parts.points));
    add_to(sum.referral, -units_of(parts.fees));
    add_to(sum.fulfilment, -units_of(parts.shipping));
    add_to(sum.other_fees, -units_of(parts.other_fees));
  }

  void other(Row& row, const std::string& settlement, const std::string& marketplace, Currency currency,
             const Parts& parts, Date day) {
    const std::optional<Money>& amount = parts.total ? parts.total : parts.other;
    if (!amount) {  // never a row that is taken and brings nothing
      row.refuse_row({"the row's total is not told", "该行缺少合计金额"},
                     {"download the report again with all its columns", "请重新下载包含全部列的报告"});
      return;
    }
    account::SettledAmount sum{settlement, false, marketplace, {}, {}, {}, day, {}, {}, {}, {}, *amount};
    sum.transaction = row.words(kType);
    sum.type = "total";
    sum.units = row.count(kQuantity);
    if (!is_missing(row.text(kSku))) sum.sku = context_.sku_in(row, kSku, row.text(kSku));
    if (row.refused() || amount->currency() != currency) return;
    if (!order_.is(sum.transaction)) sum.order_id = row.words(kOrder);
    if (sum.sku.empty()) sum.description = row.words(kDescription);
    sums_.add(std::move(sum));
  }

  ReadContext& context_;
  CellWords order_;
  SettledSums sums_{false};
};

}  // namespace

ReportFormat transactions_format() {
  return {account::ReportKind::kTransactions,
          columns(),
          make_reader<TransactionsReader>,
          true,
          true,
          kSku,
          {kSales, kFees, kShipping, kTotal},
          {kDate},
          kMarketplace};
}

}  // namespace destock::ingest
