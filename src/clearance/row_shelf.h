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
  struct Family {
    double part = 0;  // of the mean's square, in the variance
    bool in_use = false;
    std::vector<DemandRow> rows;
  };

public:
  // Where an offer's rows were found last: of the weeks that differ in demand alone the part is the same.
  struct Kind {
    double part = -1;
    Family* family = nullptr;
  };
  // Where step and points are as before, what was worked out stays; else no kind of before may be asked with.
  void begin(double step, size_t points);
  bool is_of(double step, size_t points) const { return step == step_ && points == points_; }
  // Nothing where the mean is beyond what is kept. What it points to stays until the next begin().
  std::optional<MixedRow> row(double mean, double variance, Kind& kind);

private:
  Family& family_of(double part);
  const DemandRow& kept(Family& family, int place);

  double step_ = 1;
  size_t points_ = 0;
  std::vector<std::unique_ptr<Family>> families_;  // kept for another time; by the part's place
  std::vector<int> in_use_;                        // places
};

}  // namespace destock::clearance
