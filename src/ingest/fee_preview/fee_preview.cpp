#include "ingest/fee_preview/fee_preview.h"

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
  kCurrency
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
  };
}

class FeePreviewReader final : public ReportReader {
public:
  explicit FeePreviewReader(ReadContext& context) : context_(context) {}

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

  void finish() override { count_.finish(context_.facts); }

private:
  // Nought is what Amazon writes where it has no estimate: no fee of nothing. A fee is never an income.
  static std::optional<Money> fee(Row& row, size_t column, Currency currency) {
    const auto amount = row.money(column, currency);
    if (amount && amount->units() < 0)
      row.refuse(column, {"a fee below nought", "费用为负数"},
                 {"download the report again; fees are positive in it", "请重新下载报告；报告中的费用应为正数"});
    return amount && amount->units() > 0 ? amount : std::nullopt;
  }
  static void read_size(Row& row, account::FeePreviewRow& facts) {
    const std::string length_unit = fold_header(row.text(kLengthUnit));
    const double inch = length_unit.starts_with("cent") || length_unit == "cm"  ? 1 / 2.54
                        : length_unit.starts_with("mil") || length_unit == "mm" ? 1 / 25.4
                                                                                : 1;
    const auto side = [&](size_t column) {
      auto value = row.real(column);
      if (value) *value *= inch;
      return value && *value > 0 ? value : std::nullopt;
    };
    facts.longest_in = side(kLongest);
    facts.median_in = side(kMedian);
    facts.shortest_in = side(kShortest);
    const std::string weight_unit = fold_header(row.text(kWeightUnit));
    double pound = 1;
    if (weight_unit.starts_with("kilo") || weight_unit == "kg")
      pound = 2.20462262;
    else if (weight_unit.starts_with("gram") || weight_unit == "g")
      pound = 0.00220462262;
    else if (weight_unit.starts_with("ounce") || weight_unit == "oz")
      pound = 1 / 16.0;
    auto weight = row.real(kWeight);
    if (weight) *weight *= pound;
    facts.weight_lb = weight && *weight > 0 ? weight : std::nullopt;
  }

  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
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
