#pragma once
// The season that a listing is sold for: named in the cost sheet ("halloween", "圣诞节"), or guessed from its name. Its
// effect on the weeks to come is a prior of the forecast: data/demand/seasons.toml.

#include <optional>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::demand {

struct ListingSeason {
  const market::Event* event;        // the next occurrence, or the current one; of `facts`
  const market::SeasonPrior* prior;  // null: none is known of that event
  bool guessed = false;              // from SKU or product name, not from the cost sheet
};
// Some time after it the season is over, and the next year's counts.
std::optional<ListingSeason> listing_season(const account::Account& account, size_t listing,
                                            const market::Facts& facts);

// Share of each week's days that lie within a season, from the oldest week that history keeps to `weeks` ahead. Years
// that the calendar does not have are taken to have the event on the same days as its nearest year.
class SeasonWeeks {
public:
  SeasonWeeks(const market::SeasonPrior& prior, const market::SeasonRule& rule, const market::Calendar& calendar,
              Date as_of, int weeks);
  // `ahead`: 1 is the first week to come, 0 the last past one. `again`: seasons count that have not begun yet.
  double inside(int64_t ahead, bool again) const;
  // Past weeks that say what is left of a season after it: some after the last day of an event that is over, and some
  // before it.
  bool tells_after(int64_t ahead) const { return at(after_, ahead); }
  bool tells_before(int64_t ahead) const { return at(before_, ahead); }

private:
  static bool at(const std::vector<bool>& weeks, int64_t ahead);
  std::vector<double> inside_, begun_;
  std::vector<bool> before_, after_;
};

}  // namespace destock::demand
