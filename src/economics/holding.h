#pragma once
// What holding stock costs: monthly storage by volume, dearer October–December, and the aged inventory surcharge that
// is assessed on one day of the month over first-in-first-out ages. Amounts are in the marketplace's currency.

#include <array>
#include <optional>
#include <span>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

// Whether a figure is the fee, or no less or no more than the fee will be.
enum class Bound { kExact, kAtLeast, kAtMost };

struct HoldingTerms {
  Currency currency;
  std::optional<double> volume_cuft;  // of a unit
  std::optional<std::array<double, 12>>
      storage_per_unit;  // a unit a month, January first; from the card, or scaled from the seller's own estimate
  bool storage_from_report = false;  // no card: the seller's own estimate of next month, for every month
  const std::vector<market::AgedSurcharge>* aged = nullptr;  // the card's rows, by their days; nullptr: no card
  bool exempt = false;                                       // the category is let off the bands that exclude it
  double volume_units = 1;                            // cubic feet in the card's unit of volume: 1, or 1/35.3 for m³
  const account::StorageUse* utilisation = nullptr;   // a surcharge on utilisation is in the storage
  const market::StorageRate* storage_rate = nullptr;  // that the storage is by; nullptr: none
  int young_days = 0;                                 // younger stock pays no surcharge, whatever the card

  // Storage of `units` for a whole calendar month.
  std::optional<double> month(unsigned month_of_year, double units) const;
  // What of it is the surcharge on utilisation.
  double utilisation_in(unsigned month_of_year, double units) const;
  // What a month's storage is, where its rate was not seen and other months' stands in for it.
  Bound bound_of(unsigned month_of_year) const;
  // The surcharge's row in force; nullptr where no card has one.
  const market::AgedSurcharge* aged_on(Date day) const;
  // Whether ages are looked at on a day.
  bool assesses_on(Date day) const;
  // The day of a month on which they are.
  std::optional<Date> assessed_in(Date month) const;
  // The assessment of the month after a day: what a month costs from now on.
  Date next_assessed(Date day) const;
  // Surcharge on a unit of an age when it is assessed on a day; 0 where it is young; nothing where no card or volume is
  // known, or sources differ.
  std::optional<double> aged_per_unit(Date day, int age_days) const;
  // The age from which a unit is charged, by the card in force on a day.
  std::optional<int> first_charged(Date day) const;
  // What a band of the card charges a unit, or its exemption.
  std::optional<double> fee_of(const market::AgedBand& band) const;
  // Whether units of an age band would be charged on a day for an age whose rate was not seen.
  bool at_least(Date day, const account::AgeBand& held, int days_ahead) const;
  // Whether a unit that is so old on a day would pay a fee on which sources differ.
  bool disputed(Date day, int age_days) const;
};
// Whether a unit is charged as "standard" or "oversize", by the seller's own size tier or storage type; for removal and
// liquidation some categories pay as oversize whatever their size.
std::string_view size_class_of(const account::FeeFacts& fees);
std::string_view exit_size_class(std::string_view size_class, std::string_view category, const market::RateCard& card,
                                 Date day);
using market::holds;

// The card's unit of volume in a cubic foot.
double volumes_per_cuft(const market::Marketplace& marketplace);
// Storage of a volume through the calendar month that the day is in, in the currency's units.
double storage_of(const market::StorageRate& rate, const market::Marketplace& marketplace, double cubic_feet,
                  Date month);

HoldingTerms holding_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day);

// The expected surcharge of a month, assessed on a day so many days ahead, on units whose ages are bands: a band's
// units are spread evenly over its days. Nothing where stock is old enough that it may pay, and what is not known.
std::optional<double> aged_surcharge_of(const HoldingTerms& terms, std::span<const account::AgeBand> ages,
                                        int days_ahead, Date assessed);

struct HoldingCost {
  std::optional<Money> now;         // at this month's rate
  std::optional<Money> next_month;  // the seller's own estimate where the planning report gives one
  std::optional<Money> oct_dec;     // a month of October–December
  bool surcharge_unknown = false;   // wholly or of some ages, now or next month: the costs are at least these
};
// Storage and surcharge of the stock on hand, a month.
HoldingCost holding_cost(const account::Account& account, size_t listing, const HoldingTerms& terms);

}  // namespace destock::economics
