#pragma once
// What the planner keeps between weeks and calls. Split over planner.cpp, which works backwards mode by mode,
// planner_modes.cpp, which works all modes out at once, planner_levels.cpp, which joins the states of a level that is
// not known, and planner_path.cpp, which follows the plan forwards.

#include <cstdint>
#include <vector>

#include "clearance/level_states.h"
#include "clearance/planner.h"
#include "clearance/row_shelf.h"
#include "clearance/stock_grid.h"
#include "clearance/week_actions.h"

namespace destock::clearance {

inline constexpr double kNever = -1e300;

struct Planner::Work {
  using Timers = std::vector<int>;  // weeks left, by timer: programmes first, then the classes of price
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Cached {
    double mean = -1, variance = 0;
    MixedRow row;
    DemandRow own;  // where no shelf has it
    // Where each point's stock is expected to be left, `arriving` added: the point below and the share of the next.
    int arriving = -1;
    std::vector<int32_t> place;
    std::vector<double> share;
  };
  // What an action is worth with no timer running but what it sets, and where it is expected to leave the stock.
  struct Judged {
    std::vector<double> value;
    std::vector<double> memory;    // part of the value: what its price costs programmes later; empty: nothing
    const Cached* left = nullptr;  // its places, once they are asked for
    double later = 1;
    double cost = 0;  // of the change to it
  };

  // `usual_level`: has solved the same at the mean level; what timers cost is then taken from it, and only the value
  // with none running is kept.
  void prepare(const Decision& decision, const PlannerOptions& chosen, Work* usual_level);
  void find_timers();
  double* at(int week, size_t mode) {
    return value.data() + ((static_cast<size_t>(week) * layers + layer) * kept_modes + mode) * grid.points();
  }
  // Whose values tell what a timer costs: `with` it against `without`, of one layer.
  Work& of_timers() { return usual ? *usual : *this; }
  // The mode of a timer that runs for so many weeks; 0 where it does not.
  size_t mode_of(size_t timer, int weeks) const {
    return weeks <= 0 ? 0 : first_mode[timer] + static_cast<size_t>(weeks) - 1;
  }
  Timers timers_in(size_t mode) const;
  size_t programmes() const { return d->programmes.size(); }
  bool is_class(size_t timer) const { return timer >= programmes(); }
  size_t class_of(const Action& action) const;  // its timer; as many as there are timers: binds nothing
  bool binds(size_t timer, const Action& action) const;
  Timers timers_of(const Standing& standing) const;
  Timers after(const Action& action, const Timers& timers) const;
  bool blocked(const Action& action, const Timers& timers) const;
  bool of_layer(const Action& action) const;

  Cached& cached_of(const Action& action);
  const MixedRow& row_of(const Action& action) { return cached_of(action).row; }
  const Cached& with_places(const Action& action, int arriving);
  bool too_few(const Action& action, double units) const;
  void judge(int week, const Action& action, const MixedRow& row);
  void add_difference(int week, size_t mode, int weeks);
  void find_places(const MixedRow& row, int units);
  void find_modes(const Timers& timers) const;  // into `cool`
  size_t pair_mode(int first, int second) const {
    return first_pair + static_cast<size_t>(first - 1) * static_cast<size_t>(full[pair[1]]) +
           static_cast<size_t>(second - 1);
  }
  bool continue_with(int week, const Action& action, const MixedRow& row, const Timers& timers);
  void begin_best(int week, const Timers& timers);  // `best` nothing, and what the rule says
  bool may_take(size_t a) const { return options.rule != Rule::kPlaybook || ruled_any[a]; }
  bool try_action(int week, size_t a, const Timers& timers);  // into `candidate`
  void raise_best(size_t a);                                  // by `candidate`
  void exit_from(int week, const double* before, double* after) const;
  bool reachable(int week, size_t programme, int left) const;
  bool cools_from_start(int week, size_t programme, int left) const;
  bool can_hold(int week, size_t mode) const;
  int same_as(int week, size_t programme, int left) const;
  void judge_all(int week);
  const double* ahead_of(int week, const Action& action);  // values after it, by the stock that is then left
  double cost_of(int week, const Action& action) const;
  double cost_of_exit(int week) const {
    return changes_cost ? d->exit_change_cost + Decision::by_week(d->change_more, week) : 0;
  }
  // Whether a week of it may follow another for nothing; after what may not, the price as it was goes on.
  bool may_go_on(const Action& action) const;
  size_t number_of(int programme, int level) const {
    return static_cast<size_t>(programme + 1) * d->ladder.size() + static_cast<size_t>(level);
  }
  // Values of a week before which this ran; those with nothing running where it is not known what going on is worth.
  const double* with_running(int week, size_t number);
  size_t running_after(const Action& action) const {
    return may_go_on(action) ? number_of(action.programme, action.level) : 0;
  }
  void keep_going(int week);  // from `best` and `judged`
  // The best action at each point of a part of them; kNone where there is none.
  struct Rival {
    std::vector<double> value;
    std::vector<uint32_t> action;
  };
  void clear(Rival& rival) const;
  void add_rivals(size_t a, const double* here, Rival& rival) const;  // the cost of the change is taken off
  void add_memory(int week, const Action& action, size_t its_class, Judged& out);
  void find_rivals();
  void find_rivals_of_class(size_t timer);
  void join_rivals(size_t without, size_t and_without);
  void raise_to(int week, size_t a, size_t from, size_t to, std::pair<size_t, size_t> modes_then);
  bool one_after_the_other(int week, int first_left, int second_left) const;
  void solve_mode(int week, size_t mode, size_t first, int first_left, size_t second, int second_left);
  void solve_timer(int week, size_t timer);
  void solve_pair(int week);
  std::pair<size_t, size_t> modes_after(const Action& action, size_t first, int first_left, size_t second,
                                        int second_left) const;
  void rank_all(int week);
  void take_deeper(int week);
  size_t play_rule(int week, const Timers& timers, double units, double pace) const;

