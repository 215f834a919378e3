#include "market/rate_card.h"

#include <algorithm>
#include <cmath>

namespace destock::market {
namespace {

constexpr double kTolerance = 1e-9;  // metric limits are converted
using Steps = std::vector<ReferralCategory::Step>;

Money share_of(const Money& price, const Steps& whole, const Steps& parts) {
  for (const ReferralCategory::Step& step : whole)
    if (!step.to || price <= *step.to) return price.times(step.rate);
  Money fee = Money::zero(price.currency());
  Money from = Money::zero(price.currency());
  for (const ReferralCategory::Step& step : parts) {
    const bool last = !step.to || price <= *step.to;
    fee += (last ? price - from : *step.to - from).times(step.rate);
    if (last) break;
    from = *step.to;
  }
  return fee;
}

// Sources that come to the same money do not differ.
Priced agreed(Priced priced) {
  if (priced.other && priced.other->rounded() == priced.fee.rounded()) priced.other.reset();
  return priced;
}

}  // namespace

std::string_view RateCard::group_of(std::string_view category) const {
  for (const FulfilmentTable& table : fulfilment)
    if (names_any(category, table.categories)) return table.group;
  return "standard";
}

const ProgrammeName* RateCard::programme(std::string_view id) const {
  for (const ProgrammeName& one : programmes)
    if (one.id == id) return &one;
  return nullptr;
}

std::vector<Date> days_of_change(const RateCard& card, Date first, Date last) {
  std::vector<Date> days;
  const auto add = [&](Date from, const std::optional<Date>& to) {
    days.push_back(from);
    if (to) days.push_back(*to + Days(1));
  };
  for (const FulfilmentTable& row : card.fulfilment) add(row.effective_from, row.effective_to);
  for (const FulfilmentSurcharge& row : card.surcharges) add(row.effective_from, row.effective_to);
  for (const PeakSeason& row : card.peaks) add(row.from, row.to);
  for (const SizeTiers& row : card.size_tiers) add(row.effective_from, row.effective_to);
  std::erase_if(days, [&](Date day) { return day <= first || day > last; });
  std::sort(days.begin(), days.end());
  days.erase(std::unique(days.begin(), days.end()), days.end());
  return days;
}

const StorageRate* storage_in_force(const RateCard& card, std::string_view size_class, Date day,
                                    std::string_view category) {
  const StorageRate* general = nullptr;
  const StorageRate* special = nullptr;
  for (const StorageRate& row : card.storage) {
    if (!row.in_force_on(day) || (row.size_class != size_class && row.size_class != "any")) continue;
    if (row.categories.empty())
      general = &row;  // the seller's own comes after the card's
    else if (names_any(category, row.categories))
      special = &row;
  }
  return special ? special : general;
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
  const ReferralCategory* found = nullptr;
  size_t longest = 0;  // "electronics accessories" before "electronics"
  for (const ReferralCategory& one : categories) {
    if (names_any(name, one.except)) continue;
    for (const std::string& word : one.names)
      if (word.size() > longest && names(name, word)) {
        found = &one;
        longest = word.size();
      }
  }
  return found;
}

const TierMinimum* ReferralRate::minimum_of(std::string_view tier) const {
  for (const TierMinimum& one : tier_minimums)
    if (one.tier == tier) return &one;
  return nullptr;
}

ClosingFee ReferralRate::closing(std::string_view category_name) const {
  const ReferralCategory* found = category(category_name);
  if (!found) return {};
  ClosingFee closing{found->closing_fee, found->closing_fee_or, found->closing_unknown};
  if (closing.other) closing.unknown = true;
  return closing;
}

Priced ReferralRate::priced(const Money& price, std::string_view category_name, std::string_view tier) const {
  const ReferralCategory* found = category(category_name);
  const bool low = low_price && price <= *low_price->to;
  const TierMinimum* of_tier = minimum_of(tier);
  const auto least = [&](Money fee, const std::optional<Money>& minimum_here) {
    fee = minimum_here ? std::max(fee, *minimum_here) : fee;
    return of_tier && of_tier->least ? std::max(fee, *of_tier->least) : fee;
  };
  if (!found) return {least(price.times(low ? low_price->rate : default_rate), minimum), {}};
  const Money share = share_of(price, found->whole, found->parts);
  const std::optional<Money> at_least = found->minimum ? found->minimum : minimum;
  Priced priced{least(share, at_least), {}};
  if (!found->whole_or.empty() || !found->parts_or.empty())
    priced.other = least(share_of(price, found->whole_or, found->parts_or), at_least);
  else if (found->minimum_or)
    priced.other = least(share, found->minimum_or);
  return agreed(priced);
}

std::optional<Priced> WeightTable::priced(double weight_lb) const {
  if (bands.empty()) return std::nullopt;
  for (const WeightBand& band : bands)
    if (weight_lb <= band.to_lb + kTolerance) return Priced{band.fee, band.other};
  if (!above) return std::nullopt;
  const auto steps = static_cast<int64_t>(std::ceil((weight_lb - above->from_lb) / above->step_lb - kTolerance));
  Priced priced{above->base + above->per_step * steps, {}};
  if (above->base_or || above->per_step_or)
    priced.other = above->base_or.value_or(above->base) + above->per_step_or.value_or(above->per_step) * steps;
  return agreed(priced);
}

std::optional<Money> WeightTable::fee(double weight_lb) const {
  const auto found = priced(weight_lb);
  return found && !found->disputed() ? std::optional(found->fee) : std::nullopt;
}

}  // namespace destock::market
