#pragma once
// What a person knows of a listing's demand and its history does not tell: days of the past that were not like others,
// and what is expected of days to come.

#include <optional>
#include <string>

#include "account/report_facts.h"
#include "base/date.h"

namespace destock::account {

struct DemandEdit {
  enum class Kind {
    kSet,      // so many units a week on the days, or so many times what was forecast
    kLeftOut,  // a spike of the past that teaches nothing
    kAgain,    // one that comes again a year later: it teaches nothing of other days
  };
  int64_t event = 0;  // its number in the log of decisions
  ListingIndex listing = 0;
  Kind kind = Kind::kSet;
  Date from, to;                              // inclusive
  std::optional<double> units_a_week, times;  // of kSet: one of them
  std::string person, at, why;

  bool holds(int64_t day) const { return day >= day_number(from) && day <= day_number(to); }
};

}  // namespace destock::account
