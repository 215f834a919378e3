#include "market/read_promotions.h"

namespace destock::market {

Promotions read_promotions(const FactTable& root) {
  Promotions promotions;
  for (const FactTable& row : root.tables("rule")) {
    PromotionRule rule{{}, row.text("id"), row.both_languages("say"), {}};
    row.read_source(rule);
    if (const auto days = row.whole_if("days")) rule.days = static_cast<int>(*days);
    promotions.rules.push_back(std::move(rule));
  }
  for (const FactTable& row : root.tables("stacking")) {
    const std::string base = row.text("base");
    if (base != "original" && base != "running")
      row.wrong("base", {"must be original or running", "须为 original 或 running"});
    promotions.stackings.push_back({row.text("first"), row.texts_or_empty("then"),
                                    base == "original" ? StackBase::kOriginal : StackBase::kRunning,
                                    row.text("source")});
  }
  for (const FactTable& row : root.tables("exclusive")) {
    promotions.exclusive.push_back(row.texts_or_empty("channels"));
    if (promotions.exclusive.back().size() < 2) row.wrong("channels", {"needs at least two", "至少需要两个"});
  }
  return promotions;
}

}  // namespace destock::market