  // What timers cost a stock.
  double cost_of_timers(int week, const Timers& timers, double units);
  // `running`: the number of what ran the week before.
  double value_at(int week, const Timers& timers, size_t running, double units) {
    return grid.at(with_running(week, running), units) + cost_of_timers(week, timers, units);
  }
  double worth(int week, const Action& action, const Timers& timers, double units);
  void wait_a_week(int week);  // `waited`, as it looks a week earlier when nothing is changed

  const Decision* d = nullptr;
  PlannerOptions options;
  StockGrid grid;
  WeekActions actions;
  Work* usual = nullptr;
  size_t modes = 1, kept_modes = 1, layers = 1;
  size_t pair[2] = {0, 0};         // the two programmes that cool down longest: their modes are taken together
  size_t first_pair = 0;           // mode in which both cool for their last week; 0: there is no such pair
  size_t layer = 0;                // of a monotone markdown: the level below which it may not rise
  std::vector<size_t> first_mode;  // of each timer: its last week
  std::vector<int> full;           // weeks that each timer is set to
  std::vector<int> stands_for;     // of each class: its level
  std::vector<double> exit;        // by week: of a unit that leaves in bulk, the horizon's end last
  std::vector<double> value;       // week, layer, mode, point
  bool changes_cost = false;
  struct Going {
    std::vector<double> value;  // week, point
    std::vector<bool> known;    // by week
  };
  std::vector<Going> going;      // by number: with it running
  std::vector<size_t> class_at;  // by level: its class's timer
  std::vector<Cached> rows;      // by number
  RowShelf* shelf = nullptr;     // from which they come; null: worked out
  std::vector<Judged> judged;    // by action
  std::vector<double> carried, best, candidate, share, difference, waited, after_it;
  std::vector<size_t> ruled;    // by point: the playbook's action
  std::vector<bool> ruled_any;  // by action: whether it is any point's
  std::vector<size_t> place;
  mutable std::vector<size_t> cool;      // modes whose costs are added
  std::vector<Rival> short_of, long_of;  // by programme + 1: prices and what is stateless first
  Rival short_rival, long_rival, short_deep, long_deep;
};

// One Work for each state of the level. At the start nothing is known of it: all states are one.
struct Planner::Team {
  using Timers = Work::Timers;

  void prepare(const Decision& decision, const PlannerOptions& options);
  void solve();
  void solve_week(int week);
  void mix_judged(int week);
  bool joined() const { return states.size() > 1 && options.rule == Rule::kBest && !options.exact_modes; }
  void best_of(int week, size_t mode);
  // Of figures by point that each state has found for itself: as they look before the level is drawn.
  void mix(int week, int weeks, const std::vector<std::vector<double>*>& by_state);
  size_t states_in(int week) const { return week == 0 ? 1 : states.size(); }

  // Means over the states, where nobody knows which one holds.
  template <typename Of>
  double mean_of(int week, Of of) {
    if (states_in(week) == 1) return of(works[0]);
    double sum = 0;
    for (size_t s = 0; s < states.size(); ++s) sum += states.weight[s] * of(works[s]);
    return sum;
  }
  double value_at(int week, const Timers& timers, size_t running, double units);
  double worth(int week, const Action& action, const Timers& timers, double units);
  double kept(int week, const Timers& timers, size_t running, double units);
  // What it costs to do it where something runs.
  double cost_of_change(int week, size_t running, const Action& action) const;
  // What runs after a choice; nothing chosen yet: the price as it is.
  size_t running_after(const Choice* before) const {
    return before ? works[0].running_after({before->programme, before->level, 1, 0, 0, 0, 0}) : 0;
  }
  struct Best {
    size_t action = 0;
    double value = kNever;  // less the cost of the change
  };
  Best best_action(int week, const Standing& standing, double units, const Choice* before, double give_up);
  Choice choose(int week, const Standing& standing, double units, const Choice* before, double give_up);
  void follow(Optimum& out);
  void take_step(PlannedWeek& step, std::vector<double>& units);
  void count_change(PlannedWeek& step, size_t running, Optimum& out);
  double news_of(const PlannedWeek& step, const Timers& timers, double left);
  void note_next_best(const Standing& standing, double units, double keep, const Choice& taken, Optimum& out);
  double after_waiting(int wait, const Standing& start);
  double gain_of_a_change(double units);

  const Decision* d = nullptr;
  PlannerOptions options;
  LevelStates states;
  std::vector<Decision> decisions;  // by state; empty: the level is known
  std::vector<Work> works;          // by state; more than there are states are kept for another time
  Work at_mean;                     // at the mean level, where there are several
  WeekActions actions;              // at the mean level
  std::vector<std::vector<double>*> parts;
  RowShelf shelf;
};

}  // namespace destock::clearance
