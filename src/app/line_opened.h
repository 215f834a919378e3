#pragma once
// A plan's line opened for who wants to check it: what a step's units are made of, and which channels were not chosen
// and why not.

#include "app/json.h"
#include "app/plan.h"

namespace destock::app {

// expected units = base × price × placement × rest.
struct StepFactors {
  double base = 0;       // units forecast of these days at today's price, without the step
  double price = 1;      // what its price makes of them
  double placement = 1;  // what the channel adds beside its price
  double rest = 1;       // stock that runs out, and what was learned here since
  Text placement_says;   // where the placement is from; empty: it has none
  bool guess = false;    // of the house's own, from no source
};

struct NotChosen {
  std::string channel;
  Text name, why;
};

class LineOpened {
public:
  LineOpened(const AccountState& state, const demand::AccountForecast& forecast, size_t listing,
             const account::PlanRecord& plan, const Context& context);

  // Of an action of the plan's line; nothing of exits and of what has no figure.
  std::optional<StepFactors> factors(const account::PlanAction& action) const;
  // Channels that could run and do not, with what they would add without their fee; and those that may not.
  std::vector<NotChosen> not_chosen(const account::PlanLine& line, clearance::Planner& planner) const;

private:
  std::optional<size_t> programme_of(const std::string& channel) const;
  Text why_not(size_t programme, double value, clearance::Planner& planner) const;

  const market::Facts& facts_;
  Currency currency_;
  clearance::SkuDecision problem_;
};

// The line's JSON with each step's factors.
void add_factors(const LineOpened& opened, const account::PlanLine& line, Lang lang, Json& json);
Json not_chosen_json(const std::vector<NotChosen>& channels, Lang lang);

}  // namespace destock::app
