#include "ingest/removal_shipments/removal_shipments.h"

#include "ingest/sales_count.h"
#include "ingest/sku_numbers.h"

// One row is a SKU of an order in a parcel. What was disposed of or cancelled has none.
namespace destock::ingest {
namespace {

enum Column : size_t { kOrder, kShipped, kSku, kUnits, kRequested, kType, kFnsku, kDisposition, kCarrier, kTracking };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"order-id"}},      {Need::kRequired, {"shipment-date"}},
      {Need::kRequired, {"sku"}},           {Need::kRequired, {"shipped-quantity"}},
      {Need::kSignature, {"request-date"}}, {Need::kSignature, {"removal-order-type"}},
      {Need::kOptional, {"fnsku"}},         {Need::kOptional, {"disposition"}},
      {Need::kOptional, {"carrier"}},       {Need::kOptional, {"tracking-number"}},
  };
}

class RemovalShipmentsReader final : public ReportReader {
public:
  explicit RemovalShipmentsReader(ReadContext& context) : context_(context), times_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    account::RemovalShipmentRow parcel;
    parcel.marketplace = marketplace->id;
    parcel.order_id = id_in(row, kOrder);
    const auto shipped = times_.moment_of(row, kShipped, *marketplace);
    if (row.refused()) return;
    parcel.shipped_on = shipped->day;
    parcel.sku = context_.sku_in(row, kSku, row.text(kSku));
    const auto units = row.stock(kUnits);
    if (!units)
      row.refuse(kUnits, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
    parcel.requested_on = row.day(kRequested);
    if (row.refused()) return;
    parcel.units = *units;
    parcel.fnsku = row.words(kFnsku);
    parcel.disposition = row.words(kDisposition);
    parcel.type = row.words(kType);
    parcel.carrier = row.words(kCarrier);
    parcel.tracking = row.words(kTracking);
    count_.add(parcel.marketplace, parcel.shipped_on, parcel.units, skus_.of(parcel.sku));
    context_.facts.removal_shipments.push_back(std::move(parcel));
  }

  void finish() override { count_.finish(context_.facts); }

private:
  ReadContext& context_;
  SalesCount times_;
  CoverageCount count_;
  SkuNumbers skus_;
};

}  // namespace

ReportFormat removal_shipments_format() {
  return {account::ReportKind::kRemovalShipments,
          columns(),
          make_reader<RemovalShipmentsReader>,
          false,
          true,
          kSku,
          {},
          {kShipped, kRequested},
          -1};
}

}  // namespace destock::ingest
