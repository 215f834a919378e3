#include "economics/holding.h"

#include <algorithm>

#include "base/volume.h"
#include "economics/fulfilment.h"

namespace destock::economics {
namespace {

constexpr unsigned kOctober = 10;

// Whether a category is let off some of the bands, as reports spell categories.
bool excluded(const std::vector<market::AgedSurcharge>& rows, const std::string& category) {
  return std::any_of(rows.begin(), rows.end(), [&](const market::AgedSurcharge& row) {
    return std::any_of(row.bands.begin(), row.bands.end(), [&](const market::AgedBand& band) {
      return market::names_any(category, band.excluded_categories);
    });
  });
}

// Oversize by the seller's own words, else by the card's tier of the measured size.
std::string_view stored_as(const account::FeeFacts& fees, const std::string& category, const market::RateCard& card,
                           Date day) {
  if (!fees.size_tier.empty() || !fees.storage_type.empty() || !fees.longest_in || !fees.median_in ||
      !fees.shortest_in || !fees.weight_lb)
    return size_class_of(fees);
  const auto tier =
      size_tier_of(card, {{*fees.longest_in, *fees.median_in, *fees.shortest_in}, *fees.weight_lb}, day, category);
  if (!tier) return card.size_tiers.empty() ? "standard" : "oversize";  // larger than every tier
  return tier->tier->bulky ? "oversize" : "standard";
}

// The youngest age that any card has a surcharge for.
int youngest_charged(const market::Facts& facts) {
  std::optional<int> youngest;
  for (const auto& [id, card] : facts.rate_cards)
    for (const market::AgedSurcharge& row : card.aged)
      youngest = std::min(youngest.value_or(row.first_day()), row.first_day());
  return youngest.value_or(0);
}

// What the surcharge on utilisation adds, where the account's own volume and sales make it due.
void add_utilisation(const account::Account& account, const std::string& marketplace, std::string_view size_class,
                     HoldingTerms& terms) {
  for (const account::StorageUse& use : account.storage_use) {
    if (use.marketplace != marketplace || use.size_class != size_class || !use.per_volume) continue;
    terms.utilisation = &use;
    for (unsigned month : use.months)
      (*terms.storage_per_unit)[month - 1] += use.per_volume->to_double() * *terms.volume_cuft * terms.volume_units;
  }
}

void storage_by_card(const account::Account& account, size_t listing, const market::RateCard& card,
                     const market::Marketplace& marketplace, Date day, HoldingTerms& terms) {
  const account::FeeFacts& fees = account.fees[listing];
  const std::string& category = account.listings[listing].category;
  if (!fees.volume_cuft) return;
  const std::string_view size_class = stored_as(fees, category, card, day);
  const market::StorageRate* rate = market::storage_in_force(card, size_class, day, category);
  if (!rate) return;
  terms.storage_rate = rate;
  terms.storage_per_unit.emplace();
  // Tax in it is set off against the tax in the price.
  const double taxed = rate->tax_in ? 1 + marketplace.tax_in_price : 1;
  Date month = first_of_month(day);
  for (int i = 0; i < 12; ++i, month = first_of_next_month(month))
    (*terms.storage_per_unit)[month_of(month) - 1] = storage_of(*rate, marketplace, *fees.volume_cuft, month) / taxed;
  if (!rate->surcharge_in) add_utilisation(account, marketplace.id, size_class, terms);
}

}  // namespace

double volumes_per_cuft(const market::Marketplace& marketplace) {
  return marketplace.storage_by_cubic_metre ? 1 / kCubicFeetPerCubicMetre : 1;
}

double storage_of(const market::StorageRate& rate, const market::Marketplace& marketplace, double cubic_feet,
                  Date month) {
  const double volume = cubic_feet * rate.volumes_per_cuft.value_or(volumes_per_cuft(marketplace));
  const double months = rate.days ? static_cast<double>(days_in_month(month)) / *rate.days : 1;
  return rate.per_volume_by_month[month_of(month) - 1].to_double() * volume * months;
}

std::string_view size_class_of(const account::FeeFacts& fees) {
  for (std::string_view big : {"oversize", "bulky", "extra-large", "extra large", "extralarge"})
    if (holds(fees.size_tier, big) || holds(fees.storage_type, big)) return "oversize";
  return "standard";
}

std::string_view exit_size_class(std::string_view size_class, std::string_view category, const market::RateCard& card,
                                 Date day) {
  if (const market::RemovalFee* row = market::removal_in_force(card, "oversize", day))
    if (market::names_any(category, row->also_categories)) return "oversize";
  return size_class;
}

std::optional<double> HoldingTerms::month(unsigned month_of_year, double units) const {
  if (!storage_per_unit) return std::nullopt;
  return (*storage_per_unit)[month_of_year - 1] * units;
}

double HoldingTerms::utilisation_in(unsigned month_of_year, double units) const {
  if (!utilisation || !volume_cuft) return 0;
  const auto& months = utilisation->months;
  if (std::find(months.begin(), months.end(), month_of_year) == months.end()) return 0;
  return utilisation->per_volume->to_double() * *volume_cuft * volume_units * units;
}

Bound HoldingTerms::bound_of(unsigned month_of_year) const {
  if (!storage_rate) return Bound::kExact;
  const auto& unseen = storage_rate->unseen_months;
  if (std::find(unseen.begin(), unseen.end(), month_of_year) == unseen.end()) return Bound::kExact;
  return month_of_year >= kOctober ? Bound::kAtLeast : Bound::kAtMost;
}

const market::AgedSurcharge* HoldingTerms::aged_on(Date day) const {
  return aged ? market::in_force(*aged, day) : nullptr;
}

bool HoldingTerms::assesses_on(Date day) const {
  const market::AgedSurcharge* row = aged_on(day);
  return row && day_of_month(day) == row->assessed_on;
}

std::optional<Date> HoldingTerms::assessed_in(Date month) const {
  if (!aged) return std::nullopt;
  for (const market::AgedSurcharge& row : *aged)
    if (const Date day = first_of_month(month) + Days(static_cast<int>(row.assessed_on) - 1); row.in_force_on(day))
      return day;
  return std::nullopt;
}

Date HoldingTerms::next_assessed(Date day) const {
  const Date month = first_of_next_month(day);
  return assessed_in(month).value_or(month);
}

std::optional<double> HoldingTerms::fee_of(const market::AgedBand& band) const {
  if (exempt && !band.excluded_categories.empty()) return 0.0;
  if (!volume_cuft || band.per_volume_or) return std::nullopt;
  const double by_volume = band.per_volume.to_double() * *volume_cuft * volume_units;
  return band.per_unit_minimum ? std::max(by_volume, band.per_unit_minimum->to_double()) : by_volume;
}

std::optional<double> HoldingTerms::aged_per_unit(Date day, int age_days) const {
  const market::AgedSurcharge* row = aged_on(day);
  if (!row) return std::nullopt;
  for (const market::AgedBand& band : row->bands)
    if (age_days >= band.from_day && (!band.to_day || age_days <= *band.to_day)) return fee_of(band);
  return 0.0;
}

std::optional<int> HoldingTerms::first_charged(Date day) const {
  const market::AgedSurcharge* row = aged_on(day);
  if (!row) return std::nullopt;
  for (const market::AgedBand& band : row->bands)
    if (!exempt || band.excluded_categories.empty()) return band.from_day;
  return std::nullopt;
}

bool HoldingTerms::at_least(Date day, const account::AgeBand& held, int days_ahead) const {
  const market::AgedSurcharge* row = aged_on(day);
  return row && held.units > 0 && std::any_of(row->bands.begin(), row->bands.end(), [&](const market::AgedBand& band) {
           return band.at_least && (!held.to_day || *held.to_day + days_ahead >= band.from_day) &&
                  (!band.to_day || held.from_day + days_ahead <= *band.to_day);
         });
}

bool HoldingTerms::disputed(Date day, int age_days) const {
  const market::AgedSurcharge* row = aged_on(day);
  return row && std::any_of(row->bands.begin(), row->bands.end(), [&](const market::AgedBand& band) {
           return band.per_volume_or && age_days >= band.from_day && (!band.to_day || age_days <= *band.to_day);
         });
}

HoldingTerms holding_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  const account::Listing& named = account.listings[listing];
  HoldingTerms terms{named.currency, fees.volume_cuft,       {}, false, nullptr, false, 1, nullptr,
                     nullptr,        youngest_charged(facts)};
  const auto found = facts.marketplaces.find(named.marketplace);
  const market::RateCard* card = facts.rate_card(named.marketplace);
  if (card && found != facts.marketplaces.end()) {
    terms.volume_units = volumes_per_cuft(found->second);
    storage_by_card(account, listing, *card, found->second, day, terms);
    if (!card->aged.empty()) terms.aged = &card->aged;
    terms.exempt = excluded(card->aged, named.category);
  }
  const int64_t on_hand = account.stock[listing].on_hand();
  // An estimate of nought is none: no unit is stored for nothing.
  if (!terms.storage_per_unit && fees.storage_cost_next_month && fees.storage_cost_next_month->units() > 0 &&
      on_hand > 0) {
    terms.storage_per_unit.emplace();
    terms.storage_per_unit->fill(fees.storage_cost_next_month->to_double() / static_cast<double>(on_hand));
    terms.storage_from_report = true;
  }
  return terms;
}

