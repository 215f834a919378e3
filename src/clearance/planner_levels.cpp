// A level that is not known: one Work for each of its states, joined week by week. A state is kept through a week or
// drawn anew, so that what is ahead of it is part its own value, part the mean of all.

#include "clearance/planner_work.h"

namespace destock::clearance {

void Planner::Work::look_from(int week, const LevelStates& states, const std::vector<double>& mean) {
  looks_ahead = states.size() > 1;
  if (!looks_ahead || looked_from == week) {
    looked_from = week;
    return;
  }
  looked_from = week;
  const size_t size = week_size();
  for (int weeks : lengths) {
    if (week + weeks > d->weeks) continue;
    if (ahead.size() <= static_cast<size_t>(weeks)) ahead.resize(static_cast<size_t>(weeks) + 1);
    std::vector<double>& out = ahead[static_cast<size_t>(weeks)];
    out.resize(size);
    const double own = states.keeps_through(week, weeks);
    const double* here = week_of(week + weeks);
    const double* all = mean.data() + static_cast<size_t>(week + weeks) * size;
    for (size_t i = 0; i < size; ++i) out[i] = all[i] + own * (here[i] - all[i]);
  }
}

void Planner::Team::prepare(const Decision& decision, const PlannerOptions& chosen_options) {
  d = &decision;
  options = chosen_options;
  states = believed_levels(decision);
  decisions.clear();
  decisions.reserve(states.size());
  if (works.size() < states.size()) works.resize(states.size());
  if (states.size() == 1) {
    works[0].shelf = nullptr;
    works[0].prepare(decision, options);
  } else {
    for (size_t s = 0; s < states.size(); ++s) {
      decisions.push_back(in_state(decision, states, s));
      works[s].shelf = &shelf;
      works[s].prepare(decisions[s], options);
    }
    shelf.begin(works[0].grid.step(), works[0].grid.points(), works[0].rows.size());
    mean.assign(static_cast<size_t>(decision.weeks + 1) * works[0].week_size(), 0);
  }
  actions.begin(decision, options.rule == Rule::kBest   ? Choose::kHull
                          : options.rule == Rule::kHold ? Choose::kHoldOnly
                                                        : Choose::kAll);
}

void Planner::Team::find_mean(int week) {
  if (states.size() == 1) return;
  const size_t size = works[0].week_size();
  double* out = mean.data() + static_cast<size_t>(week) * size;
  for (size_t s = 0; s < states.size(); ++s) {
    const double* here = works[s].week_of(week);
    const double weight = states.weight[s];
    for (size_t i = 0; i < size; ++i) out[i] += weight * here[i];
  }
}

void Planner::Team::look_from(int week) {
  for (size_t s = 0; s < states_in(week); ++s) works[s].look_from(week, states, mean);
}

void Planner::Team::solve() {
  find_mean(d->weeks);
  for (int week = d->weeks - 1; week >= 0; --week) {
    look_from(week);
    for (size_t s = 0; s < states_in(week); ++s) works[s].solve_week(week);
    if (week > 0) find_mean(week);
  }
}

double Planner::Team::value_at(int week, const Timers& timers, double units) {
  return mean_of(week, [&](Work& work) { return work.value_at(week, timers, units); });
}

double Planner::Team::worth(int week, const Action& action, const Timers& timers, double units) {
  return mean_of(week, [&](Work& work) {
    work.layer = works[0].layer;
    return work.worth(week, work.actions.action_of(week, action.programme, static_cast<size_t>(action.level)), timers,
                      units);
  });
}

// Value when nothing changes for `wait` weeks, and what is best is done then; at the start's stock.
double Planner::Team::after_waiting(int wait, const Standing& start) {
  Timers timers = works[0].timers_of(start);
  for (int& left : timers) left = std::max(0, left - wait);
  const size_t points = works[0].grid.points();
  for (size_t s = 0; s < states.size(); ++s) {
    Work& work = works[s];
    work.waited.resize(points);
    for (size_t g = 0; g < points; ++g) work.waited[g] = work.value_at(wait, timers, work.grid.stock(g));
  }
  for (int week = wait - 1; week >= 0; --week) {
    for (size_t g = 0; states.size() > 1 && g < points; ++g) {
      double all = 0;
      for (size_t s = 0; s < states.size(); ++s) all += states.weight[s] * works[s].waited[g];
      const double own = states.keeps_through(week, 1);
      for (size_t s = 0; s < states.size(); ++s) works[s].waited[g] = all + own * (works[s].waited[g] - all);
    }
    for (size_t s = 0; s < states_in(week); ++s) works[s].wait_a_week(week);
  }
  return works[0].grid.at(works[0].waited.data(), d->on_hand);
}

}  // namespace destock::clearance
