#pragma once
// What holding stock costs: monthly storage by volume, dearer October–December, and the aged inventory surcharge that
// is assessed on the 15th over first-in-first-out ages. Amounts are in the marketplace's currency.

#include <array>
#include <optional>
#include <span>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

struct HoldingTerms {
  Currency currency;
  std::optional<double> volume_cuft;  // of a unit
  std::optional<std::array<double, 12>>
      storage_per_unit;  // a unit a month, January first; from the card, or scaled from the seller's own estimate
  bool storage_from_report = false;             // no card: the seller's own estimate of next month, for every month
  const market::AgedSurcharge* aged = nullptr;  // the card's surcharge in force
  bool exempt_below_271 = false;                // the category is exempt from the first bands
  double volume_units = 1;                      // cubic feet in the card's unit of volume: 1, or 1/35.3 for m³

  // Storage of `units` for a whole calendar month.
  std::optional<double> month(unsigned month_of_year, double units) const;
  // Whether ages are looked at on a day.
  static bool assesses_on(Date day) { return day_of_month(day) == market::kAssessedOn; }
  static Date assessed_in(Date month) { return first_of_month(month) + Days(market::kAssessedOn - 1); }
  // Surcharge on a unit of an age on the 15th; 0 where it is young; nothing where no card or volume is known.
  std::optional<double> aged_per_unit(int age_days) const;
  // What a band of the card charges a unit, or its exemption.
  std::optional<double> fee_of(const market::AgedBand& band) const;
};
// Whether a unit is charged as "standard" or "oversize", by the seller's own size tier or storage type; for removal and
// liquidation some categories pay as oversize whatever their size.
std::string_view size_class_of(const account::FeeFacts& fees);
std::string_view exit_size_class(std::string_view size_class, std::string_view category, const market::RateCard& card,
                                 Date day);
// Whether `text` holds `word` (lower case), without regard to case.
bool holds(std::string_view text, std::string_view word);

HoldingTerms holding_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day);

// The expected surcharge of a month on units whose ages are bands: a band's units are spread evenly over its days.
std::optional<double> aged_surcharge_of(const HoldingTerms& terms, std::span<const account::AgeBand> ages,
                                        int days_ahead);

struct HoldingCost {
  std::optional<Money> now;         // at this month's rate
  std::optional<Money> next_month;  // the seller's own estimate where the planning report gives one
  std::optional<Money> oct_dec;     // a month of October–December
};
// Storage and surcharge of the stock on hand, a month.
HoldingCost holding_cost(const account::Account& account, size_t listing, const HoldingTerms& terms);

}  // namespace destock::economics
