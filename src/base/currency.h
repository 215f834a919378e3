#pragma once
// Currency: an ISO 4217 code of three letters, kept by value.

#include <array>
#include <compare>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace destock {

class Currency {
public:
  // Three letters A–Z in either case, or nothing.
  static std::optional<Currency> parse(std::string_view text);

  std::string_view code() const { return {code_.data(), code_.size()}; }
  std::string str() const { return std::string(code()); }
  // Digits after the point where people see it: 0 for JPY, 2 otherwise.
  int minor_digits() const { return code() == "JPY" ? 0 : 2; }
  auto operator<=>(const Currency&) const = default;

private:
  std::array<char, 3> code_{};
};

// A currency known in source text: currency_of("USD"). Asserts that it parses.
Currency currency_of(std::string_view code);

}  // namespace destock

template <>
struct std::hash<destock::Currency> {
  size_t operator()(const destock::Currency& c) const { return std::hash<std::string_view>{}(c.code()); }
};
