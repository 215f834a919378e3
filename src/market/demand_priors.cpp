#include "market/demand_priors.h"

#include "market/read_demand_priors.h"

namespace destock::market {
namespace {

LogPrior read_prior(const FactTable& row) {
  LogPrior prior{row.number("median"), row.number("log_sd"), row.text("source"), row.confidence()};
  if (prior.median <= 0) row.wrong("median", "must be above 0");
  if (prior.log_sd <= 0) row.wrong("log_sd", "must be above 0");
  return prior;
}

}  // namespace

const LogPrior& DemandPriors::elasticity(std::string_view category) const {
  const LogPrior* general = &elasticities.front().elasticity;  // the loader refuses a file without one
  for (const OfCategory& row : elasticities) {
    if (row.category == category) return row.elasticity;
    if (row.category.empty()) general = &row.elasticity;
  }
  return *general;
}

const LogPrior* DemandPriors::event(std::string_view id) const {
  for (const OfEvent& row : events)
    if (row.event == id) return &row.uplift;
  return nullptr;
}

const SeasonPrior* DemandPriors::season(std::string_view event) const {
  for (const SeasonPrior& row : seasons)
    if (row.event == event) return &row;
  return nullptr;
}

void read_season_priors(const FactTable& root, DemandPriors& priors) {
  for (const FactTable& row : root.tables("season")) {
    SeasonPrior prior{row.text("event"), static_cast<int>(row.whole("lead_weeks")), row.number("after"),
                      row.texts_or_empty("words")};
    if (prior.lead_weeks < 1 || prior.lead_weeks > 26) row.wrong("lead_weeks", "must be 1 to 26");
    if (prior.after < 0 || prior.after > 1) row.wrong("after", "must be a share of 1");
    priors.seasons.push_back(std::move(prior));
  }
  priors.season_not_with = root.table("guess").texts_or_empty("not_with");
}

DemandPriors read_demand_priors(const FactTable& root) {
  DemandPriors priors;
  bool general = false;
  for (const FactTable& row : root.tables("elasticity")) {
    priors.elasticities.push_back({row.text_or("category", ""), read_prior(row)});
    general = general || priors.elasticities.back().category.empty();
  }
  if (!general) root.wrong("elasticity", "needs a row with category = \"\"");
  priors.promotion = read_prior(root.table("uplift"));
  const FactTable launch = root.table("launch");
  priors.launch = {launch.number("weeks"), launch.number("first_week_share"), launch.text("source")};
  if (priors.launch.weeks < 1) launch.wrong("weeks", "must be at least 1");
  if (priors.launch.first_week_share <= 0 || priors.launch.first_week_share > 1)
    launch.wrong("first_week_share", "must be above 0 and at most 1");
  for (const FactTable& row : root.tables("event")) priors.events.push_back({row.text("id"), read_prior(row)});
  return priors;
}

}  // namespace destock::market
