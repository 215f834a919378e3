#include "clearance/decision.h"

#include <cmath>
#include <numeric>

namespace destock::clearance {

int Decision::total_units() const {
  return std::accumulate(inbound.begin(), inbound.end(), on_hand);
}

const BulkExit* Decision::best_exit() const {
  const BulkExit* best = nullptr;
  for (const BulkExit& exit : exits)
    if (!best || exit.per_unit * std::pow(discount_a_week, exit.delay_weeks) >
                     best->per_unit * std::pow(discount_a_week, best->delay_weeks))
      best = &exit;
  return best;
}

std::optional<double> Decision::exit_value() const {
  const BulkExit* best = best_exit();
  if (!best) return std::nullopt;
  return best->per_unit * std::pow(discount_a_week, best->delay_weeks);
}

Demand demand_at(const Decision& decision, int week, int weeks, double price, double uplift) {
  double base = 0;
  double base_squares = 0;
  for (int w = 0; w < weeks; ++w) {
    base += decision.base_in(week + w);
    base_squares += decision.base_in(week + w) * decision.base_in(week + w);
  }
  const double ratio = std::log(price / decision.price);
  double mean = 0;
  double square = 0;
  for (size_t i = 0; i < decision.elasticity.size(); ++i) {
    const double factor = uplift * std::exp(decision.elasticity[i] * ratio);
    mean += decision.weight[i] * factor;
    square += decision.weight[i] * factor * factor;
  }
  // Within an elasticity: Poisson and dispersion, week by week; between them: how far their means lie apart.
  const double within = base * mean + decision.dispersion * base_squares * square;
  const double between = base * base * std::max(0.0, square - mean * mean);
  return {base * mean, within + between};
}

}  // namespace destock::clearance
