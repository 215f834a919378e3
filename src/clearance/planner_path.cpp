// The plan followed forwards, at the stock that is expected: what is done when, and what it is worth against the rest.

#include <algorithm>
#include <cmath>

#include "clearance/planner_work.h"

namespace destock::clearance {
namespace {

constexpr double kNothing = 1e-6;       // units
constexpr double kWorthLeaving = 1e-7;  // of the value: less is rounding

}  // namespace

bool Planner::Work::waiting_inbound(int week) const {
  for (size_t w = static_cast<size_t>(week) + 1; w < d->inbound.size(); ++w)
    if (d->inbound[w] > 0) return true;
  return false;
}

// Values when nothing changes for `wait` weeks, and what is best is done then; at the start's stock.
double Planner::Work::after_waiting(int wait) {
  if (wait >= d->weeks) return after_waiting(d->weeks - 1);
  waited.assign(at(wait, 0), at(wait, 0) + grid.points());
  const Action hold;  // the current price, a week
  for (int week = wait - 1; week >= 0; --week) {
    const DemandRow& row = row_of(week, hold);
    grid.average(row, waited.data(), grid.arriving(week, 1), carried);
    judge(week, hold, row);
    waited = candidate;
  }
  return grid.at(waited.data(), d->on_hand);
}

// The value of stock with what cools down, added up as everywhere.
double Planner::Work::value_at(int week, const Cooling& cooling, double units) {
  const double open = grid.at(at(week, 0), units);
  double value_here = open;
  for (size_t i = 0; i < cooling.size(); ++i)
    if (cooling[i] > 0) value_here += grid.at(at(week, mode_of(i, cooling[i])), units) - open;
  return value_here;
}

// An action's value at one stock. False where it may not be taken.
bool Planner::Work::worth(int week, const Action& action, const Cooling& cooling, double units, double& out) {
  Cooling then = cooling;
  for (size_t i = 0; i < then.size(); ++i) {
    const bool own = static_cast<int>(i) == action.programme;
    if (own && then[i] > 0) return false;
    then[i] = own ? std::min(d->programmes[i].cooldown_weeks, d->weeks) : std::max(0, then[i] - action.weeks);
  }
  const DemandRow& row = row_of(week, action);
  const int next = week + action.weeks;
  const int more = grid.arriving(week, action.weeks);
  const double* open = at(next, 0);
  double later = row.rest * grid.at(open, more);
  for (size_t j = 0; j < row.weight.size(); ++j)
    later += row.weight[j] * grid.at(open, std::max(0.0, units - grid.stock(j)) + more);
  const double sold = std::min(units, grid.at(row.sold.data(), units));
  later += value_at(next, then, units - sold + more) - grid.at(open, units - sold + more);
  double held = 0;
  for (int w = 0; w < action.weeks; ++w) held += grid.power(w) * grid.at(grid.holding(week + w), units);
  const double fee = action.programme < 0 ? 0 : d->programmes[static_cast<size_t>(action.programme)].fixed_fee;
  out = d->net(d->ladder[static_cast<size_t>(action.level)]) * grid.mean_power(action.weeks) * sold - fee +
        grid.power(action.weeks) * later - held;
  return true;
}

// How much of the stock to keep: leaving is best where the value rises by no more than an exit brings.
double Planner::Work::kept(int week, const Cooling& cooling, double units) {
  const double exit = d->exit_value().value_or(0);
  const double here = value_at(week, cooling, units);
  double keep = units;
  for (size_t g = grid.points(); g-- > 0;) {
    if (grid.stock(g) >= units) continue;
    const double worth_keeping = here - value_at(week, cooling, grid.stock(g)) - exit * (units - grid.stock(g));
    if (worth_keeping > kWorthLeaving * std::abs(here) + 1e-9) break;
    keep = grid.stock(g);
  }
  return keep;
}

size_t Planner::Work::best_action(int week, const Cooling& cooling, double units) {
  if (options.rule == Rule::kPlaybook) return play_rule(week, cooling, units);
  size_t found = 0;
  double most = kNever;
  for (size_t a = 0; a < actions.size(); ++a) {
    double value_here = 0;
    if (worth(week, actions[a], cooling, units, value_here) && value_here > most) {
      most = value_here;
      found = a;
    }
  }
  return found;
}

void Planner::Work::follow(Optimum& out) {
  double units = d->on_hand;
  Cooling cooling(d->programmes.size(), 0);
  const bool may_leave = options.rule == Rule::kBest && !d->exits.empty();
  const double exit = may_leave ? d->exit_value().value_or(0) : 0;
  for (int week = 0; week < d->weeks && (units > kNothing || waiting_inbound(week));) {
    actions.find(week);
    PlannedWeek step_taken;
    step_taken.week = week;
    step_taken.stock = units;
    const double keep = may_leave ? kept(week, cooling, units) : units;
    step_taken.choice.exit_units = units - keep;
    step_taken.exit_cash = exit * (units - keep);
    const size_t taken = best_action(week, cooling, keep);
    const Action& action = actions[taken];
    step_taken.choice.programme = action.programme;
    step_taken.choice.level = action.level;
    step_taken.weeks = action.weeks;
    step_taken.units = std::min(keep, grid.at(row_of(week, action).sold.data(), keep));
    step_taken.cash = step_taken.units * d->net(d->ladder[static_cast<size_t>(action.level)]);
    if (action.programme >= 0) step_taken.cash -= d->programmes[static_cast<size_t>(action.programme)].fixed_fee;
    if (week == 0) note_next_best(units, keep, taken, out);
    out.path.push_back(step_taken);
    units = keep - step_taken.units + grid.arriving(week, action.weeks);
    for (size_t i = 0; i < cooling.size(); ++i)
      cooling[i] = static_cast<int>(i) == action.programme ? std::min(d->programmes[i].cooldown_weeks, d->weeks)
                                                           : std::max(0, cooling[i] - action.weeks);
    week += action.weeks;
  }
}

// The best first action of another kind: another programme, or another price where none is taken.
void Planner::Work::note_next_best(double units, double keep, size_t taken, Optimum& out) {
  out.next_best = kNever;
  const double exit = d->exit_value().value_or(0);
  const Cooling none(d->programmes.size(), 0);
  for (const Action& other : actions.all()) {
    const bool same =
        other.programme == actions[taken].programme && (other.programme >= 0 || other.level == actions[taken].level);
    double value_here = 0;
    if (same || !worth(0, other, none, keep, value_here)) continue;
    value_here += exit * (units - keep);
    if (value_here > out.next_best) {
      out.next_best = value_here;
      out.next_best_choice = {other.programme, other.level, units - keep};
    }
  }
}

}  // namespace destock::clearance
