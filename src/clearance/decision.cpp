#include "clearance/decision.h"

#include <cmath>
#include <numeric>

#include "market/deep_cut.h"

namespace destock::clearance {
Slot Programme::slot(int week) const {
  if (static_cast<size_t>(week) < slots.size()) return slots[static_cast<size_t>(week)];
  return {true, fixed_fee, min_discount};
}

int Decision::total_units() const {
  return std::accumulate(inbound.begin(), inbound.end(), on_hand);
}

double Decision::later(int week, int by) const {
  if (worth_of_cash.empty()) return std::pow(discount_a_week, by);
  const auto worth = [&](int at) {
    const int last = static_cast<int>(worth_of_cash.size()) - 1;
    return worth_of_cash[static_cast<size_t>(std::min(at, last))] *
           (at > last ? std::pow(discount_a_week, at - last) : 1.0);
  };
  return worth(week + by) / worth(week);
}

bool Decision::changes_cost() const {
  return price_change_cost > 0 || exit_change_cost > 0 || !change_more.empty() ||
         std::any_of(programmes.begin(), programmes.end(),
                     [](const Programme& p) { return p.change_cost > 0 || !p.change_more.empty(); });
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
  const double pays = exit_pays(exit, week);
  return pays * later(week, exit.delay_weeks) - by_week(loss_price, week) * lost_at(pays);
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

double Decision::felt(size_t level) const {
  return market::bent(std::log(std::max(ladder[level] / price, 1 - deepest_believed)), bends_from, gain_beyond);
}

Effect effect_of(const Decision& decision, int programme, size_t level) {
  const Programme* runs = programme < 0 ? nullptr : &decision.programmes[static_cast<size_t>(programme)];
  const double share = runs && runs->days > 0 ? runs->days / double{kWeekDays} : 1;
  const double other = 1 - share;  // days at the current price
  const double uplift = runs ? runs->uplift : 1;
  const double uplift_square = runs ? uplift * uplift + runs->uplift_sd * runs->uplift_sd : 1;
  Effect effect{0, 0, 0};
  const auto add = [&](double weight, double regular, double factor) {
    effect.mean += weight * (other * regular + share * uplift * factor);
    effect.square += weight * (other * other * regular * regular + 2 * other * regular * share * uplift * factor +
                               share * share * uplift_square * factor * factor);
  };
  if (decision.factor_at.empty()) {
    const double ratio = decision.felt(level);
    for (size_t i = 0; i < decision.elasticity.size(); ++i)
      add(decision.weight[i], 1, std::exp(decision.elasticity[i] * ratio));
  } else {
    add(1, decision.factor_at.front(), decision.factor_at[level]);
  }
  if (decision.reduced_log_sd > 0 && (runs || level > 0))
    effect.square *= std::exp(decision.reduced_log_sd * decision.reduced_log_sd);
  const double asked = decision.net(level) - (runs ? runs->share_fee * decision.ladder[level] : 0);
  // Share of the units, sold on other days.
  const double regular = decision.factor_at.empty() ? 1 : decision.factor_at.front();
  const double at_current = effect.mean > 0 ? other * regular / effect.mean : 0;
  effect.level = level;
  effect.at_current = at_current;
  effect.net = at_current * decision.net(0) + (1 - at_current) * asked;
  effect.fee = (1 - at_current) * (runs ? runs->share_fee * decision.ladder[level] : 0);
  effect.loss = at_current * decision.lost_at(decision.net(0)) + (1 - at_current) * decision.lost_at(asked);
  return effect;
}

namespace {

// What a unit costs more by the prices of what is scarce.
double priced_in(const Decision& decision, const Effect& effect, int week) {
  return Decision::by_week(decision.loss_price, week) * effect.loss +
         Decision::by_week(decision.fee_price, week) * effect.fee;
}

}  // namespace

Offer offer_of(const Decision& decision, const Effect& effect, int week, int programme) {
  const Programme* runs = programme < 0 ? nullptr : &decision.programmes[static_cast<size_t>(programme)];
  const int weeks = runs ? runs->weeks : 1;
  double base = 0;
  double base_squares = 0;
  double sale_cost = 0;
  for (int w = 0; w < weeks; ++w) {
    base += decision.base_in(week + w);
    base_squares += decision.base_in(week + w) * decision.base_in(week + w);
    sale_cost += (effect.sale_cost(decision, week + w) + priced_in(decision, effect, week + w)) / weeks;
  }
  // Within what is believed: Poisson and dispersion, week by week; between: how far its means lie apart.
  const double between = base * base * std::max(0.0, effect.square - effect.mean * effect.mean);
  const double mean = base * effect.mean;
  return {mean, mean + decision.dispersion * base_squares * effect.square + between,
          runs ? runs->slot(week).fixed_fee : 0, sale_cost};
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
