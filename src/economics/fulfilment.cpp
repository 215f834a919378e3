#include "economics/fulfilment.h"

#include <algorithm>
#include <cmath>

#include "base/ascii.h"

namespace destock::economics {
namespace {

constexpr double kTolerance = 1e-9;  // a limit is inclusive, and metric limits are converted
constexpr double kStepLb = 0.25, kHeaviestLb = 150;
constexpr int64_t kCent = 100;
constexpr std::string_view kStandard = "standard", kLowPrice = "low_price";

double length_plus_girth(const std::array<double, 3>& sorted) {
  return sorted[0] + 2 * (sorted[1] + sorted[2]);
}

// Longest, median, shortest.
std::array<double, 3> sorted_sides(const PackageSize& size) {
  auto sides = size.sides_in;
  std::sort(sides.begin(), sides.end(), std::greater<>());
  return sides;
}

double dimensional_weight(const market::SizeTiers& table, const market::SizeTier& tier,
                          const std::array<double, 3>& sides) {
  if (!table.dimensional_divisor) return 0;
  const double least = tier.bulky ? table.bulky_minimum_in : 0;
  return sides[0] * std::max(sides[1], least) * std::max(sides[2], least) / *table.dimensional_divisor;
}

bool within(double value, const std::optional<double>& limit) {
  return !limit || value <= *limit + kTolerance;
}

bool fits(const market::SizeTier& tier, const std::array<double, 3>& sides, const TierFound& weights,
          double dimensional_lb) {
  if (!within(weights.shipping_weight_lb, tier.max_lb) || !within(weights.unit_weight_lb, tier.max_unit_lb) ||
      !within(dimensional_lb, tier.max_dimensional_lb))
    return false;
  if (tier.sides_in)
    for (size_t i = 0; i < 3; ++i)
      if (!within(sides[i], (*tier.sides_in)[i])) return false;
  return within(length_plus_girth(sides), tier.length_plus_girth_in) &&
         within(sides[0] + sides[1] + sides[2], tier.sum_of_sides_in);
}

const market::SizeTiers* tiers_of(const market::RateCard& card, std::string_view group, Date day) {
  for (const market::SizeTiers& table : card.size_tiers)
    if (table.group == group && table.in_force_on(day)) return &table;
  return nullptr;
}

bool in_programme(const Shipment& shipment, const std::string& programme) {
  return std::find(shipment.programmes.begin(), shipment.programmes.end(), programme) != shipment.programmes.end();
}

// A member's table before everyone's.
const market::FulfilmentTable* table_of(const market::RateCard& card, std::string_view group, const Shipment& shipment,
                                        bool peak) {
  const market::FulfilmentTable* general = nullptr;
  for (const market::FulfilmentTable& table : card.fulfilment) {
    if (table.group != group || table.peak != peak || !table.in_force_on(shipment.day)) continue;
    if (!table.programme.empty() && in_programme(shipment, table.programme)) return &table;
    if (table.programme.empty() && !general) general = &table;
  }
  return general;
}

struct Base {
  Money fee;
  std::optional<Money> other;
  const market::FulfilmentTable* table = nullptr;
  market::Confidence confidence = market::Confidence::kSingle;
};

std::optional<Base> base_of(const market::FulfilmentTable& table, const Shipment& shipment) {
  const market::FulfilmentTier* row = table.tier(shipment.tier);
  if (!row) return std::nullopt;
  const double weight = table.unit_weight ? shipment.unit_weight_lb : shipment.shipping_weight_lb;
  const size_t band = table.price_band(shipment.price);
  const market::Confidence confidence = row->confidence.value_or(table.confidence);
  for (const market::FulfilmentBand& one : row->bands)
    if (weight <= one.to_lb + kTolerance)
      return one.fees[band] ? std::optional(Base{*one.fees[band], {}, &table, confidence}) : std::nullopt;
  if (!row->beyond || !row->beyond->base[band] || !within(weight, row->beyond->to_lb)) return std::nullopt;
  const market::FulfilmentTier::Beyond& beyond = *row->beyond;
  const double steps = std::max(0.0, weight - beyond.from_lb) / beyond.step_lb;
  const double counted = beyond.exact ? steps : std::ceil(steps - kTolerance);
  Base base{*beyond.base[band] + beyond.per_step[band].times(counted), {}, &table, confidence};
  if (beyond.per_step_or) base.other = *beyond.base[band] + beyond.per_step_or->times(counted);
  return base;
}

// Low prices are measured by the standard tiers, whatever the category.
std::optional<Base> low_price_of(const market::RateCard& card, const Shipment& shipment) {
  const market::FulfilmentTable* low = table_of(card, kLowPrice, shipment, false);
  if (!low || !low->takes(shipment.price, shipment.category)) return std::nullopt;
  if (low->tier(shipment.tier) || !shipment.size) return base_of(*low, shipment);
  const auto standard = size_tier_of(card, *shipment.size, shipment.day);
  if (!standard) return std::nullopt;
  Shipment measured = shipment;
  measured.tier = standard->tier->id;
  return base_of(*low, measured);
}

// Of stock in another country: the category's own table there before the general one.
const market::FulfilmentTable* abroad_of(const market::RateCard& card, const Shipment& shipment) {
  const market::FulfilmentTable* general = nullptr;
  for (const market::FulfilmentTable& table : card.fulfilment) {
    if (!table.abroad || table.peak || !table.in_force_on(shipment.day) || !in_programme(shipment, table.programme))
      continue;
    if (table.categories.empty())
      general = &table;
    else if (market::names_any(shipment.category, table.categories) && table.tier(shipment.tier))
      return &table;
  }
  return general;
}

// Of an ordinary day: the low-price table where the price is low enough, the category's group, or the standard table.
std::optional<Base> ordinary(const market::RateCard& card, const Shipment& shipment) {
  if (const auto* abroad = abroad_of(card, shipment)) return base_of(*abroad, shipment);
  if (auto low = low_price_of(card, shipment)) return low;
  const std::string_view group = card.group_of(shipment.category);
  const market::FulfilmentTable* own = table_of(card, group, shipment, false);
  if (!own) return std::nullopt;  // a group whose table is missing on that day is unknown, not standard
  if (own->tier(shipment.tier)) return base_of(*own, shipment);
  const market::FulfilmentTable* standard = table_of(card, kStandard, shipment, false);
  return standard ? base_of(*standard, shipment) : std::nullopt;
}

// In a peak season the fee is the season's, or the ordinary one where its table leaves the tier out. Whether it is
// known.
bool raise_in_peak(const market::RateCard& card, const Shipment& shipment, Base& base) {
  const auto season = std::find_if(card.peaks.begin(), card.peaks.end(), [&](const market::PeakSeason& peak) {
    return peak.from <= shipment.day && shipment.day <= peak.to;
  });
  if (season == card.peaks.end()) return true;
  const auto& ordinary_groups = season->ordinary_groups;
  if (std::find(ordinary_groups.begin(), ordinary_groups.end(), base.table->group) != ordinary_groups.end())
    return true;
  const market::FulfilmentTable* peak = table_of(card, base.table->group, shipment, true);
  if (!peak) return false;
  if (!peak->tier(shipment.tier)) return peak->others_ordinary;
  if (market::names_any(shipment.category, season->without)) return false;
  const auto raised = base_of(*peak, shipment);
  if (!raised) return false;
  const Money ordinary_fee = base.fee;
  base = *raised;
  if (peak->rise) base.fee += ordinary_fee;
  return true;
}

void add_surcharges(const market::RateCard& card, const Shipment& shipment, const Money& base, FulfilmentFee& fee) {
  for (const market::FulfilmentSurcharge& surcharge : card.surcharges) {
    if (!surcharge.in_force_on(shipment.day)) continue;
    if (!surcharge.categories.empty() && !market::names_any(shipment.category, surcharge.categories)) continue;
    fee.parts.push_back({"surcharge", surcharge.name, surcharge.amount.value_or(base.times(surcharge.rate)),
                         surcharge.source, surcharge.confidence});
  }
}

void add_overmax(const market::RateCard& card, const Shipment& shipment, FulfilmentFee& fee) {
  if (!shipment.size) return;
  const auto sides = sorted_sides(*shipment.size);
  for (const market::OvermaxFee& overmax : card.overmax) {
    if (!overmax.in_force_on(shipment.day) ||
        (sides[0] <= overmax.longest_over_in && length_plus_girth(sides) <= overmax.length_plus_girth_over_in))
      continue;
    for (const auto& [id, amount] : overmax.fees)
      if (id == shipment.tier)
        fee.parts.push_back(
            {"overmax", {"overmax handling fee", "超大件处理费"}, amount, overmax.source, overmax.confidence});
  }
}

void add_programmes(const market::RateCard& card, const Shipment& shipment, FulfilmentFee& fee) {
  for (const market::ProgrammeFee& programme : card.programme_fees) {
    const bool member = in_programme(shipment, programme.table.programme);
    if (member == programme.outside || !programme.table.in_force_on(shipment.day)) continue;
    const auto amount = base_of(programme.table, shipment);
    if (!amount) continue;
    FeePart part{programme.table.programme, programme.name, programme.off ? -amount->fee : amount->fee,
                 programme.table.source, amount->confidence};
    (programme.outside ? fee.maybe : fee.parts).push_back(std::move(part));
  }
}

}  // namespace

std::string letters_of(std::string_view text) {
  std::string letters;
  for (char c : text)
    if (const char small = ascii_lower(c); (small >= 'a' && small <= 'z') || (small >= '0' && small <= '9'))
      letters += small;
  return letters;
}

std::optional<TierFound> size_tier_of(const market::RateCard& card, const PackageSize& size, Date day,
                                      std::string_view category) {
  const market::SizeTiers* table = tiers_of(card, card.group_of(category), day);
  if (!table) table = tiers_of(card, kStandard, day);
  if (!table) return std::nullopt;
  const auto sides = sorted_sides(size);
  for (const market::SizeTier& tier : table->tiers) {
    const double dimensional = dimensional_weight(*table, tier, sides);
    TierFound found{&tier, table, tier.unit_weight ? size.weight_lb : std::max(size.weight_lb, dimensional),
                    size.weight_lb};
    if (fits(tier, sides, found, dimensional)) return found;
  }
  return std::nullopt;
}

Shipment shipment_of(const TierFound& tier, const PackageSize& size, std::string_view category, const Money& price,
                     Date day, std::span<const std::string> programmes) {
  return {category, tier.tier->id, tier.shipping_weight_lb, tier.unit_weight_lb, price, day, size, programmes};
}

FulfilmentAnswer fulfilment_of(const market::RateCard& card, const Shipment& shipment) {
  auto base = ordinary(card, shipment);
  if (!base) return {};
  const bool peak_known = raise_in_peak(card, shipment, *base);
  const FeePart part{"fulfilment", {"fulfilment fee", "配送费"}, base->fee, base->table->source, base->confidence};
  if (base->other && *base->other != base->fee) {
    FeePart other = part;
    other.amount = *base->other;
    return {{}, part, other};
  }
  FulfilmentFee fee{{part}, base->fee, !peak_known, base->table->group == kLowPrice, {}};
  add_surcharges(card, shipment, base->fee, fee);
  add_overmax(card, shipment, fee);
  add_programmes(card, shipment, fee);
  fee.total = Money::zero(base->fee.currency());
  for (const FeePart& one : fee.parts) fee.total += one.amount;
  return {fee, {}, {}};
}

std::optional<FulfilmentFee> fulfilment_fee(const market::RateCard& card, std::string_view category,
                                            std::string_view tier, double shipping_weight_lb, const Money& price,
                                            Date day, const std::optional<PackageSize>& size) {
  return fulfilment_of(
             card,
             {category, tier, shipping_weight_lb, size ? size->weight_lb : shipping_weight_lb, price, day, size, {}})
      .fee;
}

const market::SizeTier* tier_named(const market::RateCard& card, std::string_view words, Date day) {
  const market::SizeTiers* tiers = tiers_of(card, kStandard, day);
  if (!tiers) return nullptr;
  const std::string letters = letters_of(words);
  const auto named = std::find_if(tiers->tiers.begin(), tiers->tiers.end(), [&](const market::SizeTier& one) {
    return letters.find(letters_of(one.id)) != std::string::npos;
  });
  return named == tiers->tiers.end() ? nullptr : &*named;
}

std::optional<double> heaviest_at_fee(const market::RateCard& card, std::string_view category, std::string_view tier,
                                      const Money& fee, const Money& price, Date day) {
  const market::SizeTier* named = tier_named(card, tier, day);
  if (!named) return std::nullopt;
  std::optional<double> heaviest;
  const double most = named->max_lb.value_or(named->max_unit_lb.value_or(kHeaviestLb));
  for (int step = 1; step * kStepLb <= most; ++step) {
    const double pounds = step * kStepLb;
    const auto here = fulfilment_fee(card, category, named->id, pounds, price, day);
    if (!here || here->total.currency() != fee.currency() || here->total.units() > fee.units() + kCent) break;
    heaviest = pounds;
  }
  return heaviest;
}

double selling_surcharge(const market::RateCard& card, std::span<const std::string> programmes, Date day) {
  double rate = 0;
  for (const market::SellingSurcharge& one : card.selling_surcharges)
    if (one.in_force_on(day) && std::find(programmes.begin(), programmes.end(), one.programme) != programmes.end())
      rate += one.rate;
  return rate;
}

}  // namespace destock::economics
