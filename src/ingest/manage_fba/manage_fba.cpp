#include "ingest/manage_fba/manage_fba.h"

#include <algorithm>

#include "base/volume.h"

namespace destock::ingest {
namespace {

enum Column : size_t {
  kSku,
  kFulfillable,
  kFnsku,
  kAsin,
  kTitle,
  kCondition,
  kPrice,
  kUnsellable,
  kReserved,
  kTotal,
  kVolume,
  kWorking,
  kShipped,
  kReceiving,
  kResearching,
  kStore,
  kLocal,
  kRemote
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired,
       {"sku", "seller-sku", "msku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"afn-fulfillable-quantity"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
      {Need::kOptional, {"condition"}},
      {Need::kOptional, {"your-price"}},
      {Need::kOptional, {"afn-unsellable-quantity"}},
      {Need::kOptional, {"afn-reserved-quantity"}},
      {Need::kOptional, {"afn-total-quantity"}},
      {Need::kOptional, {"per-unit-volume"}},
      {Need::kOptional, {"afn-inbound-working-quantity"}},
      {Need::kOptional, {"afn-inbound-shipped-quantity"}},
      {Need::kOptional, {"afn-inbound-receiving-quantity"}},
      {Need::kOptional, {"afn-researching-quantity"}},
      {Need::kOptional, {"store", "marketplace"}},
      {Need::kOptional, {"afn-fulfillable-quantity-local"}},
      {Need::kOptional, {"afn-fulfillable-quantity-remote"}},
  };
}

class ManageFbaReader final : public ReportReader {
public:
  explicit ManageFbaReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    // "store" names a storefront ("store"), not always a marketplace: only a name we know counts.
    const auto* marketplace = row.has(kStore) ? context_.book.named(row.text(kStore)) : nullptr;
    if (!marketplace) marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    account::ManageFbaRow facts;
    facts.snapshot = row.conventions().snapshot;
    facts.fulfillable = row.stock(kFulfillable);
    if (!facts.fulfillable) {
      row.refuse(kFulfillable, {"the fulfillable quantity is missing", "缺少可售数量"},
                 {"download the report again", "请重新下载报告"});
      return;
    }
    // The quantity is the whole network's; what lies in the country stands apart, and is its stock.
    if (const auto local = row.stock(kLocal); local) {
      facts.elsewhere = std::max<int64_t>(0, *facts.fulfillable - *local);
      facts.fulfillable = local;
      facts.lies_here = true;
    } else if (const auto elsewhere = row.stock(kRemote); elsewhere) {
      facts.elsewhere = std::min(*elsewhere, *facts.fulfillable);
      facts.fulfillable = std::max<int64_t>(0, *facts.fulfillable - *elsewhere);
      facts.lies_here = true;
    }
    facts.unsellable = row.stock(kUnsellable);
    facts.reserved = row.stock(kReserved);
    facts.total = row.stock(kTotal);
    facts.inbound_working = row.stock(kWorking);
    facts.inbound_shipped = row.stock(kShipped);
    facts.inbound_receiving = row.stock(kReceiving);
    facts.researching = row.stock(kResearching);
    facts.price = row.price(kPrice, marketplace->currency);
    if (const auto volume = row.real(kVolume); volume && *volume > 0)
      facts.volume_cuft = cubic_feet(*volume, marketplace->id);
    facts.condition = row.words(kCondition);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing || !once_.first(row, *listing, facts.condition, kSku)) return;
    facts.listing = *listing;
    remote_ += facts.elsewhere;
    count_.add(marketplace->id, facts.snapshot, *facts.fulfillable, *listing);
    context_.facts.manage_fba.push_back(std::move(facts));
  }

  void finish() override {
    count_.finish(context_.facts);
    if (remote_ > 0)
      context_.notes.push_back(
          {std::to_string(remote_) +
               " units lie in other countries of the network: those countries' own reports count them",
           std::to_string(remote_) + " 件位于网络内其他国家，由该国自己的报告计入"});
  }

private:
  // per-unit-volume: cubic feet in North America, cubic centimetres elsewhere (1378.97 for a half-kilo pouch in India).
  static double cubic_feet(double volume, std::string_view marketplace) {
    const bool north_america = marketplace == "US" || marketplace == "CA" || marketplace == "MX";
    return north_america ? volume : volume / kCubicCentimetresPerCubicFoot;
  }

  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
  int64_t remote_ = 0;  // units of the network beyond the country
};

}  // namespace

ReportFormat manage_fba_format() {
  return {account::ReportKind::kManageFba,
          columns(),
          make_reader<ManageFbaReader>,
          false,
          false,
          kSku,
          {kPrice, kVolume},
          {},
          -1};
}

}  // namespace destock::ingest
