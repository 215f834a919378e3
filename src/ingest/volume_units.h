#pragma once
// Volumes of items as reports give them, in whatever unit and language.

#include <map>
#include <optional>
#include <string>

#include "ingest/cell_words.h"
#include "ingest/report_format.h"

namespace destock::ingest {

// The volumes of a report; those in units that are not known are unknown, and said, and so are those of no size that is
// stored.
class VolumeUnits {
public:
  explicit VolumeUnits(const account::ReportNames& names);
  // Where no unit is given: cubic feet, as such reports have always meant.
  std::optional<double> cubic_feet(Row& row, size_t volume_column, size_t unit_column);
  void finish(ReadContext& context) const;

private:
  UnitWords units_;
  int64_t absurd_ = 0;
  std::string first_absurd_;
  std::string last_unit_;
  std::optional<double> last_ = 1;
  std::map<std::string, int64_t> unknown_;
};

}  // namespace destock::ingest
