#pragma once
// What is scarce across an account's SKUs: as asked on the command line, and what each limit came to.

#include "account/plan_record.h"
#include "app/json.h"
#include "cli/session.h"

namespace destock::cli {

struct LimitFlags {
  std::vector<std::string> cash_by, storage_limit;
  std::string ad_budget, loss_limit;
  int deal_slots = -1, actions = -1, clicks = -1;  // below 0: not asked for
};

// As a plan's wishes hold them (app/limits.h); null where nothing is asked.
Result<app::Json> limits_asked(const LimitFlags& flags);

// Nothing where the plan had no limits.
void print_limits(const Session& session, const account::PlanRecord& plan);

}  // namespace destock::cli
