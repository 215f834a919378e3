#include "market/promotions.h"

#include <algorithm>

namespace destock::market {

const PromotionRule* Promotions::rule(std::string_view id) const {
  for (const PromotionRule& one : rules)
    if (one.id == id) return &one;
  return nullptr;
}

bool Promotions::may_run_together(std::string_view a, std::string_view b) const {
  return std::none_of(exclusive.begin(), exclusive.end(), [&](const std::vector<std::string>& group) {
    return std::find(group.begin(), group.end(), a) != group.end() &&
           std::find(group.begin(), group.end(), b) != group.end();
  });
}

std::optional<StackBase> Promotions::stacking(std::string_view first, std::string_view then) const {
  for (const Stacking& one : stackings)
    if (one.first == first && std::find(one.then.begin(), one.then.end(), then) != one.then.end()) return one.base;
  return std::nullopt;
}

}  // namespace destock::market
