#pragma once
// What a buyer pays when discounts stack, and what a seller's own prices make of later ones: the 30-day floor and the
// Was Price.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "market/promotions.h"

namespace destock::economics {

// A discount by channel: a price it sets (a deal), or a share it takes off.
struct Discount {
  std::string channel;  // "lightning", "best_deal", "outlet", "ped", "coupon", "code"
  std::optional<Money> price;
  double share = 0;
};

// The price a buyer pays, discounts in the order given. Where no stacking rule is known the lower result counts: it
// protects margin and floor. Never below zero.
Money stacked_price(const Money& original, std::span<const Discount> discounts, const market::Promotions& promotions);

// What was paid on a day: coupons and codes taken off, and how many units.
struct PaidDay {
  Date day;
  Money price;
  int64_t units;
};

// The lowest price paid in the `days` before `day`; nothing where nothing was sold.
std::optional<Money> recent_lowest(std::span<const PaidDay> paid, Date day, int days);

// The median price paid by unit in the `days` before `day` (the lower of two middles).
std::optional<Money> was_price(std::span<const PaidDay> paid, Date day, int days);

// How long a clearance price may be sold before it becomes the Was Price, in days: it is the median once more than half
// of the window's units were sold at it, and it sells `lift` times as fast.
int days_until_median_falls(int window_days, double lift);

}  // namespace destock::economics
