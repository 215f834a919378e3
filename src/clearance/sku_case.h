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
  double aged_181 = 0;       // units
  bool ages_known = false;
  std::optional<int> oldest_at_least;  // days
  bool dead = false;                   // all of it should go
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
  economics::HoldingTerms holding;
  std::vector<economics::ExitValue> exits;     // best first
  std::optional<std::array<Money, 3>> ladder;  // the three stage prices, where cost and fulfilment are known
  market::PriceEnding ending = market::PriceEnding::kTenthNine;
  std::vector<Text> assumptions;

  // Units that should go out of `units` left: above three months of sales; all of dead stock.
  double excess(double units) const;
};

SkuCase sku_case(const account::Account& account, const Need& need, const market::Facts& facts, int horizon_weeks);

}  // namespace destock::clearance
