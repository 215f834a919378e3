#include "cli/amount.h"

#include <cctype>

#include "base/number.h"

namespace destock::cli {

std::optional<Money> amount_of(std::string_view text) {
  std::string letters;
  std::string number;
  for (char c : text) {
    if (std::isalpha(static_cast<unsigned char>(c)) != 0)
      letters += c;
    else
      number += c;
  }
  const auto currency = Currency::parse(letters);
  const auto units = parse_scaled(number, NumberStyle::kPoint, 4);
  if (!currency || !units) return std::nullopt;
  return Money::from_units(*units, *currency);
}

std::optional<double> share_of(std::string_view text) {
  const auto number = parse_real(text, NumberStyle::kPoint);
  if (!number) return std::nullopt;
  return trimmed(text).ends_with('%') ? *number / 100 : *number;
}

}  // namespace destock::cli
