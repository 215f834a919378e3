#pragma once
// How large a figure of one row, option or call may be. What is above is a slip of the hand (a bar code in the column
// of the cost) or an attack, and is refused where it is read, so that sums of an account stay within their types.

#include <cmath>
#include <cstdint>
#include <limits>

namespace destock {

inline constexpr int64_t kMostWhole = 1'000'000'000;      // a price, cost or fee, in whole units of its currency
inline constexpr int64_t kMostCount = 1'000'000'000'000;  // units of stock, days, orders
inline constexpr double kMostReal = 1e12;                 // a volume, a share, an average
// One unit of a currency in another: the dearest of the world against the cheapest is within 1 : 200,000.
inline constexpr double kLeastRate = 1e-6;
inline constexpr double kMostRate = 1e6;

inline bool is_rate(double rate) {
  return std::isfinite(rate) && rate >= kLeastRate && rate <= kMostRate;
}

}  // namespace destock
