#include "ingest/sku_pairs/sku_pairs.h"

// One row says which SKU of the seller's own is which of Amazon's, in one marketplace or, where none is named, in all.
namespace destock::ingest {
namespace {

enum Column : size_t { kOwn, kSku, kMarketplace };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"sku", "本地SKU", "系统SKU", "产品SKU", "库存SKU", "商品SKU", "local-sku", "own-sku"}},
      {Need::kRequired, {"msku", "平台SKU", "店铺SKU", "亚马逊SKU", "seller-sku", "amazon-sku", "merchant-sku"}},
      {Need::kOptional, {"marketplace", "站点", "国家", "country"}},
  };
}

class SkuPairsReader final : public ReportReader {
public:
  explicit SkuPairsReader(ReadContext& context) : context_(context) {}

  void read(Row& row) override {
    account::SkuPair pair{std::string(plain_sku(row.words(kOwn))), {}, context_.sku_in(row, kSku, row.words(kSku))};
    check_sku(row, kOwn, pair.own_sku);
    if (row.has(kMarketplace) && !is_missing(row.text(kMarketplace)))
      if (const auto* marketplace = context_.marketplace_of(row, kMarketplace)) pair.marketplace = marketplace->id;
    if (row.refused()) return;
    context_.facts.pairs.push_back(std::move(pair));
  }

  void finish() override {}

private:
  ReadContext& context_;
};

}  // namespace

ReportFormat sku_pairs_format() {
  return {
      account::ReportKind::kSkuPairs, columns(), make_reader<SkuPairsReader>, true, true, kSku, {}, {}, kMarketplace};
}

}  // namespace destock::ingest
