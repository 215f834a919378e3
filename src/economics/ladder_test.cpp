#include "economics/ladder.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "economics/price_ending.h"

namespace destock::economics {
namespace {

LadderInput worked_example() {
  return {Money::of("42.67", "CNY"),
          Money::of("18.88", "CNY"),
          Money::of("9.11", "USD"),
          0.15,
          {},
          7.295,
          0,
          market::PriceEnding::kTenthNine,
          0.5};
}

// The playbook's own example (amz123.com/t/fEBsWBXa), with its stage-one profit put right: 0.29 yuan.
TEST(Ladder, TheWorkedExampleToTheCent) {
  const auto stages = price_ladder(worked_example());
  ASSERT_TRUE(stages.has_value());
  const char* prices[] = {"20.69", "17.59", "14.19"};
  const char* fees[] = {"3.10", "2.64", "2.13"};
  const char* profits[] = {"0.29", "-18.94", "-40.02"};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ((*stages)[i].price.str(), std::string("USD ") + prices[i]);
    EXPECT_EQ((*stages)[i].referral_fee.decimal(), fees[i]);
    EXPECT_EQ((*stages)[i].profit.str(), std::string("CNY ") + profits[i]);
  }
}

TEST(Ladder, EndingsAreASetting) {
  LadderInput input = worked_example();
  input.ending = market::PriceEnding::kNinetyNine;
  EXPECT_EQ((*price_ladder(input))[0].price.decimal(), "20.99");
  input.ending = market::PriceEnding::kNone;
  EXPECT_EQ((*price_ladder(input))[0].price.decimal(), "20.64");
}

TEST(Ladder, TheReferralMinimumRaisesTheLowestPrices) {
  LadderInput input{Money::of("0.40", "USD"),
                    Money::of("0", "USD"),
                    Money::of("0.50", "USD"),
                    0.15,
                    Money::of("0.30", "USD"),
                    1,
                    0,
                    market::PriceEnding::kNone,
                    0.5};
  const auto stages = price_ladder(input);
  EXPECT_EQ((*stages)[0].price.decimal(), "1.20");  // 0.40 + 0.50 + 0.30, where 15 % would be 0.18
  EXPECT_EQ((*stages)[0].referral_fee.decimal(), "0.30");
  EXPECT_EQ((*stages)[0].profit.decimal(), "0.00");
}

TEST(Ladder, TaxInThePriceIsNotTheSellers) {
  LadderInput input{Money::of("5", "EUR"),
                    Money::of("1", "EUR"),
                    Money::of("3", "EUR"),
                    0.15,
                    {},
                    1,
                    0.19,
                    market::PriceEnding::kNone,
                    0.5};
  const auto stages = price_ladder(input);
  const double price = (*stages)[0].price.to_double();
  EXPECT_NEAR(price / 1.19 - 0.15 * price - 3 - 6, 0, 0.005);
}

TEST(Ladder, WhatCannotBeIsRefused) {
  LadderInput input = worked_example();
  input.rate = 0;
  EXPECT_FALSE(price_ladder(input).has_value());
  input = worked_example();
  input.referral_rate = 1;
  EXPECT_FALSE(price_ladder(input).has_value());
}

RC_GTEST_PROP(Ladder, StagesStepDown, ()) {
  const auto cents = [](int low, int high) {
    return Money::from_units(*rc::gen::inRange<int64_t>(low, high) * 100, currency_of("USD"));
  };
  const LadderInput input{cents(100, 5000),
                          cents(0, 2000),
                          cents(100, 2000),
                          *rc::gen::inRange(5, 20) / 100.0,
                          {},
                          1,
                          *rc::gen::inRange(0, 25) / 100.0,
                          market::PriceEnding::kTenthNine,
                          0.5};
  const auto stages = price_ladder(input);
  RC_ASSERT((*stages)[0].price >= (*stages)[1].price);
  RC_ASSERT((*stages)[1].price >= (*stages)[2].price);
  RC_ASSERT((*stages)[0].profit >= (*stages)[2].profit);
}

TEST(PriceEnding, NearestAndNeverLessOfADiscount) {
  using market::PriceEnding;
  EXPECT_EQ(nearest_ending(Money::of("20.644", "USD"), PriceEnding::kTenthNine).decimal(), "20.69");
  EXPECT_EQ(discounted(Money::of("29.99", "USD"), 0.20, PriceEnding::kTenthNine).decimal(), "23.99");
  EXPECT_EQ(discounted(Money::of("25.19", "USD"), 0.20, PriceEnding::kTenthNine).decimal(),
            "20.09");  // 20.19 would be 19.8 % off
  EXPECT_EQ(nearest_ending(Money::of("1983", "JPY"), PriceEnding::kWholeEnding8).decimal(), "1988");
  EXPECT_EQ(ending_at_or_below(Money::of("0.01", "USD"), PriceEnding::kTenthNine).decimal(), "0.09");
}

}  // namespace
}  // namespace destock::economics
