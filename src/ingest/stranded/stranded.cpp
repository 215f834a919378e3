#include "ingest/stranded/stranded.h"

#include "ingest/sku_numbers.h"

// One row is a SKU whose stock no listing sells. The report carries no date: it is of the day of its download.
namespace destock::ingest {
namespace {

enum Column : size_t { kSku, kReason, kSince, kRemoved, kAction, kUnits };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"sku"}},
      {Need::kRequired, {"stranded-reason"}},
      {Need::kSignature, {"date-stranded"}},
      {Need::kSignature, {"Date-to-take-auto-removal"}},
      {Need::kOptional, {"primary-action"}},
      {Need::kOptional, {"fulfillable-qty"}},
  };
}

class StrandedReader final : public ReportReader {
public:
  explicit StrandedReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    account::StrandedRow stranded;
    stranded.marketplace = marketplace->id;
    stranded.sku = context_.sku_in(row, kSku, row.text(kSku));
    stranded.day = row.conventions().snapshot;
    stranded.since = row.day(kSince);
    // A day to come: not one that row.day() takes.
    stranded.removed_from = parse_report_date(row.text(kRemoved), row.conventions().dates);
    stranded.units = row.stock(kUnits);
    if (row.refused()) return;
    stranded.reason = row.words(kReason);
    stranded.action = row.words(kAction);
    count_.add(stranded.marketplace, stranded.day, stranded.units.value_or(0), skus_.of(stranded.sku));
    context_.facts.stranded.push_back(std::move(stranded));
  }

  void finish() override { count_.finish(context_.facts); }

private:
  ReadContext& context_;
  CoverageCount count_;
  SkuNumbers skus_;
};

}  // namespace

ReportFormat stranded_format() {
  return {account::ReportKind::kStranded, columns(), make_reader<StrandedReader>, false, false, kSku, {}, {kSince}, -1};
}

}  // namespace destock::ingest
