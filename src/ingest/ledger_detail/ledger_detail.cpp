#include "ingest/ledger_detail/ledger_detail.h"

#include "ingest/dispositions.h"
#include "ingest/stock_events.h"

// One row is an event: receipts, shipments, returns, transfers, adjustments, with its units up or down.
namespace destock::ingest {
namespace {

enum Column : size_t { kDate, kSku, kEvent, kUnits, kReference, kDisposition, kCountry };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"Date", "Date and Time"}},
      {Need::kRequired, {"MSKU", "sku", "seller-sku"}},
      {Need::kRequired, {"Event Type"}},
      {Need::kRequired, {"Quantity"}},
      {Need::kSignature, {"Reference ID"}},
      {Need::kOptional, {"Disposition"}},
      {Need::kOptional, {"Country"}},
  };
}

class LedgerDetailReader final : public ReportReader {
public:
  explicit LedgerDetailReader(ReadContext& context) : context_(context), dispositions_(context.names) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_of_centre(row, row.has(kCountry) ? int{kCountry} : -1);
    if (!marketplace) return;
    const auto day = row.day(kDate);
    if (!day) row.refuse(kDate, {"the date is missing", "缺少日期"}, {"download the report again", "请重新下载报告"});
    const auto units = row.count(kUnits);
    if (!units)
      row.refuse(kUnits, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
    const std::string sku = context_.sku_in(row, kSku, row.text(kSku));
    const std::string event = row.words(kEvent);
    if (event.empty())
      row.refuse(kEvent, {"what happened is missing", "缺少事件类型"}, {"download the report again", "请重新下载报告"});
    if (row.refused()) return;
    const bool sellable = dispositions_.sellable(row.text(kDisposition));
    events_.add(marketplace->id, sku, *day, event, sellable, *units);
  }

  void finish() override {
    events_.finish(context_);
    dispositions_.finish(context_.notes);
  }

private:
  ReadContext& context_;
  StockEvents events_;
  Dispositions dispositions_;
};

}  // namespace

ReportFormat ledger_detail_format() {
  return {account::ReportKind::kLedgerDetail,
          columns(),
          make_reader<LedgerDetailReader>,
          true,
          true,
          kSku,
          {},
          {kDate},
          kCountry};
}

}  // namespace destock::ingest
