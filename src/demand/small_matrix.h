#pragma once
// Symmetric positive definite systems of at most a handful of unknowns.

#include <array>
#include <cmath>
#include <cstddef>

namespace destock::demand {

template <size_t Most>
struct SmallMatrix {
  size_t n = 0;
  std::array<std::array<double, Most>, Most> at{};
};
template <size_t Most>
using SmallVector = std::array<double, Most>;

// The inverse, by Cholesky; a pivot near zero is taken as a tiny one, so that what is not known has a huge variance.
template <size_t Most>
SmallMatrix<Most> inverse(const SmallMatrix<Most>& matrix) {
  const size_t n = matrix.n;
  SmallMatrix<Most> root = matrix;
  for (size_t p = 0; p < n; ++p)
    for (size_t q = 0; q <= p; ++q) {
      double sum = root.at[p][q];
      for (size_t k = 0; k < q; ++k) sum -= root.at[p][k] * root.at[q][k];
      root.at[p][q] = p == q ? std::sqrt(std::max(sum, 1e-10)) : sum / root.at[q][q];
    }
  // Columns of the inverse, one unit vector at a time.
  SmallMatrix<Most> out;
  out.n = n;
  for (size_t column = 0; column < n; ++column) {
    SmallVector<Most> x{};
    x[column] = 1;
    for (size_t p = 0; p < n; ++p) {
      for (size_t k = 0; k < p; ++k) x[p] -= root.at[p][k] * x[k];
      x[p] /= root.at[p][p];
    }
    for (size_t p = n; p-- > 0;) {
      for (size_t k = p + 1; k < n; ++k) x[p] -= root.at[k][p] * x[k];
      x[p] /= root.at[p][p];
    }
    for (size_t p = 0; p < n; ++p) out.at[p][column] = x[p];
  }
  return out;
}

template <size_t Most>
SmallVector<Most> times(const SmallMatrix<Most>& matrix, const SmallVector<Most>& x) {
  SmallVector<Most> out{};
  for (size_t p = 0; p < matrix.n; ++p)
    for (size_t q = 0; q < matrix.n; ++q) out[p] += matrix.at[p][q] * x[q];
  return out;
}

}  // namespace destock::demand
