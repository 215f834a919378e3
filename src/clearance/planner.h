#pragma once
// The stochastic dynamic programme of one SKU: weeks, stock on a grid, what cools down and what earlier prices forbid.
// Finds the prices, programmes and exits that bring back the most on average.
//
//   V(t, x, m) = max over actions of E[net · min(D, x)] − fee − holding + β^weeks · E[V(t + weeks, x − min(D, x), m')]
//   and before it, any week, a bulk exit of any number of units.
//
// m: one timer runs, or none: a programme's cooldown, or the weeks in which a price of a class (a third of the depths)
// binds programmes that remember. Where several run, what each cooldown costs is added, and the dearest class: exact
// where one programme has a cooldown and none remembers. Where the level may wander (Decision::levels), V is one for
// each of its states, which a week keeps or draws anew (level_states.h). On a grid of one unit the rest is exact.
// Values aside, what is chosen is always allowed: prices of the past are looked up one by one (standing.h).

#include <array>
#include <memory>
#include <optional>

#include "clearance/decision.h"
#include "clearance/standing.h"

namespace destock::clearance {

struct PlannedWeek {
  int week = 0;
  double stock = 0;  // expected, before the choice
  Choice choice;
  int weeks = 1;
  double units = 0, cash = 0;  // expected, of sales; fees taken off
  double exit_cash = 0;
  double holding = 0;           // of the weeks, at the stock after the exit
  bool choice_changes = false;  // another price or programme than ran before
  int changes = 0;              // that, and an exit
};

// Of an Optimum's `sd`, below its value and above it: eight outcomes in ten lie between. What comes falls further short
// than it exceeds, for stock that is gone cannot be sold twice (simulate's market of wandering levels, 700 runs).
inline constexpr double kFallsShort = 1.6, kExceeds = 0.85;

struct Optimum {
  double value = 0;               // expected, of the best policy on the grid; without a path less the cost of changes
  double objective = 0;           // the same, the cost of changes taken off: what the policy makes the most of
  double change_cost = 0;         // of the path's changes, by the week they fall in
  int changes = 0;                // of the path
  double sd = 0;                  // of what comes: what each week's sales and news of the level make of it, summed
  std::vector<PlannedWeek> path;  // followed at the expected stock
  double next_best = 0;           // value of the best other first action
  Choice next_best_choice;
  std::vector<std::optional<double>> cost_of_delay;  // by the decision's delays; nothing: beyond the horizon
};

// Which choices are open: all, or a rule that picks one.
enum class Rule {
  kBest,
  kHold,       // the current price, no exit before the end
  kLiquidate,  // everything leaves at once
  kPlaybook,   // see Decision::playbook
};

struct PlannerOptions {
  size_t grid = 80;  // points; stock no larger is exact
  Rule rule = Rule::kBest;
  bool path = true;          // whether the path is wanted
  bool exact_modes = false;  // average over demand in every mode, instead of taking differences at the mean
};

// Its storage is kept between calls: one a thread.
class Planner {
public:
  Planner();
  ~Planner();
  Planner(Planner&&) noexcept;
  Planner& operator=(Planner&&) noexcept;

  Optimum solve(const Decision& decision, const PlannerOptions& options);
  // What the last one solved does in a week at a stock; the decision must still be there. Not of kLiquidate.
  Choice choose(int week, const Standing& standing, double units);
  // By which the best cut or programme beats the price as it is in the first week, at a stock; negative where none
  // does. Of the last one solved, by the best rule.
  double gain_of_a_change(double units);
  // What so many units bring from the start of a week on, seen from it, with no cooldown running; the horizon's end is
  // the last week. Of the last one solved, by the best rule.
  double value_in(int week, double units);

private:
  struct Work;
  struct Team;
  std::unique_ptr<Team> team_;
};

}  // namespace destock::clearance
