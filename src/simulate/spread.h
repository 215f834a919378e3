#pragma once
// A mean over runs, and how far it may be off.

#include <cmath>
#include <vector>

namespace destock::simulate {

inline constexpr double kWithin = 1.959963984540054;  // standard errors of 95 %

struct Spread {
  double mean, error;  // of the mean
  double low() const { return mean - kWithin * error; }
  double high() const { return mean + kWithin * error; }
};

inline Spread spread_of(const std::vector<double>& values) {
  double sum = 0;
  for (double v : values) sum += v;
  const double n = static_cast<double>(values.size());
  double squares = 0;
  for (double v : values) squares += (v - sum / n) * (v - sum / n);
  return {sum / n, n > 1 ? std::sqrt(squares / (n - 1) / n) : 0};
}

}  // namespace destock::simulate
