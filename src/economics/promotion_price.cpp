#include "economics/promotion_price.h"

#include <algorithm>
#include <cmath>

namespace destock::economics {

Money stacked_price(const Money& original, std::span<const Discount> discounts, const market::Promotions& promotions) {
  Money price = original;
  std::string_view first;  // the promotion that the later ones stand on
  for (const Discount& discount : discounts) {
    if (discount.price) {
      price = std::min(price, *discount.price);
    } else {
      const Money from_original = price - original.times(discount.share);
      const Money from_running = price.times(1 - discount.share);
      const auto base =
          first.empty() ? std::optional(market::StackBase::kRunning) : promotions.stacking(first, discount.channel);
      if (!base)
        price = std::min(from_original, from_running);
      else
        price = *base == market::StackBase::kOriginal ? from_original : from_running;
    }
    if (first.empty()) first = discount.channel;
  }
  return std::max(price, Money::zero(original.currency()));
}

std::optional<Money> recent_lowest(std::span<const PaidDay> paid, Date day, int days) {
  std::optional<Money> lowest;
  for (const PaidDay& one : paid)
    if (one.units > 0 && one.day < day && one.day >= day - Days(days) && (!lowest || one.price < *lowest))
      lowest = one.price;
  return lowest;
}

std::optional<Money> was_price(std::span<const PaidDay> paid, Date day, int days) {
  std::vector<PaidDay> window;
  int64_t units = 0;
  for (const PaidDay& one : paid) {
    if (one.units <= 0 || one.day >= day || one.day < day - Days(days)) continue;
    window.push_back(one);
    units += one.units;
  }
  if (window.empty()) return std::nullopt;
  std::sort(window.begin(), window.end(), [](const PaidDay& a, const PaidDay& b) { return a.price < b.price; });
  int64_t passed = 0;
  for (const PaidDay& one : window) {
    passed += one.units;
    if (passed * 2 >= units) return one.price;
  }
  return window.back().price;
}

int days_until_median_falls(int window_days, double lift) {
  return static_cast<int>(std::floor(window_days / (lift + 1)));
}

}  // namespace destock::economics
