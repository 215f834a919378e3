#pragma once
// One listing's clearance problem: everything that a policy needs to know, resolved once. Money in the marketplace's
// currency as double: the planner computes, the record rounds.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "economics/exit_value.h"
#include "economics/holding.h"
#include "economics/sale_terms.h"
#include "market/facts.h"

namespace destock::clearance {

// What the diagnosis found: handed over by the use case, so that this room does not diagnose again.
struct Need {
  size_t listing = 0;
  std::string band;
  double ratio = 0;          // stock ÷ month; 0 where there is none
  double month_units = 0;    // of the last month
  double units_per_day = 0;  // weighted velocity
  double charged = 0;        // units that pay the aged surcharge
  bool ages_known = false;
  std::optional<int> oldest_at_least;  // days
  bool dead = false;                   // all of it should go
  // Goods of a season: the event, its last day, units above what sells until then.
  struct Season {
    Text name;
    Date last_day;
    double left = 0;
    bool guessed = false;
  };
  std::optional<Season> season{};
};

struct SkuCase {
  Need need;
  std::string marketplace;
  Currency currency;
  Date first_day;
  int horizon_days = 182;
  double units_per_day = 0;  // at the regular price; for dead stock the last year's average
  double kept_units = 0;     // what the playbook would hold: three months of sales
  double on_hand = 0;        // in the centres, counted
  double available = 0;      // sellable now
  double inbound = 0;        // on its way, counted; arrives on inbound_day
  int inbound_day = 14;
  std::vector<account::AgeBand> ages;
  std::optional<Money> price;
  economics::SaleTerms sale;
  std::vector<economics::FeeChange> fee_changes;  // of the fulfilment fee, within the horizon
  economics::HoldingTerms holding;
  std::vector<economics::ExitValue> exits;     // best first; those with an unknown fee are none
  std::optional<std::array<Money, 3>> ladder;  // the three stage prices, where cost and fulfilment are known
  market::PriceEnding ending = market::PriceEnding::kTenthNine;
  std::string amazon_action;  // the planning report's recommended action
  int days_ahead = 0;         // from the account's day to first_day, sales of which are taken off the stock
  std::vector<Text> assumptions;

  // Units that should go out of `units` left: above three months of sales; all of dead stock.
  double excess(double units) const;
};

// A snapshot older than this is taken as it stands: nobody can say what has been sold since.
inline constexpr int kMostDaysAhead = 28;

// `first_day`: of the plan, on or after the account's day. Fees are those in force then.
SkuCase sku_case(const account::Account& account, const Need& need, const market::Facts& facts, int horizon_weeks,
                 Date first_day);
inline SkuCase sku_case(const account::Account& account, const Need& need, const market::Facts& facts,
                        int horizon_weeks) {
  return sku_case(account, need, facts, horizon_weeks, account.as_of);
}

}  // namespace destock::clearance
