// The plan followed forwards, at the stock that is expected: what is done when, and what it is worth against the rest.

#include <algorithm>
#include <cmath>

#include "clearance/planner_work.h"

namespace destock::clearance {
namespace {

constexpr double kNothing = 1e-6;       // units
constexpr double kWorthLeaving = 1e-7;  // of the value: less is rounding
// A plan to be carried out by people does not change a price, or send a handful of units away, for next to nothing.
constexpr double kCalm = 2e-4;                          // of the value, a week
constexpr double kLeastOut = 3, kLeastOutShare = 0.03;  // units; of all

bool waiting_inbound(const Decision& d, int week) {
  for (size_t w = static_cast<size_t>(week) + 1; w < d.inbound.size(); ++w)
    if (d.inbound[w] > 0) return true;
  return false;
}

}  // namespace

// Value when nothing changes for `wait` weeks, and what is best is done then; at the start's stock.
double Planner::Work::after_waiting(int wait, const Standing& start) {
  Timers timers = timers_of(start);
  for (int& left : timers) left = std::max(0, left - wait);
  waited.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) waited[g] = value_at(wait, timers, grid.stock(g));
  for (int week = wait - 1; week >= 0; --week) {
    const Action hold = actions.hold(week);
    const DemandRow& row = row_of(hold);
    grid.average(row, waited.data(), grid.arriving(week, 1), carried);
    judge(week, hold, row);
    waited = candidate;
  }
  return grid.at(waited.data(), d->on_hand);
}

// The value of stock with what runs, added up as everywhere.
double Planner::Work::value_at(int week, const Timers& timers, double units) {
  const double open = grid.at(at(week, 0), units);
  double value_here = open;
  find_modes(timers);
  for (size_t mode : cool) value_here += grid.at(at(week, mode), units) - open;
  return value_here;
}

// An action's value at one stock, with what runs.
double Planner::Work::worth(int week, const Action& action, const Timers& timers, double units) {
  if (layers > 1 && action.programme < 0) layer = static_cast<size_t>(action.level);
  const DemandRow& row = row_of(action);
  const int next = week + action.weeks;
  const int more = grid.arriving(week, action.weeks);
  const double* open = at(next, 0);
  double later = row.rest * grid.at(open, more);
  for (size_t j = 0; j < row.weight.size(); ++j)
    later += row.weight[j] * grid.at(open, std::max(0.0, units - grid.stock(j)) + more);
  const double sold = std::min(units, grid.at(row.sold.data(), units));
  later += value_at(next, after(action, timers), units - sold + more) - grid.at(open, units - sold + more);
  double held = 0;
  for (int w = 0; w < action.weeks; ++w) held += grid.power(w) * grid.at(grid.holding(week + w), units);
  return action.net * grid.mean_power(action.weeks) * sold - action.fee + grid.power(action.weeks) * later - held;
}

// How much of the stock to keep: leaving is best where the value rises by no more than an exit brings.
double Planner::Work::kept(int week, const Timers& timers, double units) {
  if (options.rule != Rule::kBest || d->exits.empty()) return units;
  const double unit = exit[static_cast<size_t>(week)];
  const double here = value_at(week, timers, units);
  double keep = units;
  for (size_t g = grid.points(); g-- > 0;) {
    if (grid.stock(g) >= units) continue;
    const double worth_keeping = here - value_at(week, timers, grid.stock(g)) - unit * (units - grid.stock(g));
    if (worth_keeping > kWorthLeaving * std::abs(here) + 1e-9) break;
    keep = grid.stock(g);
  }
  return keep;
}

// The best action; what was done the week before where that gives up no more than `give_up`.
size_t Planner::Work::best_action(int week, const Standing& standing, double units, const Choice* before,
                                  double give_up) {
  const Timers timers = timers_of(standing);
  if (options.rule == Rule::kPlaybook) return play_rule(week, timers, units);
  size_t found = 0;
  double most = kNever;
  bool most_stays = false;
  double same = kNever;
  size_t of_same = 0;
  const size_t from = layer;
  for (size_t a = 0; a < actions.size(); ++a) {
    const Action& action = actions[a];
    if (!allowed(*d, standing, week, action.programme, static_cast<size_t>(action.level)) || too_few(action, units))
      continue;
    layer = from;
    const double value_here = worth(week, action, timers, units);
    // Where nothing is to be gained, as where the shelf is empty, the price stays.
    const bool stays = action.programme < 0 && action.level == 0;
    const double slack = kWorthLeaving * std::abs(value_here) + 1e-9;
    if (stays ? value_here > most - slack : value_here > most + (most_stays ? slack : 0)) {
      most = std::max(most, value_here);
      found = a;
      most_stays = stays;
    }
    if (before && before->programme == action.programme && before->level == action.level) {
      same = value_here;
      of_same = a;
    }
  }
  layer = from;
  return same >= most - give_up && same > kNever ? of_same : found;
}

Choice Planner::Work::choose(int week, const Standing& standing, double units, const Choice* before, double give_up) {
  actions.find(week);
  layer = std::min(static_cast<size_t>(standing.lowest_level), layers - 1);
  const double keep = kept(week, timers_of(standing), units);
  const Action& action = actions[best_action(week, standing, keep, before, give_up)];
  layer = 0;
  return {action.programme, action.level, units - keep};
}

void Planner::Work::follow(Optimum& out) {
  double units = d->on_hand;
  Standing standing = Standing::at_start(*d);
  const double give_up = kCalm * std::abs(out.value);
  const double least_out = std::max(kLeastOut, kLeastOutShare * d->total_units());
  for (int week = 0; week < d->weeks && (units > kNothing || waiting_inbound(*d, week));) {
    PlannedWeek step;
    step.week = week;
    step.stock = units;
    step.choice = choose(week, standing, units, out.path.empty() ? nullptr : &out.path.back().choice, give_up);
    if (step.choice.exit_units < std::min(least_out, units)) step.choice.exit_units = 0;
    const double keep = units - step.choice.exit_units;
    step.exit_cash = exit[static_cast<size_t>(week)] * step.choice.exit_units;
    const auto taken = std::find_if(actions.all().begin(), actions.all().end(), [&](const Action& a) {
      return a.programme == step.choice.programme && a.level == step.choice.level;
    });
    step.weeks = taken->weeks;
    step.units = std::min(keep, grid.at(row_of(*taken).sold.data(), keep));
    step.cash = step.units * taken->net - taken->fee;
    for (int w = 0; w < step.weeks; ++w) step.holding += grid.at(grid.holding(week + w), keep);
    if (week == 0) note_next_best(standing, units, keep, step.choice, out);
    out.path.push_back(step);
    units = keep - step.units + grid.arriving(week, step.weeks);
    standing.pass(*d, step.choice, step.units);
    week += step.weeks;
  }
}

// The best first action of another kind: another programme, or another price where none is taken.
void Planner::Work::note_next_best(const Standing& standing, double units, double keep, const Choice& taken,
                                   Optimum& out) {
  out.next_best = kNever;
  const Timers timers = timers_of(standing);
  for (const Action& other : actions.all()) {
    const bool same = other.programme == taken.programme && (other.programme >= 0 || other.level == taken.level);
    if (same || !allowed(*d, standing, 0, other.programme, static_cast<size_t>(other.level)) || too_few(other, keep))
      continue;
    layer = 0;
    const double value_here = worth(0, other, timers, keep) + exit[0] * (units - keep);
    if (value_here > out.next_best) {
      out.next_best = value_here;
      out.next_best_choice = {other.programme, other.level, units - keep};
    }
  }
  layer = 0;
}

}  // namespace destock::clearance
