#include "economics/fulfilment.h"

#include <algorithm>
#include <cmath>

#include "base/ascii.h"

namespace destock::economics {
namespace {

constexpr double kTolerance = 1e-9;  // a limit is inclusive, and metric limits are converted
constexpr double kStepLb = 0.25, kHeaviestLb = 150;
constexpr int64_t kCent = 100;

double length_plus_girth(const std::array<double, 3>& sorted) {
  return sorted[0] + 2 * (sorted[1] + sorted[2]);
}

// Longest, median, shortest.
std::array<double, 3> sorted_sides(const PackageSize& size) {
  auto sides = size.sides_in;
  std::sort(sides.begin(), sides.end(), std::greater<>());
  return sides;
}

double shipping_weight(const market::SizeTiers& table, const market::SizeTier& tier, const std::array<double, 3>& sides,
                       double weight_lb) {
  if (tier.unit_weight || !table.dimensional_divisor) return weight_lb;
  const double least = tier.bulky ? table.bulky_minimum_in : 0;
  const double volume = sides[0] * std::max(sides[1], least) * std::max(sides[2], least);
  return std::max(weight_lb, volume / *table.dimensional_divisor);
}

bool fits(const market::SizeTier& tier, const std::array<double, 3>& sides, double shipping_weight_lb) {
  if (tier.max_lb && shipping_weight_lb > *tier.max_lb + kTolerance) return false;
  if (tier.sides_in)
    for (size_t i = 0; i < 3; ++i)
      if (sides[i] > (*tier.sides_in)[i] + kTolerance) return false;
  return !tier.length_plus_girth_in || length_plus_girth(sides) <= *tier.length_plus_girth_in + kTolerance;
}

std::optional<Money> fee_by_weight(const market::FulfilmentTier& tier, double weight_lb, size_t price_band) {
  for (const market::FulfilmentBand& band : tier.bands)
    if (weight_lb <= band.to_lb + kTolerance) return band.fees[price_band];
  if (!tier.beyond) return std::nullopt;
  const double above = std::max(0.0, weight_lb - tier.beyond->from_lb);
  const auto steps = static_cast<int64_t>(std::ceil(above / tier.beyond->step_lb - kTolerance));
  return tier.beyond->base[price_band] + tier.beyond->per_step * steps;
}

const market::FulfilmentTable* table_of(const market::RateCard& card, std::string_view group, Date day) {
  for (const market::FulfilmentTable& table : card.fulfilment)
    if (table.group == group && table.in_force_on(day)) return &table;
  return nullptr;
}

}  // namespace

std::string letters_of(std::string_view text) {
  std::string letters;
  for (char c : text)
    if (const char small = ascii_lower(c); (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'))
      letters += small;
  return letters;
}

std::optional<TierFound> size_tier_of(const market::RateCard& card, const PackageSize& size, Date day) {
  const market::SizeTiers* table = market::in_force(card.size_tiers, day);
  if (!table) return std::nullopt;
  const auto sides = sorted_sides(size);
  for (const market::SizeTier& tier : table->tiers) {
    const double weight = shipping_weight(*table, tier, sides, size.weight_lb);
    if (fits(tier, sides, weight)) return TierFound{&tier, table, weight};
  }
  return std::nullopt;
}

std::optional<FulfilmentFee> fulfilment_fee(const market::RateCard& card, std::string_view group, std::string_view tier,
                                            double shipping_weight_lb, const Money& price, Date day,
                                            const std::optional<PackageSize>& size) {
  const market::FulfilmentTable* table = table_of(card, group, day);
  const market::FulfilmentTier* row = table ? table->tier(tier) : nullptr;
  // Apparel and dangerous goods share the standard table where their own has no row.
  if (!row && group != "standard") {
    table = table_of(card, "standard", day);
    // A marketplace whose own group table is missing altogether is unknown, not standard.
    row = table && table_of(card, group, day) ? table->tier(tier) : nullptr;
  }
  if (!row) return std::nullopt;
  const auto base = fee_by_weight(*row, shipping_weight_lb, table->price_band(price));
  if (!base) return std::nullopt;
  FulfilmentFee fee{
      {{"fulfilment", {"fulfilment fee", "配送费"}, *base, table->source, table->confidence}}, *base, false};
  for (const market::FulfilmentSurcharge& surcharge : card.surcharges)
    if (surcharge.in_force_on(day))
      fee.parts.push_back(
          {"surcharge", surcharge.name, base->times(surcharge.rate), surcharge.source, surcharge.confidence});
  if (size) {
    const auto sides = sorted_sides(*size);
    for (const market::OvermaxFee& overmax : card.overmax) {
      if (!overmax.in_force_on(day) ||
          (sides[0] <= overmax.longest_over_in && length_plus_girth(sides) <= overmax.length_plus_girth_over_in))
        continue;
      for (const auto& [id, amount] : overmax.fees)
        if (id == tier)
          fee.parts.push_back(
              {"overmax", {"overmax handling fee", "超大件处理费"}, amount, overmax.source, overmax.confidence});
    }
  }
  fee.total = Money::zero(base->currency());
  for (const FeePart& part : fee.parts) fee.total += part.amount;
  for (const market::PeakSeason& peak : card.peaks)
    fee.peak_unknown = fee.peak_unknown || (peak.from <= day && day <= peak.to);
  return fee;
}

std::optional<double> heaviest_at_fee(const market::RateCard& card, std::string_view group, std::string_view tier,
                                      const Money& fee, const Money& price, Date day) {
  const market::SizeTiers* tiers = market::in_force(card.size_tiers, day);
  if (!tiers) return std::nullopt;
  const std::string words = letters_of(tier);
  const auto named = std::find_if(tiers->tiers.begin(), tiers->tiers.end(), [&](const market::SizeTier& one) {
    return words.find(letters_of(one.id)) != std::string::npos;
  });
  if (named == tiers->tiers.end()) return std::nullopt;
  std::optional<double> heaviest;
  const double most = named->max_lb.value_or(kHeaviestLb);
  for (int step = 1; step * kStepLb <= most; ++step) {
    const double pounds = step * kStepLb;
    const auto here = fulfilment_fee(card, group, named->id, pounds, price, day);
    if (!here || here->total.currency() != fee.currency() || here->total.units() > fee.units() + kCent) break;
    heaviest = pounds;
  }
  return heaviest;
}

std::string_view fee_group_of(std::string_view category) {
  const std::string name = ascii_lower(category);
  for (std::string_view word : {"apparel", "clothing"})
    if (name.find(word) != std::string::npos) return "apparel";
  if (name.find("dangerous goods") != std::string::npos || name.find("hazmat") != std::string::npos)
    return "dangerous_goods";
  return "standard";
}

}  // namespace destock::economics
