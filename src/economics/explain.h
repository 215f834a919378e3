#pragma once
// The economics of a listing, opened into its parts: a sale at the current price, holding to a date, every exit, landed
// cost, break-even, profit now and later. Each part names where it comes from.

#include <optional>
#include <string>
#include <vector>

#include "economics/exit_value.h"
#include "economics/holding_path.h"
#include "economics/sale_terms.h"

namespace destock::economics {

struct ExplainedPart {
  std::string id;
  Text name;
  std::optional<Money> amount;  // nothing: unknown
  Text source;
};

struct Explanation {
  Currency currency;
  Date from, until;
  std::vector<ExplainedPart> sale{};  // the price, then what is taken off it
  std::optional<Money> net_of_sale{};
  std::optional<Money> landed_cost{}, break_even_price{};
  std::optional<Money> profit_now{};   // of a unit sold today
  std::optional<Money> profit_held{};  // of a unit sold on `until`, its holding taken off
  double units = 0;
  std::vector<HoldingMonth> holding{};
  struct Cohort {
    account::AgeBand ages;
    std::vector<HoldingMonth> months;
  };
  std::vector<Cohort> cohorts{};         // the same, cohort by cohort; the report's own units
  std::optional<Money> holding_total{};  // of all units
  Bound holding_bound = Bound::kExact;   // what of it was never seen charged makes it at least, or at most, that
  Text storage_source{};                 // whose rate the storage is by
  bool storage_own = false;              // fitted to the seller's own charges
  std::vector<Text> holding_unknown{};   // what of it is in no figure, or is not the fee itself
  std::vector<ExitValue> exits{};
};

Explanation explain(const account::Account& account, size_t listing, const market::Facts& facts, Date until);

}  // namespace destock::economics
