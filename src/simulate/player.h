#pragma once
// The policies that are compared, playing a market they do not know: each sees its stock and its own sales, and the
// same beliefs.

#include <array>
#include <string_view>

#include "base/text.h"
#include "clearance/planner.h"
#include "simulate/world.h"

namespace destock::simulate {

enum class Policy {
  kHold,        // the current price
  kPlaybook,    // Decision::playbook's rules
  kLiquidate,   // everything leaves at once
  kBestPrice,   // the one price that is best to keep, by what is believed
  kTargetDate,  // a daily step of price towards velocity = units ÷ days left
  kAgeStep,     // a step down every two weeks that sold less than is needed to be out in time
  kOptimal,     // the planner, asked every week, planning again with what the weeks have taught
};
inline constexpr std::array kPolicies = {Policy::kHold,       Policy::kPlaybook, Policy::kLiquidate, Policy::kBestPrice,
                                         Policy::kTargetDate, Policy::kAgeStep,  Policy::kOptimal};
std::string_view policy_id(Policy policy);
Text policy_name(Policy policy);

// What the policies need worked out of a SKU once: the plans, the best single price.
class Players {
public:
  explicit Players(const clearance::Decision& decision);

  // Net recovery of one run, today's value: sales − fees − holding, exits, and what is left at the end as the decision
  // values it.
  double play(Policy policy, const Market& market);
  // The same at prices given by day.
  double follow(const std::vector<size_t>& level_by_day, const Market& market);
  // Units left at the end of the last run.
  int left() const { return left_; }

private:
  struct Run;
  clearance::Choice choice_of_week(Policy policy, Run& run);
  clearance::Choice planned_choice(Run& run);
  size_t level_of_day(Policy policy, const Run& run);
  double run_out(Policy policy, const Market& market, const std::vector<size_t>* given);
  void sell_day(Policy policy, const Market& market, Run& run);
  void begin_week(Policy policy, Run& run);

  const clearance::Decision& d_;
  clearance::Planner optimal_, playbook_, again_;
  int best_level_ = 0;
  int left_ = 0;
  std::vector<double> power_;  // β by week
};

}  // namespace destock::simulate
