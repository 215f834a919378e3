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
  // What money so many weeks later is worth in a week.
  double later(int week, int weeks) const {
    return worth_.empty()
               ? power_[static_cast<size_t>(weeks)]
               : worth_[static_cast<size_t>(week) + static_cast<size_t>(weeks)] / worth_[static_cast<size_t>(week)];
  }
  // Its mean over so many weeks, the week's own among them.
  double mean_later(int week, int weeks) const;
  const double* holding(int week) const { return holding_[static_cast<size_t>(week)].data(); }
  // Units that arrive in the weeks after `week`, up to `weeks` later.
  int arriving(int week, int weeks) const;

  // Units sold from a stock.
  double sold_at(const MixedRow& row, double units) const;
  // E[value(stock − min(D, stock) + arriving)] at every point.
  void average(const MixedRow& row, const double* value, int arriving, std::vector<double>& out);
  // The same at one stock.
  double average_at(const MixedRow& row, const double* value, int arriving, double units) const;

private:
  void find_holding();
  // Straight lines between points add (step² − 1) ÷ 6 to a week's variance: taken back from the value's own bend.
  void sharpen(const double* __restrict value, double* __restrict out) const;
  double sharp_at(const double* value, double point) const;  // straight between points

  const Decision* d_ = nullptr;
  size_t points_ = 0;
  double step_ = 1;
  double bend_ = 0;                           // of the value, that is taken back
  std::vector<double> power_;                 // of β
  std::vector<double> worth_;                 // by week, where it is not β's power; else empty
  std::vector<std::vector<double>> holding_;  // by week and point
  std::vector<double> padded_, moved_, weights_;
};

}  // namespace destock::clearance
