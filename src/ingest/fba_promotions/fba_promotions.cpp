#include "ingest/fba_promotions/fba_promotions.h"

#include <map>

#include "ingest/sales_count.h"
#include "ingest/sku_numbers.h"

// One row is a promotion of a shipped item; SKUs are not in it. Sums by promotion and day.
namespace destock::ingest {
namespace {

enum Column : size_t { kDate, kPromotion, kDiscount, kItem, kRule, kCurrency, kDescription };

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"shipment-date"}},
      {Need::kRequired, {"item-promotion-id"}},
      {Need::kRequired, {"item-promotion-discount"}},
      {Need::kSignature, {"shipment-item-id"}},
      {Need::kSignature, {"promotion-rule-value"}},
      {Need::kOptional, {"currency"}},
      {Need::kOptional, {"description"}},
  };
}

class FbaPromotionsReader final : public ReportReader {
public:
  explicit FbaPromotionsReader(ReadContext& context) : context_(context), times_(context) {}

  void read(Row& row) override {
    if (!context_.beside_others(row)) return;
    const auto* marketplace = context_.marketplace_by_currency(row, kCurrency);
    if (!marketplace) return;
    const auto shipped = times_.moment_of(row, kDate, *marketplace);
    const std::string id = id_in(row, kPromotion);
    const auto discount = row.money(kDiscount, marketplace->currency);
    if (row.refused()) return;
    auto& sum = sums_.try_emplace({marketplace->id, id, shipped->day}, account::PromotionUseRow{}).first->second;
    sum.marketplace = marketplace->id;
    sum.promotion_id = id;
    sum.day = shipped->day;
    if (sum.description.empty()) sum.description = row.words(kDescription);
    ++sum.lines;
    if (discount) sum.discount = sum.discount ? sum.discount->plus(*discount) : discount;
  }

  void finish() override {
    CoverageCount count;
    SkuNumbers promotions;
    for (auto& [key, use] : sums_) {
      count.add(use.marketplace, use.day, 0, promotions.of(use.promotion_id));
      context_.facts.promotion_uses.push_back(std::move(use));
    }
    count.finish(context_.facts);
  }

private:
  ReadContext& context_;
  SalesCount times_;
  std::map<std::tuple<std::string, std::string, Date>, account::PromotionUseRow> sums_;
};

}  // namespace

ReportFormat fba_promotions_format() {
  return {account::ReportKind::kFbaPromotions,
          columns(),
          make_reader<FbaPromotionsReader>,
          false,
          true,
          kPromotion,
          {kDiscount},
          {kDate},
          -1};
}

}  // namespace destock::ingest
