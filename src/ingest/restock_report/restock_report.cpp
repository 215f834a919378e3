#include "ingest/restock_report/restock_report.h"

// One row is a SKU in a country: stock, what is reserved and on its way by stage, what Amazon would send in
// (GET_RESTOCK_INVENTORY_RECOMMENDATIONS_REPORT). The report completes others: a SKU that none of them has is left out.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kCountry,
  kSku,
  kAvailable,
  kRecommended,
  kShipDate,
  kFnsku,
  kAsin,
  kTitle,
  kCondition,
  kCurrency,
  kPrice,
  kUnits30,
  kInbound,
  kTransfer,
  kProcessing,
  kOrders,
  kUnfulfillable,
  kWorking,
  kShipped,
  kReceiving,
  kAlert,
  kAction
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"Country"}},
      {Need::kRequired, {"Merchant SKU"}},
      {Need::kRequired, {"Available"}},
      {Need::kSignature, {"Recommended replenishment qty"}},
      {Need::kSignature, {"Recommended ship date"}},
      {Need::kOptional, {"FNSKU"}},
      {Need::kOptional, {"ASIN"}},
      {Need::kOptional, {"Product Name"}},
      {Need::kOptional, {"Condition"}},
      {Need::kOptional, {"Currency code"}},
      {Need::kOptional, {"Price"}},
      {Need::kOptional, {"Units Sold Last 30 Days"}},
      {Need::kOptional, {"Inbound"}},
      {Need::kOptional, {"FC transfer"}},
      {Need::kOptional, {"FC Processing"}},
      {Need::kOptional, {"Customer Order"}},
      {Need::kOptional, {"Unfulfillable"}},
      {Need::kOptional, {"Working"}},
      {Need::kOptional, {"Shipped"}},
      {Need::kOptional, {"Receiving"}},
      {Need::kOptional, {"Alert"}},
      {Need::kOptional, {"Recommended action"}},
  };
}

class RestockReader final : public ReportReader {
public:
  explicit RestockReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, kCountry);
    if (!marketplace || !context_.currency_agrees(row, kCurrency, *marketplace) || !context_.completes(row, kSku))
      return;
    account::PlanningRow facts;
    facts.snapshot = row.conventions().snapshot;
    facts.available = row.stock(kAvailable);
    if (!facts.available)
      row.refuse(kAvailable, {"the available quantity is not given", "未提供可售数量"},
                 {"correct the value in the file", "请更正该值"});
    facts.price = row.money(kPrice, marketplace->currency);
    facts.units_t30 = row.stock(kUnits30);
    facts.inbound = row.stock(kInbound);
    facts.inbound_working = row.stock(kWorking);
    facts.inbound_shipped = row.stock(kShipped);
    facts.inbound_received = row.stock(kReceiving);
    facts.fc_transfer = row.stock(kTransfer);
    facts.fc_processing = row.stock(kProcessing);
    facts.customer_orders = row.stock(kOrders);
    facts.unfulfillable = row.stock(kUnfulfillable);
    facts.condition = row.words(kCondition);
    facts.alert = row.words(kAlert);
    facts.recommended_action = row.words(kAction);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing || !once_.first(row, *listing, facts.condition, kSku)) return;
    facts.listing = *listing;
    count_.add(marketplace->id, facts.snapshot, *facts.available, *listing);
    context_.facts.restock.push_back(std::move(facts));
  }

  void finish() override { count_.finish(context_.facts); }

private:
  ReadContext& context_;
  CoverageCount count_;
  SeenOnce once_;
};

}  // namespace

ReportFormat restock_format() {
  return {
      account::ReportKind::kRestock, columns(), make_reader<RestockReader>, true, false, kSku, {kPrice}, {}, kCountry};
}

}  // namespace destock::ingest
