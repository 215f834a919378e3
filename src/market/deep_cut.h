#pragma once
// Deep cuts bring less than a straight line in logarithms says.

#include <cmath>

namespace destock::market {

// The logarithm of price ÷ regular as buyers answer to it: beyond the discount `from` only the part `gain` of it
// counts.
inline double bent(double log_ratio, double from, double gain) {
  if (from >= 1) return log_ratio;
  const double bend = std::log(1 - from);
  return log_ratio >= bend ? log_ratio : bend + gain * (log_ratio - bend);
}

}  // namespace destock::market
