#include "ingest/aged_surcharge/aged_surcharge.h"

// One row is a SKU x age band on the assessment day.
namespace destock::ingest {
namespace {

enum Column : size_t { kDate, kSku, kAmount, kFnsku, kAsin, kTitle, kCountry, kCurrency, kUnits, kTier, kRate };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"snapshot-date"}},
      {Need::kRequired,
       {"sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"amount-charged"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
      {Need::kOptional, {"country", "country-code", "marketplace"}},
      {Need::kOptional, {"currency"}},
      {Need::kSignature, {"qty-charged"}},
      {Need::kSignature, {"surcharge-age-tier"}},
      {Need::kOptional, {"rate-surcharge"}},
  };
}

class AgedSurchargeReader final : public ReportReader {
public:
  explicit AgedSurchargeReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, row.has(kCountry) ? static_cast<int>(kCountry) : -1);
    if (!marketplace || !context_.currency_agrees(row, kCurrency, *marketplace)) return;
    const auto day = row.day(kDate);
    if (!day)
      row.refuse(kDate, {"the snapshot date is missing", "缺少快照日期"},
                 {"download the report again", "请重新下载报告"});
    account::AgedChargeRow facts;
    facts.units = row.stock(kUnits);
    facts.amount = row.money(kAmount, marketplace->currency);
    facts.rate = row.money(kRate, marketplace->currency);
    facts.tier = row.words(kTier);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing) return;
    facts.day = *day;
    facts.listing = *listing;
    count_.add(marketplace->id, *day, facts.units.value_or(0), *listing);
    context_.facts.aged_charges.push_back(std::move(facts));
  }

  void finish() override { count_.finish(context_.facts); }

private:
  ReadContext& context_;
  CoverageCount count_;
};

}  // namespace

ReportFormat aged_surcharge_format() {
  return {account::ReportKind::kAgedSurcharge,
          columns(),
          make_reader<AgedSurchargeReader>,
          true,
          true,
          kSku,
          {kAmount, kRate},
          {kDate},
          kCountry};
}

}  // namespace destock::ingest
