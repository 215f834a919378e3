// A level that is not known: one Work for each of its states, joined week by week. A state is kept through a week or
// drawn anew, so that what is ahead of it is part its own value, part the mean of all. What a cooldown or an earlier
// price costs hardly depends on the state: it is found once, at the mean level.

#include <algorithm>
#include <cmath>

#include "clearance/planner_work.h"
#include "clearance/wide.h"

namespace destock::clearance {
namespace {

DESTOCK_WIDE void add_share(double share, const double* from, size_t points, double* to) {
  for (size_t g = 0; g < points; ++g) to[g] += share * from[g];
}

DESTOCK_WIDE void move_near(const double* to, double own, size_t points, double* values) {
  for (size_t g = 0; g < points; ++g) values[g] = to[g] + own * (values[g] - to[g]);
}

void find_mean(const std::vector<std::vector<double>*>& parts, const std::vector<double>& weight, double* mean) {
  std::fill(mean, mean + parts[0]->size(), 0.0);
  for (size_t s = 0; s < parts.size(); ++s) add_share(weight[s], parts[s]->data(), parts[s]->size(), mean);
}

// Each value becomes the mean and `own` of what it differs from it.
void draw_near(const double* mean, double own, std::vector<double>& values) {
  move_near(mean, own, values.size(), values.data());
}

}  // namespace

RowShelf& Planner::Team::shelf_of(const StockGrid& grid) {
  const bool same = shelves[last_shelf].is_of(grid.step(), grid.points());
  if (!same) last_shelf = 1 - last_shelf;
  shelves[last_shelf].begin(grid.step(), grid.points());
  return shelves[last_shelf];
}

void Planner::Team::prepare(const Decision& decision, const PlannerOptions& chosen_options) {
  d = &decision;
  options = chosen_options;
  states = drawn_levels(decision, options.rule == Rule::kBest);
  decisions.clear();
  decisions.reserve(states.size());
  if (works.size() < states.size()) works.resize(states.size());
  const Work* first = nullptr;
  if (joined()) {
    at_mean.prepare(decision, options, nullptr, nullptr);
    first = &at_mean;
  }
  for (size_t s = 0; s < states.size(); ++s) {
    if (states.size() > 1) decisions.push_back(in_state(decision, states, s));
    works[s].prepare(states.size() > 1 ? decisions[s] : decision, options, timed() ? &at_mean : nullptr, first);
    if (!first) first = &works[0];
  }
  RowShelf* shelf = states.size() > 1 ? &shelf_of(works[0].grid) : nullptr;
  for (size_t s = 0; s < states.size(); ++s) works[s].shelf = shelf;
  at_mean.shelf = shelf;
  weighed.resize(static_cast<size_t>(decision.weeks));
  actions.begin_as(decision, first->actions);
}

void Planner::Team::solve() {
  for (int week = d->weeks - 1; week >= 0; --week) solve_week(week);
}

const std::vector<Action>& Planner::Team::open_in(int week) {
  if (keeps_weighed()) return weighed[static_cast<size_t>(week)].open;
  actions.find(week);
  return actions.all();
}

// Every state judges every action where the level goes on as its own; then what it sees before that is drawn, part its
// own, part the mean of all.
void Planner::Team::solve_week(int week) {
  actions.find(week);
  for (size_t s = 0; s < states.size(); ++s) works[s].actions.take(week, actions);
  if (timed()) at_mean.actions.take(week, actions);
  for (size_t layer = works[0].layers; layer-- > 0;) {
    for (size_t s = 0; s < states.size(); ++s) works[s].layer = layer;
    if (timed()) {
      at_mean.layer = layer;
      at_mean.judge_all(week);
      at_mean.rank_all(week);
      at_mean.take_deeper(week);
    }
    if (options.rule == Rule::kBest && !options.exact_modes) {
      for (size_t s = 0; s < states.size(); ++s) works[s].judge_all(week);
      mix_judged(week);
      for (size_t s = 0; s < states_in(week); ++s) works[s].rank_all(week);
    } else {
      for (size_t mode = 0; mode < works[0].modes; ++mode)
        if (options.exact_modes || works[0].can_hold(week, mode)) best_of(week, mode);
    }
    for (size_t s = 0; s < states_in(week); ++s) works[s].take_deeper(week);
  }
  for (size_t s = 0; s < states.size(); ++s) works[s].layer = 0;
  at_mean.layer = 0;
}

void Planner::Team::mix(int week, int weeks, const std::vector<std::vector<double>*>& by_state) {
  if (by_state.size() == 1) return;
  mean.resize(by_state[0]->size());
  find_mean(by_state, states.weight, mean.data());
  const double own = states.keeps_through(week, weeks);
  for (std::vector<double>* values : by_state) draw_near(mean.data(), own, *values);
}

void Planner::Team::mix_judged(int week) {
  const size_t points = works[0].grid.points();
  std::vector<double>& kept = weighed[static_cast<size_t>(week)].values;
  if (keeps_weighed()) {
    kept.resize(actions.size() * points);
    weighed[static_cast<size_t>(week)].open = actions.all();
  }
  mean.resize(points);
  for (size_t a = 0; a < actions.size(); ++a) {
    if (!works[0].of_layer(actions[a])) continue;
    parts.clear();
    for (size_t s = 0; s < states.size(); ++s) parts.push_back(&works[s].judged[a].value);
    double* here = keeps_weighed() ? kept.data() + a * points : mean.data();
    find_mean(parts, states.weight, here);
    if (states.size() == 1) continue;
    const double own = states.keeps_through(week, actions[a].weeks);
    for (std::vector<double>* values : parts) draw_near(here, own, *values);
  }
}

// Best value of every point of a mode, each action averaged over demand in it.
void Planner::Team::best_of(int week, size_t mode) {
  const Timers timers = works[0].timers_in(mode);
  for (size_t s = 0; s < states.size(); ++s) works[s].begin_best(week, timers);
  for (size_t a = 0; a < actions.size(); ++a) {
    bool taken = false;
    for (size_t s = 0; s < states.size(); ++s) taken = taken || works[s].may_take(a);
    for (size_t s = 0; s < states.size() && taken; ++s) taken = works[s].try_action(week, a, timers);
    if (!taken) continue;
    parts.clear();
    for (size_t s = 0; s < states.size(); ++s) parts.push_back(&works[s].candidate);
    mix(week, actions[a].weeks, parts);
    for (size_t s = 0; s < states_in(week); ++s) works[s].raise_best(a);
  }
  for (size_t s = 0; s < states_in(week); ++s) works[s].exit_from(week, works[s].best.data(), works[s].at(week, mode));
}

double Planner::Team::value_at(int week, const Timers& timers, size_t running, double units) {
  return mean_of(week, [&](Work& work) { return work.value_at(week, timers, running, units); });
}

// Straight between points, as the averages at a stock between two points are too.
double Planner::Team::worth(int week, size_t a, const Timers& timers, double units) {
  const Action& action = open_in(week)[a];
  const StockGrid& grid = works[0].grid;
  const double least = action.programme < 0 ? 0 : d->programmes[static_cast<size_t>(action.programme)].min_units;
  if (!keeps_weighed() || std::floor(units / grid.step()) * grid.step() < least)
    return worth_anew(week, action, timers, units);
  double sum = grid.at(weighed[static_cast<size_t>(week)].values.data() + a * grid.points(), units);
  const Timers then = works[0].after(action, timers);
  if (std::all_of(then.begin(), then.end(), [](int left) { return left == 0; })) return sum;
  const double later = grid.later(week, action.weeks);
  for (size_t s = 0; s < states.size(); ++s) {
    const Action of_state = works[s].actions.action_of(week, action.programme, static_cast<size_t>(action.level));
    sum += states.weight[s] * later * works[s].cost_beyond_own(week, of_state, then, units);
  }
  return sum;
}

// Nobody knows which state holds, nor where the level goes: the mean over where it may go.
double Planner::Team::worth_anew(int week, const Action& action, const Timers& timers, double units) {
  double sum = 0;
  for (size_t s = 0; s < states.size(); ++s) {
    Work& work = works[s];
    work.layer = works[0].layer;
    const Action of_state = work.actions.action_of(week, action.programme, static_cast<size_t>(action.level));
    sum += states.weight[s] * work.worth(week, of_state, timers, units);
  }
  return sum;
}

// Value when nothing changes for `wait` weeks, and what is best is done then; at the start's stock.
double Planner::Team::after_waiting(int wait, const Standing& start) {
  Timers timers = works[0].timers_of(start);
  for (int& left : timers) left = std::max(0, left - wait);
  const size_t points = works[0].grid.points();
  for (size_t s = 0; s < states.size(); ++s) {
    Work& work = works[s];
    work.waited.resize(points);
    for (size_t g = 0; g < points; ++g) work.waited[g] = work.value_at(wait, timers, 0, work.grid.stock(g));
  }
  for (int week = wait - 1; week >= 0; --week) {
    parts.clear();
    for (size_t s = 0; s < states.size(); ++s) {
      works[s].wait_a_week(week);
      parts.push_back(&works[s].waited);
    }
    mix(week, 1, parts);
  }
  return works[0].grid.at(works[0].waited.data(), d->on_hand);
}

}  // namespace destock::clearance
