#pragma once
// Where a SKU stands at the start of a week, besides its stock: what cools down, and what was paid before. A programme
// that remembers asks a price at or below the lowest of the last 30 days, and its discount off the Was Price, the
// median paid in 90 days (data/promotions/rules.toml): prices of the past forbid programmes, the plan's own prices too.

#include "clearance/decision.h"

namespace destock::clearance {

// What is done in a week at a stock: units that leave in bulk first, then a price or a programme at a price.
struct Choice {
  int programme = -1;  // −1: a price of its own
  int level = 0;       // of the ladder
  double exit_units = 0;
};

inline constexpr double kPriceSlack = 0.006;  // prices are rounded to a cent

struct Standing {
  std::vector<int> cooling;    // weeks left, by programme
  std::vector<PaidWeek> past;  // the last week first
  int lowest_level = 0;        // of the seller's own prices so far: a monotone markdown does not rise above it

  static Standing at_start(const Decision& decision);
  // The weeks of a choice have gone by: `units` were sold.
  void pass(const Decision& decision, const Choice& choice, double units);
};

// The lowest price paid within the floor's weeks; nothing where none is remembered.
std::optional<double> floor_price(const Decision& decision, const Standing& standing);
// The median price paid, by units; nothing where it is not looked at or nothing was sold.
std::optional<double> was_price(const Decision& decision, const Standing& standing);

// Whether a programme (−1: a price) may begin in a week at a level: its own rules, cooldown, floor and Was Price.
bool allowed(const Decision& decision, const Standing& standing, int week, int programme, size_t level);

}  // namespace destock::clearance
