#include "ingest/returns/returns.h"

#include <algorithm>
#include <map>

// One row is a returned unit (or some of one order). Buyers' comments are not read.
namespace destock::ingest {
namespace {

enum Column : size_t { kDate, kSku, kQuantity, kFnsku, kAsin, kTitle, kDisposition, kReason };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"return-date"}},
      {Need::kRequired,
       {"sku", "seller-sku", "卖家 SKU", "出品者SKU", "Händler-SKU", "sku-vendeur", "SKU del vendedor",
        "SKU venditore"}},
      {Need::kRequired, {"quantity", "数量"}},
      {Need::kOptional, {"fnsku"}},
      {Need::kOptional, {"asin"}},
      {Need::kOptional, {"product-name", "商品名称", "商品名"}},
      {Need::kOptional, {"detailed-disposition", "disposition"}},
      {Need::kOptional, {"reason"}},
  };
}

class ReturnsReader final : public ReportReader {
public:
  explicit ReturnsReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    const auto* marketplace = context_.marketplace_of(row, -1);
    if (!marketplace) return;
    const auto day = row.day(kDate);
    if (!day)
      row.refuse(kDate, {"the return date is missing", "缺少退货日期"},
                 {"download the report again", "请重新下载报告"});
    const auto units = row.stock(kQuantity);
    if (!units)
      row.refuse(kQuantity, {"the quantity is missing", "缺少数量"}, {"download the report again", "请重新下载报告"});
    if (row.refused()) return;
    const auto listing = context_.listing_of(row, marketplace->id, kSku, kAsin, kFnsku, kTitle);
    if (!listing) return;
    count_.add(marketplace->id, *day, *units, *listing);
    sums_[{*listing, *day, row.words(kDisposition)}] += *units;
  }

  void finish() override {
    for (const auto& [key, units] : sums_)
      context_.facts.returns.push_back({std::get<0>(key), std::get<1>(key), std::get<2>(key), units});
    count_.finish(context_.facts);
  }

private:
  ReadContext& context_;
  CoverageCount count_;
  std::map<std::tuple<account::ListingIndex, Date, std::string>, int64_t> sums_;
};

}  // namespace

ReportFormat returns_format() {
  return {account::ReportKind::kReturns, columns(), make_reader<ReturnsReader>, false, true, kSku, {}, {kDate}, -1};
}

}  // namespace destock::ingest
