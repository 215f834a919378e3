#pragma once
// Actions of a new plan, with the identity of those that mean the same. Pure.

#include <functional>
#include <span>
#include <vector>

#include "account/action_record.h"

namespace destock::desk {

// The next number of an ISO week, from 1; each is given out once.
using NextNumber = std::function<int64_t(const std::string& week)>;

// Every action of the plan that has a figure of money, one record each. A record of `before` is taken over, with its id
// and the day it began, where marketplace, SKU, channel and price are the same and its days meet or touch the action's;
// an exit besides only with the same units, and within a week of its day. A record is taken over once. What is left of
// `before` is given back with in_plan = false; what a person put in stays as it is until its days are over.
std::vector<account::ActionRecord> renewed(std::span<const account::ActionRecord> before,
                                           const account::PlanRecord& plan, const NextNumber& next);

}  // namespace destock::desk
