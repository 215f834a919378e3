#pragma once
// What is scarce across an account's SKUs, as people ask for it; money is in the base currency. As JSON: app/limits.h.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "portfolio/scarce.h"

namespace destock::app {

struct AccountLimits {
  struct CashBy {
    Date day;
    double amount;
    // Weeks of a plan that are over by then, the day itself counted.
    int64_t weeks_from(Date first_day) const { return (days_between(first_day, day) + 1) / kWeekDays; }
  };
  struct Storage {
    double cuft;
    std::string type;  // "standard", "oversize"; empty: all
  };
  std::vector<CashBy> cash_by;
  std::vector<Storage> storage;
  std::optional<int> deal_slots, actions, clicks;  // deals at once in a marketplace; the others a week
  std::optional<double> fees_a_month, loss_a_month;
  bool none() const;
};

// The same row by row for a plan that begins on a day: weeks and calendar months of the horizon.
std::vector<portfolio::Row> rows_of(const AccountLimits& limits, Date first_day, int weeks,
                                    const std::vector<std::string>& marketplaces);

}  // namespace destock::app
