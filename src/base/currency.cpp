#include "base/currency.h"

#include "base/check.h"

namespace destock {

std::optional<Currency> Currency::parse(std::string_view text) {
  if (text.size() != 3) return std::nullopt;
  Currency currency;
  for (size_t i = 0; i < 3; ++i) {
    char c = text[i];
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
    if (c < 'A' || c > 'Z') return std::nullopt;
    currency.code_[i] = c;
  }
  return currency;
}

Currency currency_of(std::string_view code) {
  auto currency = Currency::parse(code);
  DESTOCK_CHECK(currency.has_value());
  return *currency;
}

}  // namespace destock
