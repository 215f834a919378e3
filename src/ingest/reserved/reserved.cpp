#include "ingest/reserved/reserved.h"

namespace destock::ingest {
namespace {

enum Column : size_t { kSku, kTotal, kOrders, kTransfers, kProcessing, kFnsku, kAsin, kTitle };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired,
       {"sku", "seller-sku", "msku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"reserved_qty"}},
      {Need::kOptional, {"reserved_customerorders"}},
      {Need::kOptional, {"reserved_fc-transfers", "reserved_staging"}},
      {Need::kOptional, {"reserved_fc-processing"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
  };
}

class ReservedReader final : public ReportReader {
public:
  explicit ReservedReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    account::ReservedRow facts;
    facts.snapshot = row.conventions().snapshot;
    facts.total = row.stock(kTotal);
    facts.customer_orders = row.stock(kOrders);
    facts.fc_transfer = row.stock(kTransfers);
    facts.fc_processing = row.stock(kProcessing);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing || !once_.first(row, *listing, {}, kSku)) return;
    facts.listing = *listing;
    count_.add(marketplace->id, facts.snapshot, facts.total.value_or(0), *listing);
    context_.facts.reserved.push_back(facts);
  }

  void finish() override { count_.finish(context_.facts); }

private:
  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
};

}  // namespace

ReportFormat reserved_format() {
  return {account::ReportKind::kReserved, columns(), make_reader<ReservedReader>, false, false, kSku, {}, {}, -1};
}

}  // namespace destock::ingest
