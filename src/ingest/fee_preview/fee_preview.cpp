#include "ingest/fee_preview/fee_preview.h"

#include <map>

#include "ingest/cell_words.h"

// One row is a SKU in a store. North America writes expected-fulfillment-fee-per-unit (older:
// estimated-pick-pack-fee-per-unit) and product-size-tier; Europe expected-domestic-fulfilment-fee-per-unit and
// product-size-weight-band, in cm and kg.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kSku,
  kReferral,
  kFulfilment,
  kTotal,
  kStore,
  kFnsku,
  kAsin,
  kTitle,
  kGroup,
  kPrice,
  kSalesPrice,
  kLongest,
  kMedian,
  kShortest,
  kLengthUnit,
  kWeight,
  kWeightUnit,
  kTier,
  kCurrency,
  kVariableClosing,
  kFixedClosing,
  kPerItem
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired,
       {"sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kSignature, {"estimated-referral-fee-per-unit"}},
      {Need::kSignature,
       {"expected-domestic-fulfilment-fee-per-unit", "expected-fulfillment-fee-per-unit",
        "expected-domestic-fulfillment-fee-per-unit", "estimated-pick-pack-fee-per-unit"}},
      {Need::kSignature, {"estimated-fee-total"}},
      {Need::kOptional, {"amazon-store", "marketplace"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
      {Need::kOptional, {"product-group"}},
      {Need::kOptional, {"your-price"}},
      {Need::kOptional, {"sales-price"}},
      {Need::kOptional, {"longest-side"}},
      {Need::kOptional, {"median-side"}},
      {Need::kOptional, {"shortest-side"}},
      {Need::kOptional, {"unit-of-dimension"}},
      {Need::kOptional, {"item-package-weight"}},
      {Need::kOptional, {"unit-of-weight"}},
      {Need::kOptional, {"product-size-tier", "product-size-weight-band"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"estimated-variable-closing-fee", "estimated-variable-closing-fee-per-unit"}},
      {Need::kOptional, {"estimated-fixed-closing-fee", "estimated-fixed-closing-fee-per-unit"}},
      {Need::kOptional, {"estimated-per-item-fee", "estimated-per-item-fee-per-unit"}},
  };
}

class FeePreviewReader final : public ReportReader {
public:
  explicit FeePreviewReader(ReadContext& context)
      : context_(context),
        lengths_(
            context.names,
            {{"inch", 1}, {"foot", 12}, {"metre", 100 / 2.54}, {"centimetre", 1 / 2.54}, {"millimetre", 1 / 25.4}}),
        weights_(context.names,
                 {{"pound", 1}, {"ounce", 1 / 16.0}, {"kilogram", 2.20462262}, {"gram", 0.00220462262}}) {}

  void read(Row& row) override {
    const account::MarketplaceEntry* marketplace = nullptr;
    if (row.has(kStore) && !is_missing(row.text(kStore)))
      marketplace = context_.marketplace_of(row, kStore);
    else
      marketplace = context_.marketplace_by_currency(row, kCurrency);
    if (!marketplace || !context_.currency_agrees(row, kCurrency, *marketplace)) return;
    const Currency currency = marketplace->currency;
    account::FeePreviewRow facts;
    const auto sale = row.money(kSalesPrice, currency);
    facts.price = sale && sale->units() > 0 ? sale : row.money(kPrice, currency);
    facts.referral_fee = fee(row, kReferral, currency);
    facts.fulfilment_fee = fee(row, kFulfilment, currency);
    facts.total_fee = row.money(kTotal, currency);
    facts.closing_fee = closing(row, facts.referral_fee.has_value(), currency);
    read_size(row, facts);
    facts.size_tier = row.words(kTier);
    facts.product_group = row.words(kGroup);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing || !once_.first(row, *listing, {}, kSku)) return;
    facts.listing = *listing;
    count_.add(marketplace->id, row.conventions().snapshot, 1, *listing);
    context_.facts.fee_preview.push_back(std::move(facts));
  }

  void finish() override {
    count_.finish(context_.facts);
    for (const auto& [unit, rows] : unknown_units_) {
      const std::string n = std::to_string(rows);
      context_.notes.push_back(
          {n + " rows give sides or weight in a unit that is not known (" + unit + "): they are unknown",
           n + " 行的尺寸或重量单位无法识别（" + unit + "）：按未提供处理"});
    }
  }

private:
  // Nought is what Amazon writes where it has no estimate: no fee of nothing. A fee is never an income.
  static std::optional<Money> fee(Row& row, size_t column, Currency currency) {
    const auto amount = row.money(column, currency);
    if (amount && amount->units() < 0)
      row.refuse(column, {"a fee below nought", "费用为负数"},
                 {"download the report again; fees are positive in it", "请重新下载报告；报告中的费用应为正数"});
    return amount && amount->units() > 0 ? amount : std::nullopt;
  }
  // What is given of them, together. Nought is none due where the row is estimated, which its referral fee shows.
  static std::optional<Money> closing(Row& row, bool estimated, Currency currency) {
    std::optional<Money> sum;
    for (const Column column : {kVariableClosing, kFixedClosing, kPerItem}) {
      const auto amount = row.has(column) ? row.money(column, currency) : std::nullopt;
      if (!amount) continue;
      fee(row, column, currency);  // refuses what is below nought
      sum = sum.value_or(Money::zero(currency)) + *amount;
    }
    return sum && (estimated || sum->units() > 0) ? sum : std::nullopt;
  }
  // A side or a weight in a unit that is not known is unknown, and said.
  void read_size(Row& row, account::FeePreviewRow& facts) {
    const auto inch = factor(row, kLengthUnit, lengths_);
    const auto pound = factor(row, kWeightUnit, weights_);
    const auto in = [&](size_t column, std::optional<double> unit) {
      const auto value = row.real(column);
      return value && unit && *value > 0 ? std::optional(*value * *unit) : std::nullopt;
    };
    facts.longest_in = in(kLongest, inch);
    facts.median_in = in(kMedian, inch);
    facts.shortest_in = in(kShortest, inch);
    facts.weight_lb = in(kWeight, pound);
  }

  // Where none is given: inches and pounds, as the report has always meant.
  std::optional<double> factor(const Row& row, size_t column, const UnitWords& units) {
    const std::string_view unit = row.text(column);
    if (is_missing(unit)) return 1;
    const auto known = units.factor(unit);
    if (!known) ++unknown_units_[std::string(unit)];
    return known;
  }

  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
  UnitWords lengths_, weights_;
  std::map<std::string, int64_t> unknown_units_;
};

}  // namespace

ReportFormat fee_preview_format() {
  return {account::ReportKind::kFeePreview,
          columns(),
          make_reader<FeePreviewReader>,
          true,
          false,
          kSku,
          {kReferral, kFulfilment, kPrice, kLongest, kWeight},
          {},
          kStore};
}

}  // namespace destock::ingest