std::optional<double> aged_surcharge_of(const HoldingTerms& terms, std::span<const account::AgeBand> ages,
                                        int days_ahead, Date assessed) {
  const market::AgedSurcharge* row = terms.aged_on(assessed);
  if (!row) {
    const bool young = std::all_of(ages.begin(), ages.end(), [&](const account::AgeBand& held) {
      return held.units <= 0 || (held.to_day && *held.to_day + days_ahead < terms.young_days);
    });
    return young ? std::optional(0.0) : std::nullopt;
  }
  double total = 0;
  for (const account::AgeBand& held : ages) {
    if (held.units <= 0) continue;
    const int from = held.from_day + days_ahead;
    const int to = held.to_day ? *held.to_day + days_ahead : from;  // an open band at its youngest
    double sum = 0;
    for (const market::AgedBand& band : row->bands) {
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
    return aged_surcharge_of(terms, ages, static_cast<int>(days_between(account.as_of, assessed)), assessed);
  };
  // A surcharge that is not known is left out: it is counted by the account's figures, which say so.
  const auto with_aged = [&](std::optional<double> storage, std::optional<double> aged) -> std::optional<Money> {
    if (!storage) return std::nullopt;
    return Money::fitting(*storage + aged.value_or(0), terms.currency);
  };
  HoldingCost cost;
  cost.now = with_aged(terms.month(month_of(account.as_of), units), aged_at(account.as_of));
  std::optional<double> storage_next = terms.month(month_of(next), units);
  if (fees.storage_cost_next_month) storage_next = fees.storage_cost_next_month->to_double();
  std::optional<double> aged_next = aged_at(terms.next_assessed(account.as_of));
  if (fees.aged_cost_next_month) aged_next = fees.aged_cost_next_month->to_double();
  cost.next_month = with_aged(storage_next, aged_next);
  const Date assessed = terms.next_assessed(account.as_of);
  const auto ahead = static_cast<int>(days_between(account.as_of, assessed));
  const bool some_at_least = std::any_of(
      ages.begin(), ages.end(), [&](const account::AgeBand& held) { return terms.at_least(assessed, held, ahead); });
  cost.surcharge_unknown =
      units > 0 && (!aged_at(account.as_of) || !aged_next || (some_at_least && !fees.aged_cost_next_month));
  cost.oct_dec = with_aged(terms.month(10, units), aged_at(account.as_of));
  return cost;
}

}  // namespace destock::economics
