#include "ingest/shipments/shipments.h"

#include "ingest/repeats.h"
#include "ingest/sales_count.h"

// One row is a shipped item. The report carries buyers' names and addresses: they are not among the columns read.
namespace destock::ingest {
namespace {

enum Column : size_t { kOrder, kDate, kSku, kQuantity, kChannel, kAsin, kTitle, kCurrency, kPrice, kPromo };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"amazon-order-id"}},
      {Need::kRequired, {"shipment-date"}},
      {Need::kRequired,
       {"sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"quantity-shipped", "shipped-quantity"}},
      {Need::kOptional, {"sales-channel"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"item-price"}},
      {Need::kOptional, {"item-promotion-discount"}},
  };
}

class ShipmentsReader final : public ReportReader {
public:
  explicit ShipmentsReader(ReadContext& context) : context_(context), sales_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, row.has(kChannel) ? static_cast<int>(kChannel) : -1);
    if (!marketplace) return;
    const auto moment = sales_.moment_of(row, kDate, *marketplace);
    if (!moment) return;
    const auto quantity = row.stock(kQuantity);
    if (!quantity) {
      row.refuse(kQuantity, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
      return;
    }
    const auto price = row.money(kPrice, marketplace->currency);
    const auto promo = row.money(kPromo, marketplace->currency);
    if (price && !row.refused()) context_.currency_agrees(row, kCurrency, *marketplace);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, -1, kTitle);
    if (!listing) return;
    sales_.saw(*marketplace, *moment, *listing, row.text(kOrder));
    if (repeats_.again(row.text(kOrder), row.text(kDate), *listing, true)) return;
    sales_.sold(*listing, moment->day, *quantity, price, promo);
  }

  void finish() override {
    sales_.finish();
    note_repeats(repeats_.lines(), context_.notes);
  }

private:
  ReadContext& context_;
  SalesCount sales_;
  RepeatedOrders repeats_;
};

}  // namespace

ReportFormat shipments_format() {
  return {account::ReportKind::kShipments,
          columns(),
          make_reader<ShipmentsReader>,
          true,
          true,
          kSku,
          {kPrice, kPromo},
          {kDate},
          kChannel};
}

}  // namespace destock::ingest
