#include "clearance/standing.h"

#include <cmath>

namespace destock::clearance {
Standing Standing::at_start(const Decision& decision) {
  Standing start{decision.cooling, decision.past, 0};
  start.cooling.resize(decision.programmes.size(), 0);
  return start;
}

void Standing::pass(const Decision& decision, const Choice& choice, double units) {
  const Programme* runs = choice.programme < 0 ? nullptr : &decision.programmes[static_cast<size_t>(choice.programme)];
  const int weeks = runs ? runs->weeks : 1;
  for (size_t i = 0; i < cooling.size(); ++i)
    cooling[i] = static_cast<int>(i) == choice.programme ? runs->cooldown_weeks : std::max(0, cooling[i] - weeks);
  if (!runs) lowest_level = std::max(lowest_level, choice.level);
  if (decision.floor_weeks == 0 && decision.was_weeks == 0) return;
  const double asked = decision.ladder[static_cast<size_t>(choice.level)];
  const bool mostly = !runs || runs->days == 0 || runs->days > 3;
  past.insert(past.begin(), static_cast<size_t>(weeks),
              PaidWeek{asked, mostly ? asked : decision.price, units / weeks});
  past.resize(std::min(past.size(), static_cast<size_t>(std::max(decision.floor_weeks, decision.was_weeks))));
}

std::optional<double> floor_price(const Decision& decision, const Standing& standing) {
  std::optional<double> lowest;
  for (size_t w = 0; w < standing.past.size() && w < static_cast<size_t>(decision.floor_weeks); ++w)
    if (standing.past[w].lowest > 0)
      lowest = lowest ? std::min(*lowest, standing.past[w].lowest) : standing.past[w].lowest;
  return lowest;
}

std::optional<double> was_price(const Decision& decision, const Standing& standing) {
  std::vector<std::pair<double, double>> paid;  // price, units
  double units = 0;
  for (size_t w = 0; w < standing.past.size() && w < static_cast<size_t>(decision.was_weeks); ++w) {
    if (standing.past[w].units <= 0) continue;
    paid.emplace_back(standing.past[w].price, standing.past[w].units);
    units += standing.past[w].units;
  }
  std::sort(paid.begin(), paid.end());
  double below = 0;
  for (const auto& [price, sold] : paid) {
    below += sold;
    if (below >= units / 2) return price;
  }
  return std::nullopt;
}

bool allowed(const Decision& decision, const Standing& standing, int week, int programme, size_t level) {
  if (programme < 0) {
    const int own = static_cast<int>(level);
    if (!decision.changes_in(week)) return own == (decision.monotone ? standing.lowest_level : 0);
    return !decision.monotone || own >= standing.lowest_level;
  }
  const auto i = static_cast<size_t>(programme);
  const Programme& runs = decision.programmes[i];
  if (standing.cooling[i] > 0 || !open_at(decision, week, i, level)) return false;
  if (!runs.remembers) return true;
  const double price = decision.ladder[level];
  if (const auto floor = floor_price(decision, standing); floor && price > *floor + kPriceSlack) return false;
  const double least = std::max(runs.slot(week).min_discount, runs.min_discount);
  const auto was = was_price(decision, standing);
  return !was || price <= *was * (1 - least) + kPriceSlack;
}

}  // namespace destock::clearance
