#include "clearance/demand_row.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kExactUpTo = 400;  // units of demand summed one by one
constexpr double kTail = 1e-9;
constexpr double kWeightTail = 1e-6;  // what is left of the weights counts as an empty shelf

struct Demand {
  double mean, variance;
};

// E[(D − k·step)+] at every grid point by the survival function, summed downwards; whole units.
void losses_by_units(const Demand& demand, double step, size_t points, std::vector<double>& loss) {
  const double mean = demand.mean;
  const bool poisson = demand.variance <= mean * 1.0001;
  const double p = poisson ? 1 : mean / demand.variance;
  const double r = poisson ? 0 : mean * p / (1 - p);
  const double q = 1 - p;
  double mass = poisson ? std::exp(-mean) : std::exp(r * std::log(p));
  double cumulative = mass;
  // loss(x) for real x lies on a line between whole units: loss(k + 1) = loss(k) − P(D > k).
  double at_unit = mean;
  double unit = 0;
  for (size_t g = 0; g < points; ++g) {
    const double x = step * static_cast<double>(g);
    while (unit + 1 <= x + 1e-12) {
      at_unit -= 1 - cumulative;
      mass *= (poisson ? mean : q * (r + unit)) / (unit + 1);
      ++unit;
      cumulative += mass;
      if (at_unit < kTail) break;
    }
    loss[g] = at_unit < kTail ? 0 : std::max(0.0, at_unit - (x - unit) * (1 - cumulative));
    if (at_unit < kTail) {
      std::fill(loss.begin() + static_cast<std::ptrdiff_t>(g), loss.end(), 0.0);
      return;
    }
  }
}

// The same for large demand: the gamma of that mean and variance (Wilson and Hilferty), summed down from far above: by
// the trapezoid, and by Simpson's rule where points lie wider than a quarter of the spread.
void losses_by_gamma(const Demand& demand, double step, size_t points, std::vector<double>& loss) {
  const double shape = demand.mean * demand.mean / std::max(demand.variance, demand.mean);
  const double ninth = 1 / (9 * shape);
  const double scale = 1 / std::sqrt(2 * ninth);
  const double deviation = std::sqrt(demand.variance);
  const auto survival = [&](double units) {
    return 0.5 * std::erfc((std::cbrt(units / demand.mean) - (1 - ninth)) * scale);
  };
  std::fill(loss.begin(), loss.end(), 0.0);
  // Above the grid in strides of a quarter of the spread: only its sum is wanted.
  const double top = step * static_cast<double>(points - 1);
  const double reach = demand.mean + 6 * deviation;
  size_t first = points - 1;
  double sum = 0;
  double above = 0;
  if (reach > top) {
    const auto strides = static_cast<size_t>(std::ceil((reach - top) / (deviation / 4)));
    const double stride = (reach - top) / static_cast<double>(strides);
    for (size_t k = strides; k-- > 0;) {
      const double here = survival(top + stride * static_cast<double>(k));
      sum += stride / 2 * (here + above);
      above = here;
    }
    loss[first] = sum;
  } else {
    first = std::min(first, static_cast<size_t>(std::ceil(reach / step)));
  }
  // Between points in parts of at most half the spread, where the survival is neither 1 nor 0.
  const bool narrow = step <= deviation / 4;
  const auto parts = static_cast<size_t>(std::ceil(2 * step / deviation));
  for (size_t g = first; g-- > 0;) {
    const double x = step * static_cast<double>(g);
    const double here = survival(x);
    if (narrow || here == above) {
      sum += step / 2 * (here + above);
    } else {
      const double part = step / static_cast<double>(parts);
      double right = above;
      for (size_t k = parts; k-- > 0;) {
        const double at = x + part * static_cast<double>(k);
        const double left = k == 0 ? here : survival(at);
        sum += part / 6 * (left + 4 * survival(at + part / 2) + right);
        right = left;
      }
    }
    above = here;
    loss[g] = sum;
  }
  const double scale_to_mean = demand.mean / loss[0];
  for (double& l : loss) l *= scale_to_mean;
}

}  // namespace

void demand_row(double mean, double variance, double step, size_t points, DemandRow& out) {
  const Demand demand{mean, variance};
  thread_local std::vector<double> loss;
  loss.assign(points + 1, 0);
  if (demand.mean + 8 * std::sqrt(demand.variance) <= kExactUpTo)
    losses_by_units(demand, step, points + 1, loss);
  else
    losses_by_gamma(demand, step, points + 1, loss);
  out.sold.resize(points);
  for (size_t g = 0; g < points; ++g) out.sold[g] = demand.mean - loss[g];
  out.weight.clear();
  double total = 0;
  for (size_t j = 0; j + 1 < points + 1; ++j) {
    const double weight = j == 0 ? 1 - (loss[0] - loss[1]) / step : (loss[j - 1] - 2 * loss[j] + loss[j + 1]) / step;
    out.weight.push_back(std::max(0.0, weight));
    total += out.weight.back();
    if (total > 1 - kWeightTail) break;
  }
  out.rest = std::max(0.0, 1 - total);
}

}  // namespace destock::clearance
