#pragma once
// Volumes of items as reports give them, in whatever unit and language.

#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "ingest/report_format.h"

namespace destock::ingest {

// What a volume in a unit is multiplied by to be cubic feet; nothing for a unit that is not known.
std::optional<double> cubic_feet_per(std::string_view unit);

// The volumes of a report; those in units that are not known are unknown, and said.
class VolumeUnits {
public:
  // Where no unit is given: cubic feet, as such reports have always meant.
  std::optional<double> cubic_feet(Row& row, size_t volume_column, size_t unit_column);
  void finish(ReadContext& context) const;

private:
  std::string last_unit_;
  std::optional<double> last_ = 1;
  std::map<std::string, int64_t> unknown_;
};

}  // namespace destock::ingest
