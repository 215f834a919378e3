#pragma once
// What holding the same units costs, month by month or week by week, to any date: storage of each calendar month,
// surcharge on every 15th over the ages the units then have.

#include <optional>
#include <span>
#include <vector>

#include "economics/holding.h"

namespace destock::economics {

struct HoldingMonth {
  Date first_day, last_day;  // within the span asked for
  std::optional<double> storage;
  std::optional<double> surcharge;  // of the day of assessment, if it falls in the span; nothing: not known
  double utilisation = 0;           // what of the storage is the surcharge on utilisation
  Bound storage_bound = Bound::kExact;
  bool surcharge_at_least = false;
};

// [from, until], both inclusive. Units do not change; ages grow.
std::vector<HoldingMonth> holding_until(const HoldingTerms& terms, std::span<const account::AgeBand> ages, double units,
                                        Date from, Date until);

// The cost of each of `weekly`.size() weeks from first_day on; false where storage is unknown. No allocation.
bool holding_by_week(const HoldingTerms& terms, std::span<const account::AgeBand> ages, double units, Date first_day,
                     std::span<double> weekly);

}  // namespace destock::economics
