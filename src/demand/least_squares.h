#pragma once
// Weighted least squares of a few coefficients, pulled towards prior ones: (XᵀWX + ridge · I) b = XᵀWy + ridge · prior.

#include <array>
#include <cmath>
#include <cstddef>
#include <utility>

namespace destock::demand {

template <size_t N>
struct SquareSystem {
  std::array<std::array<double, N>, N> matrix{};  // the lower triangle
  std::array<double, N> right{};

  void add(const std::array<double, N>& x, double y, double weight) {
    for (size_t p = 0; p < N; ++p) {
      const double wx = weight * x[p];
      right[p] += wx * y;
      for (size_t q = 0; q <= p; ++q) matrix[p][q] += wx * x[q];
    }
  }

  // ridge > 0, so that it is positive definite: Cholesky.
  std::array<double, N> solve(const std::array<double, N>& prior, double ridge) const {
    std::array<std::array<double, N>, N> root = matrix;
    std::array<double, N> b = right;
    for (size_t p = 0; p < N; ++p) {
      root[p][p] += ridge;
      b[p] += ridge * prior[p];
    }
    for (size_t p = 0; p < N; ++p) {
      for (size_t q = 0; q <= p; ++q) {
        double sum = root[p][q];
        for (size_t k = 0; k < q; ++k) sum -= root[p][k] * root[q][k];
        root[p][q] = p == q ? std::sqrt(std::max(sum, 1e-12)) : sum / root[q][q];
      }
      for (size_t k = 0; k < p; ++k) b[p] -= root[p][k] * b[k];
      b[p] /= root[p][p];
    }
    for (size_t p = N; p-- > 0;) {
      for (size_t k = p + 1; k < N; ++k) b[p] -= root[k][p] * b[k];
      b[p] /= root[p][p];
    }
    return b;
  }
};

}  // namespace destock::demand
