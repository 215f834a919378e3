#pragma once
// Rows of demand for many levels of it: worked out at means a tenth apart, for variances whose part beyond the mean is
// a thirtieth apart, and mixed between two. The mean is exact; the variance differs by at most a four-hundredth of the
// mean's square and a sixtieth of that part.

#include <memory>
#include <optional>
#include <vector>

#include "clearance/demand_row.h"

namespace destock::clearance {

class RowShelf {
public:
  // Where step and points are as before, what was worked out stays.
  void begin(double step, size_t points);
  // Nothing where the mean is beyond what is kept. What it points to stays until the next begin().
  std::optional<MixedRow> row(double mean, double variance);

private:
  struct Family {
    double part = 0;  // of the mean's square, in the variance
    std::vector<DemandRow> rows;
  };
  Family& family_of(double part);
  const DemandRow& kept(Family& family, int place);

  double step_ = 1;
  size_t points_ = 0;
  std::vector<std::unique_ptr<Family>> families_;  // kept for another time; by the part's place
  std::vector<int> in_use_;                        // places
};

}  // namespace destock::clearance
