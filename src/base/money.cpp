#include "base/money.h"

#include <cmath>
#include <cstdlib>

#include "base/number.h"

namespace destock {
namespace {

int64_t units_per_minor(Currency currency) {
  return currency.minor_digits() == 0 ? Money::kUnitsPerWhole : Money::kUnitsPerWhole / 100;
}

}  // namespace

Error too_large() {
  return {ErrorKind::kRefused,
          {"an amount is too large to reckon with: nothing was changed", "金额过大，无法计算：未做任何更改"},
          {},
          {"look for a price, cost, rate or stock in a wrong column of the newest reports, and import them again",
           "请检查最新报告中的价格、成本、汇率或库存是否错列，更正后重新导入"}};
}

Money Money::from_double(double amount, Currency currency) {
  DESTOCK_CHECK(!std::isnan(amount));
  const auto money = fitting(amount, currency);
  if (!money) throw AmountTooLarge();
  return *money;
}

std::optional<Money> Money::fitting(double amount, Currency currency) {
  const double units = amount * kUnitsPerWhole;
  // 9.2e18 is just below what 64 bits hold, with room for the rounding of decimal().
  if (!(std::fabs(units) < 9.2e18)) return std::nullopt;
  return Money(static_cast<int64_t>(std::llround(units)), currency);
}

std::optional<Money> Money::plus(const Money& other) const {
  int64_t sum = 0;
  if (__builtin_add_overflow(units_, same(other).units_, &sum)) return std::nullopt;
  return Money(sum, currency_);
}

std::optional<Money> Money::by(int64_t count) const {
  int64_t product = 0;
  if (__builtin_mul_overflow(units_, count, &product)) return std::nullopt;
  return Money(product, currency_);
}

Money Money::of(std::string_view decimal, std::string_view currency) {
  const auto units = parse_scaled(decimal, NumberStyle::kPoint, 4);
  DESTOCK_CHECK(units.has_value());
  return Money(*units, currency_of(currency));
}

Money Money::rounded() const {
  const int64_t step = units_per_minor(currency_);
  const int64_t rest = units_ % step;  // with the sign of the amount
  const Money down(units_ - rest, currency_);
  if (2 * std::llabs(rest) < step) return down;
  return down + Money(units_ < 0 ? -step : step, currency_);
}

std::string Money::decimal() const {
  const int64_t units = rounded().units_;
  const int64_t magnitude = std::llabs(units);
  std::string text = units < 0 ? "-" : "";
  text += std::to_string(magnitude / kUnitsPerWhole);
  if (currency_.minor_digits() == 2) {
    const int64_t cents = magnitude % kUnitsPerWhole / 100;
    text += cents < 10 ? ".0" : ".";
    text += std::to_string(cents);
  }
  return text;
}

}  // namespace destock
