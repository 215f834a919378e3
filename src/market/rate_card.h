#pragma once
// What Amazon charges in one marketplace, as dated rows. data/ratecards/<marketplace>.toml
// A fee without a row is unknown, never zero.

#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "market/fulfilment_card.h"
#include "market/sourced.h"

namespace destock::market {

// Monthly storage per cubic foot (or m³, see Marketplace), by size class and month.
struct StorageRate : Sourced {
  std::string size_class;  // "standard" or "oversize"
  std::array<Money, 12> per_volume_by_month;
};

// Aged inventory surcharge: assessed monthly on the 15th, on the whole age of a unit.
struct AgedBand {
  int from_day;
  std::optional<int> to_day;  // inclusive; nothing: open
  Money per_volume;
  std::optional<Money> per_unit_minimum;  // the greater of the two is charged
  std::vector<std::string> excluded_categories;
};
inline constexpr unsigned kAssessedOn = 15;  // day of the month; on every card so far

struct AgedSurcharge : Sourced {
  std::vector<AgedBand> bands;
};

// Referral of a category: rates by steps of the price; the last step is open.
struct ReferralCategory {
  std::vector<std::string> names;  // words of a category's name, lower case
  bool by_part = false;            // each step's rate on its part of the price; else the step's rate on all of it
  struct Step {
    std::optional<Money> to;  // inclusive
    double rate;
  };
  std::vector<Step> steps;
};
struct ReferralRate : Sourced {
  double default_rate;
  std::optional<Money> minimum;
  std::vector<ReferralCategory> categories;

  // The category whose name is in this one; nullptr: the default rate.
  const ReferralCategory* category(std::string_view name) const;
  Money fee(const Money& price, std::string_view category_name) const;
};

// A fee per unit that grows with shipping weight.
struct WeightBand {
  double to_lb;  // inclusive
  Money fee;
};
struct RemovalFee : Sourced {
  std::string size_class;
  std::vector<std::string> also_categories;  // that pay this class whatever their size; lower case
  std::vector<WeightBand> bands;
  std::optional<Money> per_lb_above;  // above the last band
  std::optional<Money> above_base;    // what the steps above the last band are added to; nothing: the last band's fee
};

// Amazon's bulk liquidation: gross recovery is a share of the average selling price.
struct LiquidationTerms : Sourced {
  std::string size_class;
  double gross_share_low;
  double gross_share_high;
  double referral_on_gross;
  std::vector<WeightBand> processing;  // per unit by weight; empty: unknown
  std::optional<Money> processing_per_lb_above;
  std::optional<Money> processing_above_base;
  int payout_delay_days;
};

struct RateCard {
  std::string marketplace;
  std::vector<StorageRate> storage;
  std::vector<AgedSurcharge> aged;
  std::vector<ReferralRate> referral;
  std::vector<RemovalFee> removal;
  std::vector<LiquidationTerms> liquidation;
  std::vector<SizeTiers> size_tiers;
  std::vector<FulfilmentTable> fulfilment;  // one row a group and time
  std::vector<FulfilmentSurcharge> surcharges;
  std::vector<OvermaxFee> overmax;
  std::vector<PeakSeason> peaks;
  std::vector<LowInventoryFee> low_inventory;
  std::vector<UtilisationSurcharge> utilisation;
};

// The row in force on a day, or nullptr.
template <typename Row>
const Row* in_force(const std::vector<Row>& rows, Date day) {
  for (const Row& row : rows)
    if (row.in_force_on(day)) return &row;
  return nullptr;
}
const StorageRate* storage_in_force(const RateCard& card, std::string_view size_class, Date day);
const RemovalFee* removal_in_force(const RateCard& card, std::string_view size_class, Date day);
const LiquidationTerms* liquidation_in_force(const RateCard& card, std::string_view size_class, Date day);

// The fee of a weight, or nothing where the bands end and no rate above is known.
std::optional<Money> fee_of_weight(const std::vector<WeightBand>& bands, const std::optional<Money>& per_lb_above,
                                   double weight_lb, const std::optional<Money>& above_base = {});

}  // namespace destock::market
