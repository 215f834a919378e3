#pragma once
// Money: an exact amount in 1/10,000 of the currency unit, with its currency.
//
// Two currencies never add: Money of a currency known only at run time carries it and refuses with an exception
// (BrokenInvariant), MoneyOf<"USD"> refuses to compile. Money × Money does not exist. Rounding to the currency's minor
// unit happens where a person or Amazon sees the figure, half away from zero.
//
// Arithmetic is checked: what does not fit 64 bits (about 9 × 10^14 whole units) throws AmountTooLarge and never wraps.
// Where a sum may be fed by a file, fitting() and plus() give nothing instead.

#include <compare>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "base/bounds.h"
#include "base/check.h"
#include "base/currency.h"
#include "base/result.h"

namespace destock {

// An amount beyond what Money holds: what was fed in is absurd, not the program.
class AmountTooLarge : public std::range_error {
public:
  AmountTooLarge() : std::range_error("an amount is too large to reckon with") {}
};

// For people: what to look for.
Error too_large();

class Money {
public:
  static constexpr int64_t kUnitsPerWhole = 10'000;

  Money() = delete;
  static Money from_units(int64_t units, Currency currency) { return Money(units, currency); }
  static Money zero(Currency currency) { return Money(0, currency); }
  // From a figure of the planner's; rounds half away from zero to 1/10,000.
  static Money from_double(double amount, Currency currency);
  // As from_double(); nothing where it does not fit.
  static std::optional<Money> fitting(double amount, Currency currency);
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

  Money operator-() const { return zero(currency_) - *this; }
  Money operator+(const Money& other) const {
    int64_t sum = 0;
    if (__builtin_add_overflow(units_, same(other).units_, &sum)) throw AmountTooLarge();
    return Money(sum, currency_);
  }
  Money operator-(const Money& other) const {
    int64_t difference = 0;
    if (__builtin_sub_overflow(units_, same(other).units_, &difference)) throw AmountTooLarge();
    return Money(difference, currency_);
  }
  Money& operator+=(const Money& other) { return *this = *this + other; }
  Money& operator-=(const Money& other) { return *this = *this - other; }
  Money operator*(int64_t count) const {
    int64_t product = 0;
    if (__builtin_mul_overflow(units_, count, &product)) throw AmountTooLarge();
    return Money(product, currency_);
  }
  // The sum and the product, or nothing where they do not fit.
  std::optional<Money> plus(const Money& other) const;
  std::optional<Money> by(int64_t count) const;
  // Within what one row, option or call may name (base/bounds.h).
  bool is_plausible() const { return units_ <= kMostWhole * kUnitsPerWhole && units_ >= -kMostWhole * kUnitsPerWhole; }
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
  constexpr MoneyOf operator+(MoneyOf other) const {
    int64_t sum = 0;
    if (__builtin_add_overflow(units_, other.units_, &sum)) throw AmountTooLarge();
    return MoneyOf(sum);
  }
  constexpr MoneyOf operator-(MoneyOf other) const {
    int64_t difference = 0;
    if (__builtin_sub_overflow(units_, other.units_, &difference)) throw AmountTooLarge();
    return MoneyOf(difference);
  }
  constexpr auto operator<=>(const MoneyOf&) const = default;
  Money erased() const { return Money::from_units(units_, currency_of({kCode.code, 3})); }

private:
  int64_t units_;
};

}  // namespace destock
