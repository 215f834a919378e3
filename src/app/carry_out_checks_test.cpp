#include "app/carry_out_checks.h"

#include <gtest/gtest.h>

namespace destock::app {
namespace {

Date day(const char* text) {
  return *parse_iso_date(text);
}

TodoItem approved(const char* id, const char* sku, const char* asin, market::CarriedBy by, const char* start,
                  const char* end) {
  TodoItem item;
  item.action.id = id;
  item.action.marketplace = "US";
  item.action.sku = sku;
  item.action.start = day(start);
  item.action.end = day(end);
  item.action.price = Money::of("17.99", "USD");
  item.life.state = desk::State::kApproved;
  item.life.approved = true;
  item.how.by = by;
  item.channel_name = {"Coupon", "优惠券"};
  item.asin = asin;
  item.price_now = Money::of("29.99", "USD");
  item.units_now = 100;
  item.priced_on = day("2026-11-29");
  item.by = item.action.start;
  return item;
}

std::vector<std::optional<Text>> held(const std::vector<TodoItem>& items) {
  const std::map<std::string, Date> newest = {{"US", day("2026-11-29")}};
  const market::CarryOutRule rule{0.7, 0.5, 14, 13, 1.5, 8};
  return held_back(items, items, {day("2026-11-30"), &newest, true, &rule});
}

constexpr auto kCoupon = market::CarriedBy::kCouponSheet;

TEST(CarryOutChecks, OfTwoPromotionsOfAProductTheLaterWaits) {
  const auto reasons = held({approved("DSK-1", "A", "B0A", kCoupon, "2026-11-30", "2026-12-13"),
                             approved("DSK-2", "A", "B0A", kCoupon, "2026-12-07", "2026-12-20"),
                             approved("DSK-3", "OTHER", "B0A", kCoupon, "2026-12-01", "2026-12-02"),
                             approved("DSK-4", "A", "B0A", kCoupon, "2026-12-21", "2026-12-27"),
                             approved("DSK-5", "ELSE", "B0E", kCoupon, "2026-12-07", "2026-12-20")});
  EXPECT_FALSE(reasons[0]);
  ASSERT_TRUE(reasons[1]);
  EXPECT_NE(reasons[1]->en.find("DSK-1"), std::string::npos);
  EXPECT_TRUE(reasons[2]) << "another SKU of the same ASIN";
  EXPECT_FALSE(reasons[3]) << "other days";
  EXPECT_FALSE(reasons[4]) << "another product";
}

TEST(CarryOutChecks, APriceStepBesideACouponIsNoPromotion) {
  const auto reasons = held({approved("DSK-1", "A", "B0A", market::CarriedBy::kPriceFile, "2026-11-30", "2026-12-13"),
                             approved("DSK-2", "A", "B0A", kCoupon, "2026-12-07", "2026-12-20")});
  EXPECT_FALSE(reasons[0]);
  EXPECT_FALSE(reasons[1]);
}

TEST(CarryOutChecks, APriceFarBelowTodaysIsLookedAt) {
  TodoItem item = approved("DSK-1", "A", "B0A", market::CarriedBy::kPriceFile, "2026-11-30", "2026-12-13");
  item.action.price = Money::of("8.99", "USD");
  EXPECT_TRUE(held({item})[0]);
  item.action.price = Money::of("9.00", "USD");
  EXPECT_FALSE(held({item})[0]) << "70 % below 29.99 is 8.997";
}

TEST(CarryOutChecks, ADealMustBeHandedInInTime) {
  TodoItem item = approved("DSK-1", "A", "B0A", market::CarriedBy::kClicks, "2026-11-29", "2026-12-05");
  item.how.days_before = 7;
  item.by = item.action.start - Days(7);
  EXPECT_TRUE(held({item})[0]);
  item.how.days_before = 0;
  EXPECT_FALSE(held({item})[0]);
}

}  // namespace
}  // namespace destock::app
