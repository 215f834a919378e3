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

void Planner::Work::wait_a_week(int week) {
  const Action hold = actions.hold(week);
  const MixedRow& row = row_of(hold);
  grid.average(row, waited.data(), grid.arriving(week, 1), carried);
  judge(week, hold, row);
  waited = candidate;
}

// Added up as everywhere.
double Planner::Work::cost_of_timers(int week, const Timers& timers, double units) {
  find_modes(timers);
  if (cool.empty()) return 0;
  Work& of = of_timers();
  of.layer = layer;
  const double free = grid.at(of.at(week, 0), units);
  double cost = 0;
  for (size_t mode : cool) cost += grid.at(of.at(week, mode), units) - free;
  return cost;
}

// An action's value at one stock, with what runs.
double Planner::Work::worth(int week, const Action& action, const Timers& timers, double units) {
  if (layers > 1 && action.programme < 0) layer = static_cast<size_t>(action.level);
  const MixedRow& row = row_of(action);
  const int more = grid.arriving(week, action.weeks);
  const int next = week + action.weeks;
  const double sold = std::min(units, grid.sold_at(row, units));
  const double later = grid.average_at(row, with_running(next, running_after(action)), more, units) +
                       cost_of_timers(next, after(action, timers), units - sold + more);
  double held = 0;
  for (int w = 0; w < action.weeks; ++w) held += grid.later(week, w) * grid.at(grid.holding(week + w), units);
  return action.net * grid.mean_later(week, action.weeks) * sold - action.fee + grid.later(week, action.weeks) * later -
         held;
}

// How much of the stock to keep: leaving is best where the value rises by no more than an exit brings.
double Planner::Team::kept(int week, const Timers& timers, size_t running, double units) {
  const StockGrid& grid = works[0].grid;
  if (options.rule != Rule::kBest || d->exits.empty()) return units;
  const double unit = works[0].exit[static_cast<size_t>(week)];
  const double here = value_at(week, timers, running, units);
  double keep = units;
  for (size_t g = grid.points(); g-- > 0;) {
    if (grid.stock(g) >= units) continue;
    const double worth_keeping = here - value_at(week, timers, running, grid.stock(g)) - unit * (units - grid.stock(g));
    if (worth_keeping > kWorthLeaving * std::abs(here) + 1e-9) break;
    keep = grid.stock(g);
  }
  return keep;
}

double Planner::Team::cost_of_change(int week, size_t running, const Action& action) const {
  const Work& one = works[0];
  if (!one.changes_cost || running == one.number_of(action.programme, action.level)) return 0;
  const bool ends = action.programme < 0 && action.level == 0 && running >= d->ladder.size();
  return ends ? 0 : one.cost_of(week, action);
}

// The best action; what was done the week before where that gives up no more than `give_up`.
Planner::Team::Best Planner::Team::best_action(int week, const Standing& standing, double units, const Choice* before,
                                               double give_up) {
  Work& one = works[0];
  const Timers timers = one.timers_of(standing);
  const size_t running = running_after(before);
  Best found;
  bool most_stays = false;
  Best same;
  const size_t from = one.layer;
  for (size_t a = 0; a < actions.size(); ++a) {
    const Action& action = actions[a];
    if (!allowed(*d, standing, week, action.programme, static_cast<size_t>(action.level)) || one.too_few(action, units))
      continue;
    one.layer = from;
    const double value_here = worth(week, action, timers, units) - cost_of_change(week, running, action);
    // Where nothing is to be gained, as where the shelf is empty, the price stays.
    const bool stays = action.programme < 0 && action.level == 0;
    const double slack = kWorthLeaving * std::abs(value_here) + 1e-9;
    if (stays ? value_here > found.value - slack : value_here > found.value + (most_stays ? slack : 0)) {
      found = {a, std::max(found.value, value_here)};
      most_stays = stays;
    }
    if (before && before->programme == action.programme && before->level == action.level) same = {a, value_here};
  }
  one.layer = from;
  return same.value >= found.value - give_up && same.value > kNever ? same : found;
}

