#include "clearance/demand_row.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kExactUpTo = 400;  // units of demand summed one by one
constexpr double kTail = 1e-9;
constexpr double kWeightTail = 1e-6;  // what is left of the weights counts as an empty shelf

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

// The same for large demand: the gamma of that mean and variance (Wilson and Hilferty), Simpson's rule between points.
void losses_by_gamma(const Demand& demand, double step, size_t points, std::vector<double>& loss) {
  const double shape = demand.mean * demand.mean / std::max(demand.variance, demand.mean);
  const double ninth = 1 / (9 * shape);
  const double scale = 1 / std::sqrt(2 * ninth);
  const auto survival = [&](double units) {
    return 0.5 * std::erfc((std::cbrt(units / demand.mean) - (1 - ninth)) * scale);
  };
  // Survival summed from far above down to each point; scaled so that all of it is the mean.
  const double reach = demand.mean + 6 * std::sqrt(demand.variance);
  const auto far = static_cast<size_t>(std::ceil(reach / step));
  double above = 0;
  double sum = 0;
  double at_points = 0;  // of the last point within the grid
  std::fill(loss.begin(), loss.end(), 0.0);
  for (size_t g = far; g-- > 0;) {
    const double x = step * static_cast<double>(g);
    const double here = survival(x);
    sum += step / 6 * (here + 4 * survival(x + step / 2) + above);
    above = here;
    if (g < points) loss[g] = sum;
    at_points = sum;
  }
  const double scale_to_mean = demand.mean / at_points;
  for (double& l : loss) l *= scale_to_mean;
}

}  // namespace

void demand_row(const Demand& demand, double step, size_t points, DemandRow& out) {
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
