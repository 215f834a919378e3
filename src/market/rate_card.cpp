#include "market/rate_card.h"

#include <algorithm>
#include <cmath>

#include "base/ascii.h"

namespace destock::market {

const StorageRate* storage_in_force(const RateCard& card, std::string_view size_class, Date day) {
  for (const StorageRate& row : card.storage)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

const RemovalFee* removal_in_force(const RateCard& card, std::string_view size_class, Date day) {
  for (const RemovalFee& row : card.removal)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

const LiquidationTerms* liquidation_in_force(const RateCard& card, std::string_view size_class, Date day) {
  for (const LiquidationTerms& row : card.liquidation)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

const ReferralCategory* ReferralRate::category(std::string_view name) const {
  const std::string folded = ascii_lower(name);
  const ReferralCategory* found = nullptr;
  size_t longest = 0;  // "electronics accessories" before "electronics"
  for (const ReferralCategory& one : categories)
    for (const std::string& word : one.names)
      if (word.size() > longest && folded.find(word) != std::string::npos) {
        found = &one;
        longest = word.size();
      }
  return found;
}

Money ReferralRate::fee(const Money& price, std::string_view category_name) const {
  const ReferralCategory* found = category(category_name);
  Money fee = price.times(default_rate);
  if (found) {
    fee = Money::zero(price.currency());
    Money from = Money::zero(price.currency());
    for (const ReferralCategory::Step& step : found->steps) {
      const bool last = !step.to || price <= *step.to;
      if (found->by_part)
        fee += (last ? price - from : *step.to - from).times(step.rate);
      else if (last)
        fee = price.times(step.rate);
      if (last) break;
      from = *step.to;
    }
  }
  return minimum ? std::max(fee, *minimum) : fee;
}

std::optional<Money> fee_of_weight(const std::vector<WeightBand>& bands, const std::optional<Money>& per_lb_above,
                                   double weight_lb, const std::optional<Money>& above_base) {
  if (bands.empty()) return std::nullopt;
  for (const WeightBand& band : bands)
    if (weight_lb <= band.to_lb) return band.fee;
  if (!per_lb_above) return std::nullopt;
  const auto pounds = static_cast<int64_t>(std::ceil(weight_lb - bands.back().to_lb));
  return above_base.value_or(bands.back().fee) + *per_lb_above * pounds;
}

}  // namespace destock::market
