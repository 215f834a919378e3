#pragma once
// Stock of which only the chances are known, on a grid, as weeks of demand go over it; and back: what it is worth.

#include <vector>

#include "clearance/demand_row.h"

namespace destock::restock {

// Whole units up to kMostPoints of them, wider steps beyond.
class StockScale {
public:
  explicit StockScale(double most);

  static constexpr size_t kMostPoints = 128;
  size_t points() const { return points_; }
  double step() const { return step_; }
  double stock(size_t point) const { return step_ * static_cast<double>(point); }
  // Straight between points, the last beyond them.
  double at(const std::vector<double>& values, double units) const;

private:
  size_t points_;
  double step_;
};

// Chances by point: `units` are there for certain.
std::vector<double> certain(const StockScale& scale, double units);
// After units have come in, and after a week's demand.
std::vector<double> with_arrival(const StockScale& scale, const std::vector<double>& chance, double units);
std::vector<double> after_demand(const clearance::DemandRow& row, const std::vector<double>& chance);
// E[value] of what the week's demand leaves of each stock.
std::vector<double> average(const clearance::DemandRow& row, const std::vector<double>& value);
// The value of each stock when units come in first.
std::vector<double> before_arrival(const StockScale& scale, const std::vector<double>& value, double units);

}  // namespace destock::restock
