#pragma once
// What Amazon charges in one marketplace, as dated rows. data/ratecards/<marketplace>.toml; docs/facts.md says how.
// A fee without a row is unknown, never zero. A figure on which sources differ has its other beside it (`other`): it
// stays out of the money, and both are shown.

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "market/fulfilment_card.h"
#include "market/sourced.h"

namespace destock::market {

// Monthly storage by size class, or category, and month.
struct StorageRate : Sourced {
  std::string size_class;               // "standard", "oversize", or "any"
  std::vector<std::string> categories;  // whose products pay it; empty: all others
  std::array<Money, 12> per_volume_by_month;
  std::optional<double> volumes_per_cuft;  // the row's own unit of volume; nothing: the marketplace's
  std::optional<int> days;                 // the rate is for so many days; nothing: for a calendar month
  bool tax_in = false;
  bool own = false;                       // fitted to what the seller was charged
  bool surcharge_in = false;              // with whatever came on top: the report does not split it
  std::vector<unsigned> unseen_months{};  // whose rate nobody has seen: that of the others stands there
};

// Aged inventory surcharge: assessed monthly on a day, on the whole age of a unit.
struct AgedBand {
  int from_day;
  std::optional<int> to_day;  // inclusive; nothing: open
  Money per_volume;
  std::optional<Money> per_volume_or;     // another source's: what is charged is not known
  std::optional<Money> per_unit_minimum;  // the greater of the two is charged
  std::vector<std::string> excluded_categories;
  bool at_least = false;  // no rate of these ages was seen: a younger band's stands here
};

struct AgedSurcharge : Sourced {
  unsigned assessed_on = 15;  // day of the month
  std::vector<AgedBand> bands;
  int first_day() const { return bands.front().from_day; }
};

// Referral of a category: a rate of the whole price up to each step; above the last, each part of the price at its own.
struct ReferralCategory {
  std::vector<std::string> names;   // words of a category's name, lower case
  std::vector<std::string> except;  // words that make it another category: of computers, "accessories"
  struct Step {
    std::optional<Money> to;  // inclusive; nothing: open
    double rate;
  };
  std::vector<Step> whole, parts;
  std::optional<Money> minimum;          // in place of the card's
  std::optional<Money> minimum_or;       // another source's
  std::optional<Money> closing_fee;      // a unit, beside the referral fee
  std::optional<Money> closing_fee_or;   // another source's
  bool closing_unknown = false;          // there is one, and no source for it
  std::vector<Step> whole_or, parts_or;  // another source's; empty: none
  Text note;
};

// What a unit sold pays beside the referral fee because of its category: books, music, games.
struct ClosingFee {
  std::optional<Money> fee;    // nothing: none is due, or it is not known
  std::optional<Money> other;  // another source's, where that differs: neither is counted
  bool unknown = false;
};

// The least referral fee of a size tier; nothing: there is one, and no source for it.
struct TierMinimum {
  std::string tier;
  std::optional<Money> least;
};

// A fee, and what another source makes of it where that differs.
struct Priced {
  Money fee;
  std::optional<Money> other;
  bool disputed() const { return other && *other != fee; }
};

struct ReferralRate : Sourced {
  double default_rate;
  std::optional<Money> minimum;
  std::optional<ReferralCategory::Step> low_price;  // whatever the category, up to this price
  double tax_on_top = 0;                            // tax that comes on top of the fee
  std::vector<TierMinimum> tier_minimums;
  std::vector<ReferralCategory> categories;

  // The category whose name is in this one, the longest name first; nullptr: the default rate.
  const ReferralCategory* category(std::string_view name) const;
  const TierMinimum* minimum_of(std::string_view tier) const;
  // Without the closing fee.
  Priced priced(const Money& price, std::string_view category_name, std::string_view tier = {}) const;
  Money fee(const Money& price, std::string_view category_name) const { return priced(price, category_name).fee; }
  ClosingFee closing(std::string_view category_name) const;
};

// A fee per unit that grows with weight.
struct WeightBand {
  double to_lb;  // inclusive
  Money fee;
  std::optional<Money> other;
};
struct WeightTable {
  std::vector<WeightBand> bands;
  struct Above {
    double from_lb, step_lb;
    Money base, per_step;  // for each step begun above from_lb
    std::optional<Money> base_or, per_step_or;
  };
  std::optional<Above> above;

  // Nothing where the bands end and no rate above is known.
  std::optional<Priced> priced(double weight_lb) const;
  // What may be reckoned with: nothing where sources differ.
  std::optional<Money> fee(double weight_lb) const;
};
struct RemovalFee : Sourced {
  std::string size_class;
  std::vector<std::string> also_categories;  // that pay this class whatever their size; lower case
  WeightTable table;
};

// Amazon's bulk liquidation: gross recovery is a share of the average selling price.
struct LiquidationTerms : Sourced {
  std::string size_class;
  double gross_share_low;
  double gross_share_high;
  double referral_on_gross;
  WeightTable processing;  // per unit by weight; empty: unknown
  int payout_delay_days;
};

// What is known not to be known, or not for sure: for people.
struct FeeRemark {
  std::string fee;  // "returns_processing"
  Text say;
  std::string source;
  bool unknown = false;          // its money is left out of every total
  std::string per;               // "returned_unit", "received_unit", else "unit": of stock held, a month
  std::optional<Money> at_most;  // for each of them
};

struct RateCard {
  std::string marketplace;
  bool metric = false;
  double tax_in_fulfilment = 0;  // tax that the fulfilment fees contain, as a rate on them without it
  std::vector<StorageRate> storage;
  std::vector<AgedSurcharge> aged;
  std::vector<ReferralRate> referral;
  std::vector<RemovalFee> removal;
  std::vector<LiquidationTerms> liquidation;
  std::vector<SizeTiers> size_tiers;
  std::vector<FulfilmentTable> fulfilment;  // one row a group, programme and time
  std::vector<FulfilmentSurcharge> surcharges;
  std::vector<SellingSurcharge> selling_surcharges;
  std::vector<ProgrammeName> programmes;
  std::vector<ProgrammeFee> programme_fees;
  std::vector<OvermaxFee> overmax;
  std::vector<PeakSeason> peaks;
  std::vector<LowInventoryFee> low_inventory;
  std::vector<UtilisationSurcharge> utilisation;
  std::vector<FeeRemark> remarks;

  // The fulfilment group that a category's name puts a product in; "standard" where none has it.
  std::string_view group_of(std::string_view category) const;
  const ProgrammeName* programme(std::string_view id) const;
};

// Days after `first`, up to `last`, from which a unit may cost another fulfilment fee than the day before; ascending.
std::vector<Date> days_of_change(const RateCard& card, Date first, Date last);

// The row in force on a day, or nullptr.
template <typename Row>
const Row* in_force(const std::vector<Row>& rows, Date day) {
  for (const Row& row : rows)
    if (row.in_force_on(day)) return &row;
  return nullptr;
}
// A category's own rate before its size class's.
const StorageRate* storage_in_force(const RateCard& card, std::string_view size_class, Date day,
                                    std::string_view category = {});
const RemovalFee* removal_in_force(const RateCard& card, std::string_view size_class, Date day);
const LiquidationTerms* liquidation_in_force(const RateCard& card, std::string_view size_class, Date day);

}  // namespace destock::market
