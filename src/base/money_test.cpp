#include "base/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

namespace destock {
namespace {

TEST(Money, RoundsHalfAwayFromZero) {
  EXPECT_EQ(Money::of("0.005", "USD").decimal(), "0.01");
  EXPECT_EQ(Money::of("-0.005", "USD").decimal(), "-0.01");
  EXPECT_EQ(Money::of("3.1035", "USD").decimal(), "3.10");
  EXPECT_EQ(Money::of("1980.5", "JPY").decimal(), "1981");
}

TEST(Money, TwoCurrenciesNeverAdd) {
  EXPECT_THROW(static_cast<void>(Money::of("1", "USD") + Money::of("1", "CNY")), BrokenInvariant);
  EXPECT_THROW(static_cast<void>(Money::of("1", "USD") < Money::of("1", "CNY")), BrokenInvariant);
}

TEST(Money, IsExactToTheTenThousandth) {
  EXPECT_EQ(Money::from_double(20.69 * 0.15, currency_of("USD")), Money::of("3.1035", "USD"));
  EXPECT_EQ(Money::of("19.99", "USD") * 3, Money::of("59.97", "USD"));
}

RC_GTEST_PROP(Money, SumOfPartsIsTheWhole, (std::vector<int32_t> parts)) {
  Money sum = Money::zero(currency_of("EUR"));
  int64_t units = 0;
  for (int32_t part : parts) {
    sum += Money::from_units(part, currency_of("EUR"));
    units += part;
  }
  RC_ASSERT(sum.units() == units);
}

}  // namespace
}  // namespace destock