Choice Planner::Team::choose(int week, const Standing& standing, double units, const Choice* before, double give_up) {
  Work& one = works[0];
  one.layer = std::min(static_cast<size_t>(standing.lowest_level), one.layers - 1);
  for (size_t s = 0; s < states.size(); ++s) works[s].layer = one.layer;
  const Timers timers = one.timers_of(standing);
  const size_t running = running_after(before);
  double keep = kept(week, timers, running, units);
  Action action;
  if (options.rule == Rule::kPlaybook) {
    one.actions.find(week);
    action = one.actions[one.play_rule(week, timers, keep, d->base_in(week))];
  } else {
    actions.find(week);
    Best best = best_action(week, standing, keep, before, give_up);
    if (one.cost_of_exit(week) > 0 && keep < units) {
      const Best stay = best_action(week, standing, units, before, give_up);
      const double out = one.exit[static_cast<size_t>(week)] * (units - keep);
      if (out + best.value - stay.value <= one.cost_of_exit(week)) {
        best = stay;
        keep = units;
      }
    }
    action = actions[best.action];
  }
  for (Work& work : works) work.layer = 0;
  return {action.programme, action.level, units - keep};
}

void Planner::Team::count_change(PlannedWeek& step, size_t running, Optimum& out) {
  const bool leaves = step.choice.exit_units > 0;
  const size_t now = works[0].number_of(step.choice.programme, step.choice.level);
  const bool changes = now != running && !(now == 0 && running >= d->ladder.size());
  step.choice_changes = changes;
  step.changes = (changes ? 1 : 0) + (leaves ? 1 : 0);
  out.changes += step.changes;
  if (!works[0].changes_cost) return;
  const Action action = actions.action_of(step.week, step.choice.programme, static_cast<size_t>(step.choice.level));
  out.change_cost += works[0].grid.later(0, step.week) *
                     (cost_of_change(step.week, running, action) + (leaves ? works[0].cost_of_exit(step.week) : 0));
}

// What a step sells and costs on average, at the stock that each state of the level is expected to have left.
void Planner::Team::take_step(PlannedWeek& step, std::vector<double>& units) {
  const int week = step.week;
  const double leaves = step.stock > 0 ? step.choice.exit_units / step.stock : 0;
  const Action usual = actions.action_of(week, step.choice.programme, static_cast<size_t>(step.choice.level));
  step.weeks = usual.weeks;
  for (size_t s = 0; s < states.size(); ++s) {
    Work& work = works[s];
    const Action action = work.actions.action_of(week, step.choice.programme, static_cast<size_t>(step.choice.level));
    const double keep = (1 - leaves) * units[s];
    const double sold = std::min(keep, work.grid.sold_at(work.row_of(action), keep));
    step.units += states.weight[s] * sold;
    for (int w = 0; w < step.weeks; ++w)
      step.holding += states.weight[s] * work.grid.at(work.grid.holding(week + w), keep);
    units[s] = keep - sold + work.grid.arriving(week, step.weeks);
  }
  step.cash = step.units * usual.net - usual.fee;
}

void Planner::Team::follow(Optimum& out) {
  std::vector<double> units(states.size(), d->on_hand);
  const auto expected = [&] {
    double sum = 0;
    for (size_t s = 0; s < states.size(); ++s) sum += states.weight[s] * units[s];
    return sum;
  };
  Standing standing = Standing::at_start(*d);
  const double give_up = kCalm * std::abs(out.value);
  const double least_out = std::max(kLeastOut, kLeastOutShare * d->total_units());
  double variance = 0;
  double stock = d->on_hand;
  for (int week = 0; week < d->weeks && (stock > kNothing || waiting_inbound(*d, week));) {
    PlannedWeek step;
    step.week = week;
    step.stock = stock;
    const Choice* before = out.path.empty() ? nullptr : &out.path.back().choice;
    step.choice = choose(week, standing, stock, before, give_up);
    if (step.choice.exit_units < std::min(least_out, stock)) step.choice.exit_units = 0;
    count_change(step, running_after(before), out);
    step.exit_cash = works[0].exit[static_cast<size_t>(week)] * step.choice.exit_units;
    if (week == 0) note_next_best(standing, stock, stock - step.choice.exit_units, step.choice, out);
    take_step(step, units);
    stock = expected();
    standing.pass(*d, step.choice, step.units);
    variance += std::pow(works[0].grid.later(0, week), 2) * news_of(step, works[0].timers_of(standing), stock);
    out.path.push_back(step);
    week += step.weeks;
  }
  out.sd = std::sqrt(variance);
}

