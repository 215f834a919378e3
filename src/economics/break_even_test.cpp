#include "economics/break_even.h"

#include <gtest/gtest.h>

namespace destock::economics {
namespace {

Money dollars(const char* amount) {
  return Money::of(amount, "USD");
}

SaleTerms terms() {
  SaleTerms sale{currency_of("USD")};
  sale.referral_rate = 0.15;
  sale.referral_known = true;
  sale.fulfilment = dollars("5.00");
  return sale;
}

void breaks_even(const SaleTerms& sale, const Money& landed) {
  const auto price = break_even_price(sale, landed, market::PriceEnding::kTenthNine);
  ASSERT_TRUE(price);
  EXPECT_GE(sale.net(price->to_double()), landed.to_double() - 1e-9) << price->str();
  EXPECT_LT(sale.net(price->to_double() - 0.10), landed.to_double()) << price->str();
}

TEST(BreakEven, CountsWhatTheNetCounts) {
  SaleTerms sale = terms();
  breaks_even(sale, dollars("3.00"));
  sale.closing = dollars("1.80");
  sale.low_inventory = LowInventory{dollars("0.89"), 10, "card"};
  sale.selling_surcharge = 0.02;
  sale.return_rate = 0.08;
  sale.tax_in_price = 0.20;
  breaks_even(sale, dollars("3.00"));
}

TEST(BreakEven, IsRoundedUp) {
  // 3.00 + 5.00 = 0.85 of 9.4118
  EXPECT_EQ(break_even_price(terms(), dollars("3.00"), market::PriceEnding::kTenthNine), dollars("9.49"));
}

TEST(BreakEven, GoesByThePriceBands) {
  SaleTerms low = terms();  // below 10 it costs 1.00 less
  low.fulfilment_steps.push_back({{dollars("10.00"), false}, -1.0});
  EXPECT_EQ(break_even_price(low, dollars("3.00"), market::PriceEnding::kTenthNine), dollars("8.29"));
  breaks_even(low, dollars("4.40"));  // 9.99 does by the lower fee
  breaks_even(low, dollars("4.60"));  // no price below 10 does
  SaleTerms high = terms();           // above 10 it costs 1.00 more
  high.fulfilment_above.push_back({{dollars("10.00"), true}, 1.0});
  breaks_even(high, dollars("3.60"));
  EXPECT_EQ(break_even_price(high, dollars("6.00"), market::PriceEnding::kTenthNine),
            dollars("14.19"));  // 12.00 ÷ 0.85
}

TEST(BreakEven, IsNoneWhereNothingIsKept) {
  SaleTerms sale = terms();
  sale.referral_rate = 1;
  EXPECT_FALSE(break_even_price(sale, dollars("3.00"), market::PriceEnding::kTenthNine));
}

}  // namespace
}  // namespace destock::economics
