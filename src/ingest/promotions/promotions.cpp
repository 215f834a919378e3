#include "ingest/promotions/promotions.h"

#include "ingest/promotion_rows.h"

// One row is a product of a promotion (ingest/json_sheet.h). amountSpent is what vendors fund; sellers have none.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kId,
  kStarts,
  kEnds,
  kType,
  kStatus,
  kMarketplace,
  kName,
  kUpdated,
  kUnits,
  kRevenue,
  kCurrency,
  kSpent,
  kAsin,
  kAsinUnits,
  kAsinViews,
  kAsinRevenue,
  kAsked
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"promotionId"}},
      {Need::kRequired, {"startDateTime"}},
      {Need::kRequired, {"endDateTime"}},
      {Need::kRequired, {"type"}},
      {Need::kOptional, {"status"}},
      {Need::kOptional, {"marketplaceId"}},
      {Need::kOptional, {"promotionName"}},
      {Need::kOptional, {"lastUpdatedDateTime"}},
      {Need::kOptional, {"unitsSold"}},
      {Need::kOptional, {"revenue"}},
      {Need::kOptional, {"revenueCurrencyCode"}},
      {Need::kOptional, {"amountSpent"}},
      {Need::kOptional, {"includedProducts.asin"}},
      {Need::kOptional, {"includedProducts.productUnitsSold"}},
      {Need::kOptional, {"includedProducts.productGlanceViews"}},
      {Need::kOptional, {"includedProducts.productRevenue"}},
      {Need::kOptional, {"reportSpecification.marketplaceIds"}},
  };
}

class PromotionsReader final : public ReportReader {
public:
  explicit PromotionsReader(ReadContext& context) : rows_(context) {}

  void read(Row& row) override {
    auto begun = rows_.begin(row, {kMarketplace, kAsked, kId, kStarts, kEnds, kCurrency});
    if (!begun) return;
    auto& [promotion, currency] = *begun;
    promotion.name = row.words(kName);
    promotion.type = row.words(kType);
    promotion.status = row.words(kStatus);
    promotion.updated_at = update_in(row, kUpdated);
    promotion.units = row.stock(kUnits);
    promotion.revenue = row.money(kRevenue, currency);
    promotion.budget_spent = row.money(kSpent, currency);
    if (std::string asin = row.words(kAsin); !asin.empty())
      promotion.asins.push_back(
          {std::move(asin), row.stock(kAsinUnits), row.stock(kAsinViews), row.money(kAsinRevenue, currency)});
    if (!row.refused()) rows_.add(std::move(promotion));
  }

  void finish() override { rows_.finish(); }

private:
  PromotionRows rows_;
};

}  // namespace

ReportFormat promotions_format() {
  return {account::ReportKind::kPromotions,
          columns(),
          make_reader<PromotionsReader>,
          true,
          true,
          kAsin,
          {kRevenue, kAsinRevenue},
          {kUpdated},
          kMarketplace};
}

}  // namespace destock::ingest
