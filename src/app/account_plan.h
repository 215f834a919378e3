#pragma once
// The account's plan: made with what people decided of its SKUs, the same way whoever asks for it; and trials, which
// are kept to be looked at and stand in nobody's way.

#include <memory>

#include "app/json.h"
#include "app/plan.h"

namespace destock::app {

struct AccountPlanRequest {
  clearance::Policy policy = clearance::Policy::kOptimal;
  std::optional<int> horizon_weeks;  // nothing: the playbook's
  // Of the whole account, as of app/wishes.h; nothing: those of the plan before stay.
  std::optional<Json> wishes;
};

struct AccountPlan {
  account::PlanRecord plan;  // with its id
  std::vector<Text> notes;   // wishes that no longer fit and were left aside; what was learned of channels
  std::shared_ptr<const market::Facts> facts{};  // with which it was made
};

// Decisions are read before the lines are made and again after, so that what is decided meanwhile counts: a line that
// was left out is not in the plan, one that was locked stays as it was, as long as the plan is of the same days.
// Another policy than the optimal one makes a trial. kNotFound never; `progress` as of make_plan. Stopped
// (options.stop): a plan without id, which was not stored.
Result<AccountPlan> make_account_plan(store::Store& store, int64_t account, const AccountState& state,
                                      const AccountPlanRequest& request, const Context& context,
                                      const std::atomic<bool>* stop,
                                      const std::function<void(size_t, size_t)>& progress);

// The same without storing anything: for who only reads.
Result<AccountPlan> account_plan_in_memory(store::Store& store, int64_t account, const AccountState& state,
                                           const AccountPlanRequest& request, const Context& context,
                                           const std::atomic<bool>* stop,
                                           const std::function<void(size_t, size_t)>& progress);

// The actions of a plan, with the identity of those that go on; plan and facts must outlast it.
store::Store::RenewActions renewal_of(const account::PlanRecord& plan, const market::Facts& facts);

}  // namespace destock::app