// Variance that a step's sales, and what is learned of the level meanwhile, make in what comes.
double Planner::Team::news_of(const PlannedWeek& step, const Timers& timers, double left) {
  const int then = step.week + step.weeks;
  Work& one = works[0];
  const Action action = actions.action_of(step.week, step.choice.programme, static_cast<size_t>(step.choice.level));
  const double later = one.grid.later(step.week, step.weeks);
  const size_t running = running_after(&step.choice);
  const double keep = step.stock - step.choice.exit_units;
  // Of the level: what a state sells now and is worth then, against the other states.
  const double own = states.keeps_through(step.week, step.weeks);
  double centre = 0;
  double squares = 0;
  std::vector<double> values;
  for (size_t s = 0; s < states.size(); ++s) {
    Work& work = works[s];
    const Action of_state =
        work.actions.action_of(step.week, step.choice.programme, static_cast<size_t>(step.choice.level));
    const double sold = std::min(keep, work.grid.sold_at(work.row_of(of_state), keep));
    const double then_left = keep - sold + work.grid.arriving(step.week, step.weeks);
    values.push_back(action.net * work.grid.mean_later(step.week, step.weeks) * sold +
                     later * work.value_at(then, timers, running, then_left));
    centre += states.weight[s] * values.back();
  }
  for (size_t s = 0; s < states.size(); ++s) squares += states.weight[s] * (values[s] - centre) * (values[s] - centre);
  // Of the sales: what one unit more brings now and less later.
  const double apart = std::max(1.0, std::sqrt(action.variance) / 2);
  const double low = std::max(0.0, left - apart);
  double slope = 0;
  for (size_t s = 0; s < states.size(); ++s)
    slope += states.weight[s] *
             (works[s].value_at(then, timers, running, left + apart) - works[s].value_at(then, timers, running, low)) /
             (left + apart - low);
  const MixedRow& row = one.row_of(action);
  double sold = 0;
  double sold_squares = 0;
  for (size_t g = 0; g + 1 < one.grid.points() && one.grid.stock(g) < keep; ++g) {
    const double more = row.sold(g + 1) - row.sold(g);
    sold += more;
    sold_squares += 2 * (one.grid.stock(g) + one.grid.step() / 2) * more;
  }
  const double noise = std::max(0.0, sold_squares - sold * sold);
  return (1 - own * own) * squares + std::pow(action.net - later * slope, 2) * noise;
}

double Planner::Team::gain_of_a_change(double units) {
  const Standing start = Standing::at_start(*d);
  const Timers timers = works[0].timers_of(start);
  double most = kNever;
  double kept = kNever;
  actions.find(0);
  for (const Action& action : actions.all()) {
    if (!allowed(*d, start, 0, action.programme, static_cast<size_t>(action.level)) || works[0].too_few(action, units))
      continue;
    double& best_of_kind = action.programme < 0 && action.level == 0 ? kept : most;
    best_of_kind = std::max(best_of_kind, worth(0, action, timers, units) - cost_of_change(0, 0, action));
  }
  works[0].layer = 0;
  return most - kept;
}

// The best first action of another kind: another programme, or another price where none is taken.
void Planner::Team::note_next_best(const Standing& standing, double units, double keep, const Choice& taken,
                                   Optimum& out) {
  Work& one = works[0];
  out.next_best = kNever;
  const Timers timers = one.timers_of(standing);
  actions.find(0);
  for (const Action& other : actions.all()) {
    const bool same = other.programme == taken.programme && (other.programme >= 0 || other.level == taken.level);
    if (same || !allowed(*d, standing, 0, other.programme, static_cast<size_t>(other.level)) ||
        one.too_few(other, keep))
      continue;
    one.layer = 0;
    const double value_here =
        worth(0, other, timers, keep) - cost_of_change(0, 0, other) + one.exit[0] * (units - keep);
    if (value_here > out.next_best) {
      out.next_best = value_here;
      out.next_best_choice = {other.programme, other.level, units - keep};
    }
  }
  one.layer = 0;
}

}  // namespace destock::clearance
