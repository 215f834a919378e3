#include "clearance/eligibility.h"

#include <fmt/format.h>

namespace destock::clearance {

Eligibility eligibility(const SkuCase& sku, const market::Channel& channel) {
  Eligibility result;
  const auto refuse = [&](const Text& condition, std::string_view found) {
    result.plainly_not = true;
    result.why_not = {fmt::format("{}: {} (has {})", channel.name.en, condition.en, found),
                      fmt::format("{}：{}（现有 {}）", channel.name.zh, condition.zh, found)};
  };
  if (!market::runs_in(channel, sku.marketplace)) {
    result.plainly_not = true;
    result.why_not = {channel.name.en + " does not run in " + sku.marketplace,
                      channel.name.zh + "不支持 " + sku.marketplace};
    return result;
  }
  for (const market::Condition& condition : channel.conditions) {
    switch (condition.check) {
      case market::Check::kUnitsInFba:
        if (sku.available < condition.at_least) refuse(condition.ask, fmt::format("{:.0f}", sku.available));
        break;
      case market::Check::kDaysInFba:
        if (!sku.need.oldest_at_least) result.checks.push_back(condition.ask);
        // A band that ends below the limit, or starts below it and may reach it: the oldest band decides.
        else if (*sku.need.oldest_at_least + 1 < condition.at_least)
          refuse(condition.ask, fmt::format("{} d", *sku.need.oldest_at_least));
        break;
      case market::Check::kPriceKnown:
        if (!sku.price) refuse(condition.ask, "?");
        break;
      case market::Check::kAsk: result.checks.push_back(condition.ask); break;
    }
    if (result.plainly_not) return result;
  }
  return result;
}

}  // namespace destock::clearance
