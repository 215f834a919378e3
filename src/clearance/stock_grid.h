#pragma once
// Stock on a grid of points, what holding it costs, and the average of a value over what demand leaves of it.

#include <vector>

#include "clearance/decision.h"
#include "clearance/demand_row.h"

namespace destock::clearance {

class StockGrid {
public:
  // At most `most` points and one for nothing; whole units where the stock is no larger.
  void begin(const Decision& decision, size_t most);

  size_t points() const { return points_; }
  double step() const { return step_; }
  double stock(size_t point) const { return step_ * static_cast<double>(point); }
  // Straight between points; beyond the last the last.
  double at(const double* values, double units) const;
  // β to a power of weeks.
  double power(int weeks) const { return power_[static_cast<size_t>(weeks)]; }
  // Mean of the powers over so many weeks.
  double mean_power(int weeks) const;
  // Of holding each point's stock through so many weeks, at the week's own day.
  double holding(int week, int weeks, size_t point) const;
  const double* holding(int week) const { return holding_[static_cast<size_t>(week)].data(); }
  // Units that arrive in the weeks after `week`, up to `weeks` later.
  int arriving(int week, int weeks) const;

  // E[value(stock − min(D, stock) + arriving)] at every point.
  void average(const DemandRow& row, const double* value, int arriving, std::vector<double>& out);

private:
  void find_holding();

  const Decision* d_ = nullptr;
  size_t points_ = 0;
  double step_ = 1;
  std::vector<double> power_;
  std::vector<std::vector<double>> holding_;  // by week and point
  std::vector<double> padded_;
};

}  // namespace destock::clearance
