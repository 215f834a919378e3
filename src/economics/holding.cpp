#include "economics/holding.h"

#include <algorithm>

#include "base/ascii.h"
#include "base/volume.h"

namespace destock::economics {
namespace {

// Clothing, shoes, bags, jewelry and watches are let off the first surcharge bands: names of those groups as reports
// spell them.
bool excluded(const market::AgedSurcharge& surcharge, const std::string& category) {
  if (category.empty()) return false;
  for (const market::AgedBand& band : surcharge.bands)
    for (const std::string& group : band.excluded_categories)
      if (holds(category, group)) return true;
  return holds(category, "apparel");
}

}  // namespace

bool holds(std::string_view text, std::string_view word) {
  return std::search(text.begin(), text.end(), word.begin(), word.end(),
                     [](char a, char b) { return ascii_lower(a) == b; }) != text.end();
}

std::string_view size_class_of(const account::FeeFacts& fees) {
  for (std::string_view big : {"oversize", "bulky", "extra-large", "extra large", "extralarge"})
    if (holds(fees.size_tier, big) || holds(fees.storage_type, big)) return "oversize";
  return "standard";
}

std::string_view exit_size_class(std::string_view size_class, std::string_view category, const market::RateCard& card,
                                 Date day) {
  if (const market::RemovalFee* row = market::removal_in_force(card, "oversize", day))
    for (const std::string& name : row->also_categories)
      if (holds(category, name)) return "oversize";
  return size_class;
}

std::optional<double> HoldingTerms::month(unsigned month_of_year, double units) const {
  if (!storage_per_unit) return std::nullopt;
  return (*storage_per_unit)[month_of_year - 1] * units;
}

std::optional<double> HoldingTerms::fee_of(const market::AgedBand& band) const {
  if (exempt_below_271 && !band.excluded_categories.empty()) return 0.0;
  if (!volume_cuft) return std::nullopt;
  const double by_volume = band.per_volume.to_double() * *volume_cuft * volume_units;
  return band.per_unit_minimum ? std::max(by_volume, band.per_unit_minimum->to_double()) : by_volume;
}

std::optional<double> HoldingTerms::aged_per_unit(int age_days) const {
  if (!aged) return std::nullopt;
  for (const market::AgedBand& band : aged->bands)
    if (age_days >= band.from_day && (!band.to_day || age_days <= *band.to_day)) return fee_of(band);
  return 0.0;
}

HoldingTerms holding_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  const account::Listing& named = account.listings[listing];
  HoldingTerms terms{named.currency, fees.volume_cuft, {}, false, nullptr, false, 1};
  if (const auto found = facts.marketplaces.find(named.marketplace);
      found != facts.marketplaces.end() && found->second.storage_by_cubic_metre)
    terms.volume_units = 1 / kCubicFeetPerCubicMetre;
  const market::RateCard* card = facts.rate_card(named.marketplace);
  if (card) {
    const market::StorageRate* rate = market::storage_in_force(*card, size_class_of(fees), day);
    if (rate && fees.volume_cuft) {
      terms.storage_per_unit.emplace();
      for (size_t month = 0; month < 12; ++month)
        (*terms.storage_per_unit)[month] =
            rate->per_volume_by_month[month].to_double() * *fees.volume_cuft * terms.volume_units;
    }
    terms.aged = market::in_force(card->aged, day);
    if (terms.aged) terms.exempt_below_271 = excluded(*terms.aged, named.category);
  }
  const int64_t on_hand = account.stock[listing].on_hand();
  if (!terms.storage_per_unit && fees.storage_cost_next_month && on_hand > 0) {
    terms.storage_per_unit.emplace();
    terms.storage_per_unit->fill(fees.storage_cost_next_month->to_double() / static_cast<double>(on_hand));
    terms.storage_from_report = true;
  }
  return terms;
}

std::optional<double> aged_surcharge_of(const HoldingTerms& terms, std::span<const account::AgeBand> ages,
                                        int days_ahead) {
  if (!terms.aged) return std::nullopt;
  double total = 0;
  for (const account::AgeBand& held : ages) {
    if (held.units <= 0) continue;
    const int from = held.from_day + days_ahead;
    const int to = held.to_day ? *held.to_day + days_ahead : from;  // an open band at its youngest
    double sum = 0;
    for (const market::AgedBand& band : terms.aged->bands) {
      const int days = std::min(to, band.to_day.value_or(to)) - std::max(from, band.from_day) + 1;
      if (days <= 0) continue;
      const auto fee = terms.fee_of(band);
      if (!fee) return std::nullopt;
      sum += *fee * days;
    }
    total += sum / (to - from + 1) * static_cast<double>(held.units);
  }
  return total;
}

HoldingCost holding_cost(const account::Account& account, size_t listing, const HoldingTerms& terms) {
  const auto units = static_cast<double>(account.stock[listing].on_hand());
  const account::FeeFacts& fees = account.fees[listing];
  const auto ages = account.ages.of(listing);
  const Date next = first_of_next_month(account.as_of);
  const auto aged_at = [&](Date assessed) {
    return aged_surcharge_of(terms, ages, static_cast<int>(days_between(account.as_of, assessed)));
  };
  // Young stock pays no surcharge, whatever the card: only bands that may have reached the first charged day need one.
  const auto with_aged = [&](std::optional<double> storage, std::optional<double> aged) -> std::optional<Money> {
    if (!storage) return std::nullopt;
    return Money::fitting(*storage + aged.value_or(0), terms.currency);
  };
  HoldingCost cost;
  cost.now = with_aged(terms.month(month_of(account.as_of), units), aged_at(account.as_of));
  std::optional<double> storage_next = terms.month(month_of(next), units);
  if (fees.storage_cost_next_month) storage_next = fees.storage_cost_next_month->to_double();
  std::optional<double> aged_next = aged_at(next + Days(14));
  if (fees.aged_cost_next_month) aged_next = fees.aged_cost_next_month->to_double();
  cost.next_month = with_aged(storage_next, aged_next);
  cost.oct_dec = with_aged(terms.month(10, units), aged_at(account.as_of));
  return cost;
}

}  // namespace destock::economics
