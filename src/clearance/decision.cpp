#include "clearance/decision.h"

#include <cmath>
#include <numeric>

namespace destock::clearance {
namespace {

constexpr double kWeekDays = 7;

}  // namespace

Slot Programme::slot(int week) const {
  if (static_cast<size_t>(week) < slots.size()) return slots[static_cast<size_t>(week)];
  return {true, fixed_fee, min_discount};
}

int Decision::total_units() const {
  return std::accumulate(inbound.begin(), inbound.end(), on_hand);
}

void Decision::keep_free(Date first_day, Date from, Date to) {
  no_change.resize(static_cast<size_t>(weeks), false);
  for (int week = 0; week < weeks; ++week) {
    const Date begin = first_day + Days(7 * week);
    if (from <= begin + Days(6) && to >= begin) no_change[static_cast<size_t>(week)] = true;
  }
}

double Decision::holding(int week, double units) const {
  double cost = 0;
  for (const Cohort& cohort : cohorts) {
    if (units <= 0) break;
    if (cohort.arrives > week) continue;
    const double here = std::min(units, static_cast<double>(cohort.units));
    cost += here * cohort.rate[std::min(static_cast<size_t>(week), cohort.rate.size() - 1)];
    units -= here;
  }
  return cost;
}

void Decision::believe_elasticity(double mean, double sd) {
  elasticity = {mean};
  weight = {1};
  if (sd <= 0 || mean >= 0) return;
  const double log_variance = std::log(1 + sd * sd / (mean * mean));
  const double median = -mean / std::exp(log_variance / 2);
  elasticity.clear();
  for (double z : {-std::sqrt(3.0), 0.0, std::sqrt(3.0)})
    elasticity.push_back(-median * std::exp(std::sqrt(log_variance) * z));
  weight = {1.0 / 6, 4.0 / 6, 1.0 / 6};
}

double Decision::exit_pays(const BulkExit& exit, int week) {
  return exit.by_week.empty() ? exit.per_unit
                              : exit.by_week[std::min(static_cast<size_t>(week), exit.by_week.size() - 1)];
}

double Decision::exit_worth(const BulkExit& exit, int week) const {
  return exit_pays(exit, week) * std::pow(discount_a_week, exit.delay_weeks);
}

const BulkExit* Decision::best_exit(int week) const {
  const BulkExit* best = nullptr;
  for (const BulkExit& exit : exits)
    if (!best || exit_worth(exit, week) > exit_worth(*best, week)) best = &exit;
  return best;
}

std::optional<double> Decision::exit_value(int week) const {
  const BulkExit* best = best_exit(week);
  if (!best) return std::nullopt;
  return exit_worth(*best, week);
}

Effect effect_of(const Decision& decision, int programme, size_t level) {
  const Programme* runs = programme < 0 ? nullptr : &decision.programmes[static_cast<size_t>(programme)];
  const double share = runs && runs->days > 0 ? runs->days / kWeekDays : 1;
  const double other = 1 - share;  // days at the current price
  const double uplift = runs ? runs->uplift : 1;
  const double uplift_square = runs ? uplift * uplift + runs->uplift_sd * runs->uplift_sd : 1;
  const double ratio = std::log(std::max(decision.ladder[level] / decision.price, 1 - decision.deepest_believed));
  Effect effect{0, 0, 0};
  for (size_t i = 0; i < decision.elasticity.size(); ++i) {
    const double factor = std::exp(decision.elasticity[i] * ratio);
    effect.mean += decision.weight[i] * (other + share * uplift * factor);
    effect.square += decision.weight[i] * (other * other + 2 * other * share * uplift * factor +
                                           share * share * uplift_square * factor * factor);
  }
  const double asked = decision.net(level) - (runs ? runs->share_fee * decision.ladder[level] : 0);
  const double at_current = effect.mean > 0 ? other / effect.mean : 0;  // share of the units, sold on other days
  effect.net = at_current * decision.net(0) + (1 - at_current) * asked;
  return effect;
}

Offer offer_of(const Decision& decision, const Effect& effect, int week, int programme) {
  const Programme* runs = programme < 0 ? nullptr : &decision.programmes[static_cast<size_t>(programme)];
  const int weeks = runs ? runs->weeks : 1;
  double base = 0;
  double base_squares = 0;
  for (int w = 0; w < weeks; ++w) {
    base += decision.base_in(week + w);
    base_squares += decision.base_in(week + w) * decision.base_in(week + w);
  }
  // Within what is believed: Poisson and dispersion, week by week; between: how far its means lie apart.
  const double between = base * base * std::max(0.0, effect.square - effect.mean * effect.mean);
  const double mean = base * effect.mean;
  return {mean, mean + decision.dispersion * base_squares * effect.square + between,
          runs ? runs->slot(week).fixed_fee : 0};
}

bool open_at(const Decision& decision, int week, size_t programme, size_t level) {
  const Programme& runs = decision.programmes[programme];
  if (week < runs.weeks_until_eligible || week + runs.weeks > decision.weeks) return false;
  for (int w = week; w < week + runs.weeks; ++w)
    if (!decision.changes_in(w)) return false;
  const Slot slot = runs.slot(week);
  const double discount = 1 - decision.ladder[level] / decision.price;
  return slot.open && discount >= std::max(slot.min_discount, runs.min_discount) - kDiscountSlack &&
         discount <= runs.max_discount + kDiscountSlack;
}

}  // namespace destock::clearance
