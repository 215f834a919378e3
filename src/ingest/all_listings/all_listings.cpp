#include "ingest/all_listings/all_listings.h"

// One row is an offer: item-name, listing-id, seller-sku, price, quantity, open-date, asin1, fulfillment-channel,
// status (GET_MERCHANT_LISTINGS_ALL_DATA). The report completes others with prices and states: a SKU that none of them
// has is left out, and so are offers that the seller ships himself (fulfillment-channel DEFAULT).
namespace destock::ingest {
namespace {

enum Column : size_t { kSku, kPrice, kId, kOpened, kShipping, kAsin, kTitle, kChannel, kStatus };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"seller-sku"}},
      {Need::kRequired, {"price"}},
      {Need::kSignature, {"listing-id"}},
      {Need::kSignature, {"open-date"}},
      {Need::kSignature, {"zshop-shipping-fee"}},
      {Need::kOptional, {"asin1", "product-id"}},
      {Need::kOptional, {"item-name"}},
      {Need::kOptional, {"fulfillment-channel"}},
      {Need::kOptional, {"status"}},
  };
}

class AllListingsReader final : public ReportReader {
public:
  explicit AllListingsReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace || !context_.completes(row, kSku)) return;
    if (row.text(kChannel) == "DEFAULT") {
      ++sellers_own_;
      return;
    }
    account::ListingStateRow facts;
    facts.day = row.conventions().snapshot;
    facts.status = row.words(kStatus);
    if (!is_missing(row.text(kPrice))) facts.price = row.price(kPrice, marketplace->currency);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, -1, kTitle);
    if (!listing || !once_.first(row, *listing, {}, kSku)) return;
    facts.listing = *listing;
    count_.add(marketplace->id, facts.day, 1, *listing);
    context_.facts.listing_states.push_back(std::move(facts));
  }

  void finish() override {
    count_.finish(context_.facts);
    if (sellers_own_ > 0)
      context_.notes.push_back({std::to_string(sellers_own_) + " offers that the seller ships are left out",
                                std::to_string(sellers_own_) + " 个自配送商品未读取"});
  }

private:
  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
  int64_t sellers_own_ = 0;
};

}  // namespace

ReportFormat all_listings_format() {
  return {account::ReportKind::kAllListings,
          columns(),
          make_reader<AllListingsReader>,
          false,
          false,
          kSku,
          {kPrice},
          {},
          -1};
}

}  // namespace destock::ingest
