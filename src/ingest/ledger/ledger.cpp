#include "ingest/ledger/ledger.h"

#include <algorithm>
#include <cstdlib>

#include "ingest/dispositions.h"
#include "ingest/join_alike.h"

// One row is a day x SKU x disposition x location. Customer Shipments are negative in Amazon's files; here they count
// up. Rows of one SKU and day in several centres, and of several unsellable dispositions, are summed.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kDate,
  kSku,
  kEnding,
  kFnsku,
  kAsin,
  kTitle,
  kDisposition,
  kStarting,
  kReceipts,
  kShipments,
  kReturns,
  kLocation,
  kVendorReturns,
  kTransfers,
  kFound,
  kLost,
  kDamaged,
  kDisposed,
  kOtherEvents,
  kUnknownEvents
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"Date", "日期", "日期/月份"}},
      {Need::kRequired, {"MSKU", "sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU"}},
      {Need::kRequired, {"Ending Warehouse Balance", "期末仓库余额"}},
      {Need::kOptional, {"FNSKU"}},
      {Need::kOptional, {"ASIN"}},
      {Need::kOptional, {"Title", "product-name", "商品名称"}},
      {Need::kOptional, {"Disposition", "库存属性"}},
      {Need::kOptional, {"Starting Warehouse Balance", "起始仓库余额"}},
      {Need::kOptional, {"Receipts", "接收"}},
      {Need::kOptional, {"Customer Shipments", "买家货件"}},
      {Need::kOptional, {"Customer Returns", "买家退货"}},
      {Need::kOptional, {"Location", "Country", "地点"}},
      {Need::kOptional, {"Vendor Returns", "已移除"}},
      {Need::kOptional, {"Warehouse Transfer In/Out"}},
      {Need::kOptional, {"Found"}},
      {Need::kOptional, {"Lost"}},
      {Need::kOptional, {"Damaged"}},
      {Need::kOptional, {"Disposed"}},
      {Need::kOptional, {"Other Events"}},
      {Need::kOptional, {"Unknown Events"}},
  };
}

// Two capital letters: a country; centres have digits ("ABE8").
bool is_country(std::string_view text) {
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  return text.size() == 2 && capital(text[0]) && capital(text[1]);
}

class LedgerReader final : public ReportReader {
public:
  explicit LedgerReader(ReadContext& context) : context_(context), dispositions_(context.names) {}

  void read(Row& row) override {
    // Location is a country in the country view and a centre ("ABE8") otherwise: only a name we know counts.
    const auto* marketplace = row.has(kLocation) ? context_.book.of_centres_in(row.text(kLocation)) : nullptr;
    if (!marketplace && row.has(kLocation) && is_country(row.text(kLocation))) {
      row.refuse(kLocation, {"not a country that the program knows", "程序不认识的国家"},
                 {"write the country's code, as US, DE or PL", "请填写国家代码，如 US、DE、PL"});
      return;
    }
    if (!marketplace) marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    const auto day = row.day(kDate);
    if (!day) {
      row.refuse(kDate, {"the date is missing", "缺少日期"}, {"download the report again", "请重新下载报告"});
      return;
    }
    account::LedgerDay facts;
    facts.day = *day;
    const auto ending = row.count(kEnding);
    if (!ending) {
      row.refuse(kEnding, {"the ending balance is missing", "缺少期末余额"},
                 {"download the report again", "请重新下载报告"});
      return;
    }
    facts.sellable = dispositions_.sellable(row.text(kDisposition));
    facts.ending = *ending;
    facts.starting = row.count(kStarting).value_or(0);
    facts.receipts = row.count(kReceipts).value_or(0);
    facts.shipments = std::llabs(row.count(kShipments).value_or(0));
    facts.returns = row.count(kReturns).value_or(0);
    for (size_t column = kVendorReturns; column <= kUnknownEvents; ++column)
      facts.other += row.count(column).value_or(0);
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing) return;
    facts.listing = *listing;
    count_.add(marketplace->id, *day, facts.shipments, *listing);
    context_.facts.ledger.push_back(facts);
  }

  void finish() override {
    auto& rows = context_.facts.ledger;
    const auto key = [](const account::LedgerDay& row) { return std::make_tuple(row.listing, row.day, row.sellable); };
    std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) { return key(a) < key(b); });
    join_alike(
        rows, [&](const auto& a, const auto& b) { return key(a) == key(b); },
        [](account::LedgerDay& sum, const account::LedgerDay& row) {
          sum.starting += row.starting;
          sum.receipts += row.receipts;
          sum.shipments += row.shipments;
          sum.returns += row.returns;
          sum.other += row.other;
          sum.ending += row.ending;
        });
    count_.finish(context_.facts);
    dispositions_.finish(context_.notes);
  }

private:
  ReadContext& context_;
  CoverageCount count_;
  Dispositions dispositions_;
};

}  // namespace

ReportFormat ledger_format() {
  return {account::ReportKind::kLedger,
          columns(),
          make_reader<LedgerReader>,
          false,
          true,
          kSku,
          {},
          {kDate},
          kLocation,
          nullptr,
          ReportFormat::Balances{kStarting, kEnding, {kSku, kDisposition, kLocation}}};
}

}  // namespace destock::ingest
