#include "ingest/received/received.h"

#include "ingest/sales_count.h"
#include "ingest/stock_events.h"

// One row is what a centre received of a SKU of a shipment.
namespace destock::ingest {
namespace {

enum Column : size_t { kDate, kSku, kUnits, kShipment, kCentre };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"received-date", "接收日期"}},
      {Need::kRequired, {"sku"}},
      {Need::kRequired, {"quantity"}},
      {Need::kSignature, {"fba-shipment-id", "货件编号"}},
      {Need::kSignature, {"fulfillment-center-id"}},
  };
}

class ReceivedReader final : public ReportReader {
public:
  explicit ReceivedReader(ReadContext& context) : context_(context), times_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    const auto received = times_.moment_of(row, kDate, *marketplace);
    const auto units = row.count(kUnits);
    if (!units)
      row.refuse(kUnits, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
    const std::string sku = context_.sku_in(row, kSku, row.text(kSku));
    if (row.refused()) return;
    events_.add(marketplace->id, sku, received->day, std::string(kReceipts), true, *units);
  }

  void finish() override { events_.finish(context_); }

private:
  ReadContext& context_;
  SalesCount times_;
  StockEvents events_;
};

}  // namespace

ReportFormat received_format() {
  return {account::ReportKind::kReceived, columns(), make_reader<ReceivedReader>, false, true, kSku, {}, {kDate}, -1};
}

}  // namespace destock::ingest
