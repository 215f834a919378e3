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

Money Money::from_double(double amount, Currency currency) {
  const double units = amount * kUnitsPerWhole;
  DESTOCK_CHECK(std::isfinite(units) && std::fabs(units) < 9.0e18);
  return Money(static_cast<int64_t>(std::llround(units)), currency);
}

Money Money::of(std::string_view decimal, std::string_view currency) {
  const auto units = parse_scaled(decimal, NumberStyle::kPoint, 4);
  DESTOCK_CHECK(units.has_value());
  return Money(*units, currency_of(currency));
}

Money Money::rounded() const {
  const int64_t step = units_per_minor(currency_);
  const int64_t magnitude = std::llabs(units_);
  const int64_t steps = (magnitude + step / 2) / step;
  return Money(units_ < 0 ? -steps * step : steps * step, currency_);
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
