#include "ingest/coupons/coupons.h"

#include "ingest/promotion_rows.h"

// One row is a product of a coupon (ingest/json_sheet.h). Clips, redemptions, sales and what was spent are gross: what
// was returned or cancelled later is in them. A redemption may be of several units: units are not said.
namespace destock::ingest {
namespace {

enum Column : size_t {
  kId,
  kStarts,
  kEnds,
  kClips,
  kRedemptions,
  kMarketplace,
  kCurrency,
  kName,
  kMessage,
  kDiscountType,
  kDiscount,
  kBudget,
  kTotal,
  kSpent,
  kSales,
  kAsin,
  kAsked
};

std::vector<ColumnSpec> columns() {
  return {
      {Need::kRequired, {"couponId"}},
      {Need::kRequired, {"startDateTime"}},
      {Need::kRequired, {"endDateTime"}},
      {Need::kOptional, {"clips"}},
      {Need::kOptional, {"redemptions"}},
      {Need::kOptional, {"marketplaceId"}},
      {Need::kOptional, {"currencyCode"}},
      {Need::kOptional, {"name"}},
      {Need::kOptional, {"websiteMessage"}},
      {Need::kOptional, {"discountType"}},
      {Need::kOptional, {"discountAmount"}},
      {Need::kOptional, {"budget"}},
      {Need::kOptional, {"totalDiscount"}},
      {Need::kOptional, {"budgetSpent"}},
      {Need::kOptional, {"sales"}},
      {Need::kOptional, {"asins.asin"}},
      {Need::kOptional, {"reportSpecification.marketplaceIds"}},
  };
}

class CouponsReader final : public ReportReader {
public:
  explicit CouponsReader(ReadContext& context) : rows_(context) {}

  void read(Row& row) override {
    auto begun = rows_.begin(row, {kMarketplace, kAsked, kId, kStarts, kEnds, kCurrency});
    if (!begun) return;
    auto& [coupon, currency] = *begun;
    coupon.coupon = true;
    coupon.name = row.words(kName);
    if (coupon.name.empty()) coupon.name = row.words(kMessage);
    coupon.type = "COUPON";
    coupon.clips = row.stock(kClips);
    coupon.redemptions = row.stock(kRedemptions);
    if (row.text(kDiscountType).starts_with("PERCENT"))
      coupon.discount_percent = row.real(kDiscount);
    else if (row.text(kDiscountType).starts_with("AMOUNT"))
      coupon.discount_amount = row.money(kDiscount, currency);
    coupon.budget = row.money(kBudget, currency);
    coupon.discount = row.money(kTotal, currency);
    coupon.budget_spent = row.money(kSpent, currency);
    coupon.revenue = row.money(kSales, currency);
    if (std::string asin = row.words(kAsin); !asin.empty()) coupon.asins.push_back({std::move(asin)});
    if (!row.refused()) rows_.add(std::move(coupon));
  }

  void finish() override { rows_.finish(); }

private:
  PromotionRows rows_;
};

}  // namespace

ReportFormat coupons_format() {
  return {account::ReportKind::kCoupons,
          columns(),
          make_reader<CouponsReader>,
          true,
          true,
          kAsin,
          {kSpent, kSales},
          {},
          kMarketplace};
}

}  // namespace destock::ingest
