#include "cli/amount.h"

#include "base/ascii.h"
#include "base/number.h"

namespace destock::cli {
// Three letters before or after the number.
std::optional<Money> amount_of(std::string_view text) {
  text = trimmed(text);
  if (text.size() < 4) return std::nullopt;
  const bool before = is_ascii_letter(text.front());
  const auto currency = Currency::parse(before ? text.substr(0, 3) : text.substr(text.size() - 3));
  const std::string_view number = trimmed(before ? text.substr(3) : text.substr(0, text.size() - 3));
  if (!currency || number.empty() || is_ascii_letter(number.front()) || is_ascii_letter(number.back()))
    return std::nullopt;
  const auto units = parse_scaled(number, NumberStyle::kPoint, 4);
  if (!units) return std::nullopt;
  const Money money = Money::from_units(*units, *currency);
  return money.is_plausible() ? std::optional<Money>(money) : std::nullopt;
}

std::optional<double> share_of(std::string_view text) {
  const auto number = parse_real(text, NumberStyle::kPoint);
  if (!number) return std::nullopt;
  return trimmed(text).ends_with('%') ? *number / 100 : *number;
}

}  // namespace destock::cli
