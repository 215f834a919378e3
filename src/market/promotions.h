#pragma once
// What holds for every promotion, and how discounts add up. data/promotions/rules.toml

#include <optional>
#include <string>
#include <vector>

#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

struct PromotionRule : Sourced {
  std::string id;
  Text say;
  std::optional<int> days;
};

// What a further discount is taken from.
enum class StackBase {
  kOriginal,  // the price before any promotion: discounts are added
  kRunning,   // the price that the promotions before it leave
};
struct Stacking {
  std::string first;
  std::vector<std::string> then;
  StackBase base;
  std::string source;
};

struct Promotions {
  std::vector<PromotionRule> rules;
  std::vector<Stacking> stackings;
  std::vector<std::vector<std::string>> exclusive;  // channels that never run together

  const PromotionRule* rule(std::string_view id) const;
  bool may_run_together(std::string_view a, std::string_view b) const;
  // How `then` stacks on `first`; nothing where no rule is known: plan with the lower price.
  std::optional<StackBase> stacking(std::string_view first, std::string_view then) const;
};

}  // namespace destock::market
