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
  // Of a decision that differs in demand alone; the other grid must outlast its use.
  void begin_as(const Decision& decision, const StockGrid& other);

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
  const double* holding(int week) const { return (same_ ? same_ : this)->holding_[static_cast<size_t>(week)].data(); }
  // Units that arrive in the weeks after `week`, up to `weeks` later.
  int arriving(int week, int weeks) const;

  // Units sold from a stock.
  double sold_at(const MixedRow& row, double units) const;
  // Values that were averaged before may have changed since.
  void forget_values();
  // E[value(stock − min(D, stock) + arriving)] at every point. `again`: others will ask for the same values.
  void average(const MixedRow& row, const double* value, int arriving, bool again, std::vector<double>& out);
  // The same at one stock.
  double average_at(const MixedRow& row, const double* value, int arriving, double units) const;

private:
  void find_holding();
  double sharp_at(const double* value, double point) const;  // straight between points

  const Decision* d_ = nullptr;
  const StockGrid* same_ = nullptr;  // whose holding it is
  size_t points_ = 0;
  double step_ = 1;
  // Straight lines between points add (step² − 1) ÷ 6 to a week's variance: this part of the value's own bend is taken
  // back.
  double bend_ = 0;
  std::vector<double> power_;                 // of β
  std::vector<double> worth_;                 // by week, where it is not β's power; else empty
  std::vector<std::vector<double>> holding_;  // by week and point
  // A value made sharp, before it what it is at nothing as often as weights may reach below.
  struct Sharp {
    const double* value = nullptr;
    int arriving = 0;
    std::vector<double> padded;
  };
  const double* sharp_of(const double* value, int arriving, bool again);
  static constexpr size_t kSharps = 4;
  Sharp sharps_[kSharps];  // those asked again, in turn, then what is not
  size_t last_sharp_ = 0;
  std::vector<double> moved_, weights_, bends_;
};

}  // namespace destock::clearance
