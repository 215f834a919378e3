#pragma once
// Why the planner does what it does first: in sentences, from the differences of value, the ages and the months ahead;
// and what would change its mind.

#include "account/plan_record.h"
#include "clearance/planner.h"
#include "clearance/sku_decision.h"

namespace destock::clearance {

inline constexpr double kAUnit = 0.5;  // less is no unit of an exit

// "sell" at the current price, "markdown" below it, else the programme's channel.
std::string channel_of(const Decision& decision, const Choice& choice);

// The elasticity at which the first choice turns between keeping the price and cutting it; nothing where none does
// between −0.3 and −8. Uses the planner: what it solved before is lost.
std::optional<double> turning_point(const Decision& decision, const Choice& first, Planner& planner);

// Whether the price would be cut at once, were this what money tied up costs a year; for no less than a gain over
// holding. Uses the planner too.
bool cuts_at_cost(const Decision& decision, double per_year, double least_gain, Planner& planner);

// The value of the best plan on a coarse grid, by fewer ways of the level, the prices of the past forgotten: to set one
// problem against a like one. Uses the planner too.
double rough_value(const Decision& decision, Planner& planner);

// What of a plan's first choice depends on what cannot be known from the data.
struct Turns {
  bool dear_capital = false;  // the price is kept, and would be cut where money is dear
};

// One to three sentences. `line` has its dates, values and turning point.
Text optimal_why(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& best,
                 double hold, const account::PlanLine& line, Turns turns);

// What the best plan gains over doing nothing; `at_most`: no plan gains more, by the bound.
struct SmallGain {
  double amount = 0;
  bool at_most = false;
};
// Why a line is left alone: what a plan would gain, and what would make it worth while.
Text left_alone_why(const SkuCase& sku, const market::Facts& facts, const SkuDecision& problem, const Optimum& held,
                    SmallGain gain, const account::PlanLine& line, Turns turns);

}  // namespace destock::clearance
