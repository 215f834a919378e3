// How discounts add up: the published examples, with their sources.

#include "economics/promotion_price.h"

#include <gtest/gtest.h>
#include <filesystem>

#include "market/facts.h"
#include "source_dir.h"

namespace destock::economics {
namespace {

const market::Promotions& promotions() {
  static const auto loaded = market::load_facts(test::source_dir() / "data");
  return loaded->promotions;
}
Money usd(const char* amount) {
  return Money::of(amount, "USD");
}
std::string pays(const char* original, const std::vector<Discount>& discounts) {
  return stacked_price(usd(original), discounts, promotions()).decimal();
}
Discount deal(const char* channel, const char* price) {
  return {channel, usd(price), 0};
}
Discount off(const char* channel, double share) {
  return {channel, {}, share};
}

// amazowl.com seller lesson on combining coupons: 150, Lightning Deal 25 %, coupon 5 %: 45 off.
TEST(Stacking, LightningAndCouponFromTheOriginalPrice) {
  EXPECT_EQ(pays("150", {deal("lightning", "112.50"), off("coupon", 0.05)}), "105.00");
}

// m.sellersprite.com discount calculator rules, original price 30.
TEST(Stacking, TheCalculatorsExamples) {
  EXPECT_EQ(pays("30", {deal("lightning", "25"), off("coupon", 0.05)}), "23.50");
  EXPECT_EQ(pays("30", {deal("best_deal", "20"), off("coupon", 0.05)}), "19.00");
  EXPECT_EQ(pays("30", {off("coupon", 0.05)}), "28.50");
}

// The four rows of the worked table, original price 40.
TEST(Stacking, ByProgramme) {
  EXPECT_EQ(pays("40", {deal("lightning", "30"), off("coupon", 0.10)}), "26.00");
  EXPECT_EQ(pays("40", {deal("best_deal", "30"), off("coupon", 0.10)}), "27.00");
  EXPECT_EQ(pays("40", {off("ped", 0.20), off("coupon", 0.10)}), "28.80");
  EXPECT_EQ(pays("40", {off("best_deal", 0.20), off("coupon", 0.30)}), "22.40");
}

TEST(Stacking, WhereInDoubtTheLowerPrice) {
  EXPECT_EQ(pays("40", {off("business", 0.20), off("coupon", 0.10)}), "28.00");
}

TEST(Stacking, SomeNeverRunTogether) {
  EXPECT_FALSE(promotions().may_run_together("lightning", "ped"));
  EXPECT_FALSE(promotions().may_run_together("outlet", "best_deal"));
  EXPECT_TRUE(promotions().may_run_together("best_deal", "coupon"));
}

TEST(PriceMemory, TodaysPromotionIsTomorrowsFloor) {
  const Date day = make_date(2026, 3, 1);
  const std::vector<PaidDay> paid = {{day - Days(40), usd("15"), 5},
                                     {day - Days(30), usd("22"), 1},
                                     {day - Days(3), usd("29.99"), 50},
                                     {day, usd("9"), 9}};
  EXPECT_EQ(recent_lowest(paid, day, promotions().rule("thirty_day_floor")->days.value()), usd("22"));
  EXPECT_FALSE(recent_lowest({}, day, 30).has_value());
}

// Amazon's example (notice of 30 October 2025): 39.99, sales on 40 of 90 days, 30 of them at 29.99: the Was Price
// is 29.99.
TEST(PriceMemory, AmazonsWasPriceExample) {
  const Date day = make_date(2026, 3, 1);
  std::vector<PaidDay> paid;
  for (int i = 1; i <= 40; ++i) paid.push_back({day - Days(i * 2), usd(i <= 30 ? "29.99" : "39.99"), 1});
  EXPECT_EQ(was_price(paid, day, promotions().rule("was_price")->days.value()), usd("29.99"));
}

// A clearance that sells twice, 3.5 and 6 times as fast becomes the median after 30, 20 and 12 days of 90.
TEST(PriceMemory, HowLongACutMayLast) {
  EXPECT_EQ(days_until_median_falls(90, 2), 30);
  EXPECT_EQ(days_until_median_falls(90, 3.5), 20);
  EXPECT_EQ(days_until_median_falls(90, 6), 12);
}

}  // namespace
}  // namespace destock::economics
