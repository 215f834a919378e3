#include "ingest/multi_country/multi_country.h"

#include <algorithm>

#include "ingest/join_alike.h"

// One row is a SKU in a country: seller-sku, fulfillment-channel-sku, asin, condition-type, country,
// quantity-for-local-fulfillment (GET_AFN_INVENTORY_DATA_BY_COUNTRY). A country without a store of its own belongs to
// the store whose network it serves. The report completes others: a SKU that none of them has is left out.
namespace destock::ingest {
namespace {

enum Column : size_t { kSku, kCountry, kUnits, kFnsku, kAsin };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"seller-sku", "sku", "msku"}},
      {Need::kRequired, {"country", "country-code"}},
      {Need::kRequired, {"quantity-for-local-fulfillment", "quantity-for-local-fulfilment"}},
      {Need::kOptional, {"fulfillment-channel-sku", "fnsku"}},
      {Need::kOptional, {"asin"}},
  };
}

class MultiCountryReader final : public ReportReader {
public:
  explicit MultiCountryReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.book.of_centres_in(row.text(kCountry));
    if (!marketplace) {
      row.refuse(kCountry, {"not a country that the program knows", "程序不认识的国家"},
                 {"write the country's code, as US, DE or PL", "请填写国家代码，如 US、DE、PL"});
      return;
    }
    const auto units = row.stock(kUnits);
    if (!units)
      row.refuse(kUnits, {"the quantity is not given", "未提供数量"},
                 {"give the units that lie in the country", "请填写该国库存数量"});
    if (row.refused() || !context_.completes(row, kSku)) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, -1);
    if (!listing) return;
    const Date day = row.conventions().snapshot;
    count_.add(marketplace->id, day, *units, *listing);
    context_.facts.country_stock.push_back({*listing, day, *units});
  }

  // Countries and conditions of one listing are one figure.
  void finish() override {
    auto& rows = context_.facts.country_stock;
    std::stable_sort(rows.begin(), rows.end(), [](const auto& a, const auto& b) { return a.listing < b.listing; });
    join_alike(
        rows, [](const auto& a, const auto& b) { return a.listing == b.listing; },
        [](auto& sum, const auto& row) { sum.units += row.units; });
    count_.finish(context_.facts);
  }

private:
  ReadContext& context_;
  CoverageCount count_;
};

}  // namespace

ReportFormat multi_country_format() {
  return {account::ReportKind::kCountryStock,
          columns(),
          make_reader<MultiCountryReader>,
          true,
          false,
          kSku,
          {},
          {},
          kCountry};
}

}  // namespace destock::ingest
