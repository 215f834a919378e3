#pragma once
// Money: an exact amount in 1/10,000 of the currency unit, with its currency.
//
// Two currencies never add: Money of a currency known only at run time carries it and refuses with an exception
// (BrokenInvariant), MoneyOf<"USD"> refuses to compile. Money × Money does not exist. Rounding to the currency's minor
// unit happens where a person or Amazon sees the figure, half away from zero.

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/check.h"
#include "base/currency.h"

namespace destock {

class Money {
public:
  static constexpr int64_t kUnitsPerWhole = 10'000;

  Money() = delete;
  static Money from_units(int64_t units, Currency currency) { return Money(units, currency); }
  static Money zero(Currency currency) { return Money(0, currency); }
  // From a figure of the planner's; rounds half away from zero to 1/10,000.
  static Money from_double(double amount, Currency currency);
  // A literal in tests and examples: money("20.69", "USD"). Asserts that it parses.
  static Money of(std::string_view decimal, std::string_view currency);

  int64_t units() const { return units_; }
  Currency currency() const { return currency_; }
  double to_double() const { return static_cast<double>(units_) / kUnitsPerWhole; }
  bool is_zero() const { return units_ == 0; }

  // To the currency's minor unit (cents), half away from zero.
  Money rounded() const;
  // "20.69": rounded, always with the currency's minor digits.
  std::string decimal() const;
  // "USD 20.69"
  std::string str() const { return currency_.str() + " " + decimal(); }

  Money operator-() const { return Money(-units_, currency_); }
  Money operator+(const Money& other) const { return Money(units_ + same(other).units_, currency_); }
  Money operator-(const Money& other) const { return Money(units_ - same(other).units_, currency_); }
  Money& operator+=(const Money& other) { return *this = *this + other; }
  Money& operator-=(const Money& other) { return *this = *this - other; }
  Money operator*(int64_t count) const { return Money(units_ * count, currency_); }
  // times() scales by a rate or a fractional quantity, rounding half away from zero to 1/10,000.
  Money times(double factor) const { return from_double(to_double() * factor, currency_); }
  bool operator==(const Money& other) const = default;
  std::strong_ordering operator<=>(const Money& other) const { return units_ <=> same(other).units_; }

private:
  Money(int64_t units, Currency currency) : units_(units), currency_(currency) {}
  const Money& same(const Money& other) const {
    DESTOCK_CHECK(currency_ == other.currency_);
    return other;
  }
  int64_t units_;
  Currency currency_;
};

// A currency fixed at compile time, so that adding two of them is an error of the compiler.
template <size_t N>
struct CurrencyLiteral {
  char code[N]{};
  constexpr CurrencyLiteral(const char (&text)[N]) {
    for (size_t i = 0; i < N; ++i) code[i] = text[i];
  }
  constexpr bool operator==(const CurrencyLiteral&) const = default;
};

template <CurrencyLiteral kCode>
class MoneyOf {
public:
  static_assert(sizeof(kCode.code) == 4, "a currency is three letters");
  explicit constexpr MoneyOf(int64_t units) : units_(units) {}
  constexpr int64_t units() const { return units_; }
  constexpr MoneyOf operator+(MoneyOf other) const { return MoneyOf(units_ + other.units_); }
  constexpr MoneyOf operator-(MoneyOf other) const { return MoneyOf(units_ - other.units_); }
  constexpr auto operator<=>(const MoneyOf&) const = default;
  Money erased() const { return Money::from_units(units_, currency_of({kCode.code, 3})); }

private:
  int64_t units_;
};

}  // namespace destock
