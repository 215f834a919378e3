#pragma once
// A listing as a decision problem: prices with their endings, what a sale brings at each, the forecast, holding by day
// (storage by calendar month, the aged surcharge on the 15th), exits with what they cost while they wait, Amazon's
// programmes with fees, cooldowns, deadlines and the memory of prices.

#include "clearance/decision.h"
#include "clearance/sku_case.h"
#include "demand/account_forecast.h"

namespace destock::clearance {

// What is believed of a listing's demand.
struct Outlook {
  std::vector<double> weekly;     // mean units at the current price, by week
  double dispersion = 0;          // variance = mean + dispersion · mean²
  std::vector<LevelPath> levels;  // as Decision::levels, by week of the plan
  double elasticity = -2, elasticity_sd = 0;
  Text elasticity_basis;
  std::vector<PaidWeek> past;  // the last week first
  bool from_forecast = false;  // else the weighted velocity
};
Outlook outlook_of(const account::Account& account, const demand::AccountForecast& forecast, const SkuCase& sku,
                   const market::Facts& facts);

// What the seller asks of a plan.
struct PlanWishes {
  std::optional<double> floor_share;             // of the current price; no price below
  std::optional<Money> floor_price;              // in its own currency: binds where the listing's is the same
  std::vector<std::pair<Date, Date>> no_change;  // days on which nothing changes, both inclusive
  bool monotone = false;                         // a price once cut does not rise again
  std::vector<std::string> without;              // channels that are not wanted
  std::optional<Date> out_by;                    // nothing is to be left from this day on: what is, leaves in bulk
  std::optional<double> elasticity;              // in place of what is believed; negative
  bool assume_offers = false;                    // what Amazon must offer is planned as if it did
  std::optional<double> min_gain{};              // the listing's currency: below it nothing is done
  // The listing's currency: of somebody's minutes for a change, by how it is carried out.
  struct Minutes {
    double row = 0, clicks = 0, message = 0;
    double of(market::CarriedBy by) const;
  };
  Minutes minutes{};
};

struct SkuDecision {
  Decision decision;
  // For a person, by programme: what the data cannot tell; and by week what must be done by when.
  std::vector<std::vector<Text>> checks;
  std::vector<std::vector<std::pair<int, Text>>> deadlines;
  std::vector<Text> left_out;    // channels that were not considered, and why
  bool offers_left_out = false;  // one of them only because nobody says that Amazon offers it
};
SkuDecision sku_decision(const SkuCase& sku, const Outlook& outlook, const market::Facts& facts,
                         const PlanWishes& wishes);

}  // namespace destock::clearance
