#pragma once
// One order to a supplier that takes none below a sum: what is due goes together; what is still short of the sum is
// filled up by the cartons that lose the least for their money.

#include <string>
#include <vector>

#include "restock/restock.h"

namespace destock::restock {

struct JointOrder {
  std::string supplier;
  Money minimum;
  Money due;  // purchase value of what is due
  struct Added {
    size_t listing = 0;
    int64_t units = 0;
  };
  std::vector<Added> added;
  Money total;                // with them
  std::optional<Money> loss;  // by what is added, in the currency of the lines; nothing: they have several
  std::optional<double> m3;   // of all of it; nothing: a carton's volume is not known
  bool reached = false;       // the sum
  bool worth_it = false;      // what is due brings more than filling up loses
  Text why;
};
// Of suppliers that have a least sum and something due by its value.
std::vector<JointOrder> joint_orders(const account::Account& account, const std::vector<RestockLine>& lines);

}  // namespace destock::restock
