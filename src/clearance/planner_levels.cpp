// A level that is not known: one Work for each of its states, joined week by week. A state is kept through a week or
// drawn anew, so that what is ahead of it is part its own value, part the mean of all. What a cooldown or an earlier
// price costs hardly depends on the state: it is found once, at the mean level.

#include "clearance/planner_work.h"

namespace destock::clearance {

void Planner::Team::prepare(const Decision& decision, const PlannerOptions& chosen_options) {
  d = &decision;
  options = chosen_options;
  states = drawn_levels(decision, options.rule == Rule::kBest);
  decisions.clear();
  decisions.reserve(states.size());
  if (works.size() < states.size()) works.resize(states.size());
  if (states.size() == 1) {
    works[0].shelf = nullptr;
    works[0].prepare(decision, options, nullptr);
  } else {
    at_mean.shelf = &shelf;
    if (joined()) at_mean.prepare(decision, options, nullptr);
    for (size_t s = 0; s < states.size(); ++s) {
      decisions.push_back(in_state(decision, states, s));
      works[s].shelf = &shelf;
      works[s].prepare(decisions[s], options, joined() ? &at_mean : nullptr);
    }
    shelf.begin(works[0].grid.step(), works[0].grid.points());
  }
  actions.begin(decision, options.rule == Rule::kBest   ? Choose::kHull
                          : options.rule == Rule::kHold ? Choose::kHoldOnly
                                                        : Choose::kAll);
}

void Planner::Team::solve() {
  for (int week = d->weeks - 1; week >= 0; --week) solve_week(week);
}

// Every state judges every action where the level goes on as its own; then what it sees before that is drawn, part its
// own, part the mean of all.
void Planner::Team::solve_week(int week) {
  actions.find(week);
  for (size_t s = 0; s < states.size(); ++s) works[s].actions.take(week, actions);
  if (joined()) at_mean.actions.take(week, actions);
  for (size_t layer = works[0].layers; layer-- > 0;) {
    for (size_t s = 0; s < states.size(); ++s) works[s].layer = layer;
    if (joined()) {
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
  const double own = states.keeps_through(week, weeks);
  for (size_t g = 0; g < by_state[0]->size(); ++g) {
    double all = 0;
    for (size_t s = 0; s < by_state.size(); ++s) all += states.weight[s] * (*by_state[s])[g];
    for (std::vector<double>* values : by_state) (*values)[g] = all + own * ((*values)[g] - all);
  }
}

void Planner::Team::mix_judged(int week) {
  for (size_t a = 0; a < actions.size(); ++a) {
    if (!works[0].of_layer(actions[a])) continue;
    parts.clear();
    for (size_t s = 0; s < states.size(); ++s) parts.push_back(&works[s].judged[a].value);
    mix(week, actions[a].weeks, parts);
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

// Nobody knows which state holds, nor where the level goes: the mean over where it may go.
double Planner::Team::worth(int week, const Action& action, const Timers& timers, double units) {
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
