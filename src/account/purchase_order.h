#pragma once
// A line of a purchase order, as the seller's own sheet has it.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>

#include "base/date.h"
#include "base/money.h"

namespace destock::account {

struct PurchaseOrder {
  std::string number, sku, marketplace, supplier;  // empty: not said
  int64_t units = 0;                               // ordered
  std::optional<int64_t> received_units;
  std::optional<Date> ordered_on, expected_on, received_on;
  std::optional<Money> unit_cost;
  std::optional<Money> cancel_cost, deposit;  // of the line: what cancelling it costs; what is paid and would be lost
  bool cancelled = false;
  int64_t sheet = 0;  // the import that told it

  // What is still to come: all of it, or what has not been received. With a day of receipt and no count, nothing.
  int64_t open() const {
    if (cancelled || (received_on && !received_units)) return 0;
    return std::max<int64_t>(0, units - received_units.value_or(0));
  }
};

}  // namespace destock::account
