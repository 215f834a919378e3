#pragma once
// What people know of a SKU's demand: spikes left out or coming again, units expected. Kept in the log of decisions;
// what of it holds now is computed from there.

#include "app/context.h"
#include "app/json.h"
#include "store/store.h"

namespace destock::app {

// Puts what holds now into the account.
Result<void> take_demand_edits(store::Store& store, int64_t id, account::Account& account);

struct DemandDecision {
  std::string sku, marketplace;  // in several marketplaces: all of them, or the one named
  account::DeskEventKind kind = account::DeskEventKind::kForecastSet;
  Date from, to;
  std::optional<double> units_a_week{}, times{};  // of kForecastSet: one of them
  std::string why;
};
// kNotFound where the account has no such listing; kBadUsage where days or figures make no sense.
Result<std::vector<account::LineKey>> decide_demand(store::Store& store, int64_t account, const Context& context,
                                                    const DemandDecision& decision, const std::string& person);

// Whether a plan was made of the account as it is: of the same day, and nothing was decided of demand since.
bool is_current(const account::PlanRecord& plan, const account::Account& account);

Json demand_edits_json(const account::Account& account, size_t listing, Lang lang);
// "2026-12-07 – 2026-12-31: 40 units a week".
Text demand_edit_text(const account::DeskEvent& event);
Text demand_edit_text(const account::DemandEdit& edit);

}  // namespace destock::app
