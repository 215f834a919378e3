#pragma once
// What is scarce across SKUs, row by row; what a plan of one SKU uses of it; and the SKU's own problem once each row
// has a price. Money of rows is in the base currency, of a SKU in its own.

#include <string>
#include <vector>

#include "clearance/planner.h"

namespace destock::portfolio {

enum class Scarce {
  kSpace,    // cubic feet in a week
  kDeals,    // promotions of Amazon's deals running in a week
  kFees,     // money for promotions: their fixed fees and what their buyers' purchases cost, in the row's weeks
  kActions,  // changes begun in a week
  kClicks,   // of those, the ones that are clicks on a screen
  kCash,     // money that comes, net of storage, in the row's weeks: at least
  kLoss,     // money lost against landed cost by what sells or leaves, in the row's weeks
};
inline constexpr std::string_view kScarceIds[] = {"space", "deals", "fees", "actions", "clicks", "cash", "loss"};

struct Row {
  Scarce what = Scarce::kSpace;
  std::string where;     // of space the storage type, of deals the marketplace; empty: all
  int from = 0, to = 0;  // weeks, both in it
  double limit = 0;
  bool at_least() const { return what == Scarce::kCash; }
};

// One SKU's problem and how it counts.
struct Stake {
  const clearance::Decision* decision = nullptr;
  double rate = 1;         // base currency for one of its own
  double volume_cuft = 0;  // of a unit; 0: not known, and it uses no space
  std::string storage;     // type
  std::string marketplace;
  std::vector<bool> deals;      // by programme
  std::vector<bool> by_clicks;  // by programme
};

// The same problem where every row has its price; by row, 0 or more, base currency a unit of the row.
clearance::Decision priced(const Stake& stake, const std::vector<Row>& rows, const std::vector<double>& price);

// A step as it really pays, where it was found in a priced problem: the same units.
clearance::PlannedWeek unpriced(const Stake& stake, const clearance::Decision& priced, clearance::PlannedWeek step);

// By row, what a path of unpriced steps is expected to use; of cash what it brings.
std::vector<double> use_of(const Stake& stake, const std::vector<Row>& rows,
                           const std::vector<clearance::PlannedWeek>& path);

}  // namespace destock::portfolio
