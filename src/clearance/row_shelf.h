#pragma once
// Rows of demand for many levels of it: worked out at means a tenth apart, and mixed between two. The mean is exact,
// the variance at most a four-hundredth of its square too large.

#include <vector>

#include "clearance/demand_row.h"

namespace destock::clearance {

class RowShelf {
public:
  // `families`: of rows whose variance is the mean and a fixed part of its square.
  void begin(double step, size_t points, size_t families);
  void row(size_t family, double mean, double variance, DemandRow& out);

private:
  const DemandRow& kept(size_t family, int place, double part);

  double step_ = 1;
  size_t points_ = 0;
  struct Family {
    double part = -1;  // of the mean's square, in the variance
    std::vector<DemandRow> rows;
  };
  std::vector<Family> families_;
};

}  // namespace destock::clearance
