#include "base/money.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>
#include <limits>

#include "base/exchange_rates.h"

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

// 2^63 − 1 units and around it: an error or nothing, never another amount.
TEST(Money, NeverWraps) {
  const Currency usd = currency_of("USD");
  const Money most = Money::from_units(std::numeric_limits<int64_t>::max(), usd);
  const Money least = Money::from_units(std::numeric_limits<int64_t>::min(), usd);
  const Money one = Money::from_units(1, usd);
  EXPECT_THROW(static_cast<void>(most + one), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(least - one), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(-least), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(most * 2), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(Money::of("900000000000", "USD") * 10'000), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(Money::from_double(1e15, usd)), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(Money::of("1000000", "USD").times(1e300)), AmountTooLarge);
  EXPECT_THROW(static_cast<void>(Money::from_units(most.units(), currency_of("JPY")).rounded()), AmountTooLarge);
  EXPECT_EQ(most.plus(one), std::nullopt);
  EXPECT_EQ(most.by(2), std::nullopt);
  EXPECT_EQ(Money::fitting(1e300, usd), std::nullopt);
  EXPECT_EQ(Money::fitting(std::numeric_limits<double>::quiet_NaN(), usd), std::nullopt);
  EXPECT_EQ(one.plus(one), Money::from_units(2, usd));
  EXPECT_EQ(one.by(-3), Money::from_units(-3, usd));
  EXPECT_EQ(Money::fitting(2.5, usd), Money::of("2.5", "USD"));
}

TEST(Money, AConversionThatDoesNotFitIsUnknown) {
  ExchangeRates rates;
  rates.add(make_date(2026, 1, 5), currency_of("GBP"), currency_of("USD"), 1e300);
  EXPECT_EQ(rates.convert(Money::of("5", "GBP"), currency_of("USD"), make_date(2026, 1, 6)), std::nullopt);
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
