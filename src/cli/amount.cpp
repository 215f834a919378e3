#include "cli/amount.h"

#include <algorithm>
#include <array>

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

namespace {

// Which currencies a sign stands for.
struct Sign {
  std::string_view sign;
  std::array<std::string_view, 6> codes;
};
constexpr std::array<Sign, 9> kSigns = {{{"$", {"USD", "CAD", "MXN", "AUD", "SGD", "BRL"}},
                                         {"€", {"EUR"}},
                                         {"£", {"GBP"}},
                                         {"¥", {"JPY", "CNY"}},
                                         {"￥", {"JPY", "CNY"}},
                                         {"円", {"JPY"}},
                                         {"元", {"CNY"}},
                                         {"₹", {"INR"}},
                                         {"₺", {"TRY"}}}};

// Takes the currency off one end, where it is this one's.
void take_currency(std::string_view& text, Currency currency) {
  for (const Sign& sign : kSigns) {
    if (std::find(sign.codes.begin(), sign.codes.end(), currency.str()) == sign.codes.end()) continue;
    if (text.starts_with(sign.sign))
      text = trimmed(text.substr(sign.sign.size()));
    else if (text.ends_with(sign.sign))
      text = trimmed(text.substr(0, text.size() - sign.sign.size()));
    else
      continue;
    return;
  }
}

}  // namespace

bool is_bare(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= '0' && c <= '9') || c == '.' || c == ',' || c == ' ' || c == '-' || c == '+';
  });
}

std::optional<Money> price_in(std::string_view text, Currency currency) {
  text = trimmed(text);
  if (const auto named = amount_of(text)) return named->currency() == currency ? named : std::nullopt;
  take_currency(text, currency);
  if (!is_bare(text)) return std::nullopt;
  const auto units = parse_scaled(text, NumberStyle::kPoint, 4);
  return units ? std::optional(Money::from_units(*units, currency)) : std::nullopt;
}

std::optional<double> share_of(std::string_view text) {
  const auto number = parse_real(text, NumberStyle::kPoint);
  if (!number) return std::nullopt;
  return trimmed(text).ends_with('%') ? *number / 100 : *number;
}

}  // namespace destock::cli
