#include "restock/stock_chance.h"

#include <algorithm>
#include <cmath>

namespace destock::restock {

StockScale::StockScale(double most) {
  const double top = std::max(1.0, std::ceil(most));
  const double steps = std::min(top, static_cast<double>(kMostPoints));
  step_ = std::ceil(top / steps);
  points_ = static_cast<size_t>(std::ceil(top / step_)) + 1;
}

double StockScale::at(const std::vector<double>& values, double units) const {
  const double place = std::clamp(units / step_, 0.0, static_cast<double>(points_ - 1));
  const auto below = std::min(static_cast<size_t>(place), points_ - 2);
  const double share = place - static_cast<double>(below);
  return values[below] + share * (values[below + 1] - values[below]);
}

std::vector<double> with_arrival(const StockScale& scale, const std::vector<double>& chance, double units) {
  const double move = units / scale.step();
  const auto whole = static_cast<size_t>(move);
  const double part = move - static_cast<double>(whole);
  const size_t last = scale.points() - 1;
  std::vector<double> out(scale.points(), 0);
  for (size_t g = 0; g < chance.size(); ++g) {
    out[std::min(g + whole, last)] += chance[g] * (1 - part);
    out[std::min(g + whole + 1, last)] += chance[g] * part;
  }
  return out;
}

std::vector<double> certain(const StockScale& scale, double units) {
  std::vector<double> empty(scale.points(), 0);
  empty[0] = 1;
  return with_arrival(scale, empty, units);
}

std::vector<double> after_demand(const clearance::DemandRow& row, const std::vector<double>& chance) {
  std::vector<double> out(chance.size(), 0);
  for (size_t g = 0; g < chance.size(); ++g) {
    if (chance[g] <= 0) continue;
    double left = 1;
    for (size_t j = 0; j < std::min(g, row.weight.size()); ++j) {
      out[g - j] += chance[g] * row.weight[j];
      left -= row.weight[j];
    }
    out[0] += chance[g] * std::max(0.0, left);
  }
  return out;
}

std::vector<double> average(const clearance::DemandRow& row, const std::vector<double>& value) {
  std::vector<double> out(value.size());
  for (size_t g = 0; g < value.size(); ++g) {
    double sum = 0, left = 1;
    for (size_t j = 0; j < std::min(g, row.weight.size()); ++j) {
      sum += row.weight[j] * value[g - j];
      left -= row.weight[j];
    }
    out[g] = sum + std::max(0.0, left) * value[0];
  }
  return out;
}

std::vector<double> before_arrival(const StockScale& scale, const std::vector<double>& value, double units) {
  if (units <= 0) return value;
  std::vector<double> out(value.size());
  for (size_t g = 0; g < value.size(); ++g) out[g] = scale.at(value, scale.stock(g) + units);
  return out;
}

}  // namespace destock::restock
