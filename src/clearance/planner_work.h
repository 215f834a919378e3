#pragma once
// What the planner keeps between weeks and calls. Split over planner.cpp, which works backwards, and planner_path.cpp,
// which follows the plan forwards.

#include <cstdint>
#include <vector>

#include "clearance/planner.h"
#include "clearance/stock_grid.h"
#include "clearance/week_actions.h"

namespace destock::clearance {

inline constexpr double kNever = -1e300;

struct Planner::Work {
  using Cooling = std::vector<int>;  // weeks left, by programme
  static constexpr uint32_t kNone = UINT32_MAX;
  struct Cached {
    Demand demand;
    DemandRow row;
  };
  // What an action is worth with nothing cooling but what it leaves, and where it is expected to leave the stock.
  struct Judged {
    std::vector<double> value, share;
    std::vector<uint32_t> place;
    double later = 1;
  };

  void prepare(const Decision& decision, const PlannerOptions& chosen);
  double* at(int week, size_t mode) {
    return value.data() + (static_cast<size_t>(week) * modes + mode) * grid.points();
  }
  // The mode of a programme that cools down for so many weeks; 0 where it does not.
  size_t mode_of(size_t programme, int weeks) const {
    return weeks <= 0 ? 0 : first_mode[programme] + static_cast<size_t>(weeks) - 1;
  }
  const DemandRow& row_of(int week, const Action& action);
  void judge(int week, const Action& action, const DemandRow& row);
  void add_difference(size_t mode, int then);
  void find_places(const DemandRow& row, int units);
  bool continue_with(int week, const Action& action, const DemandRow& row, const Cooling& cooling);
  Cooling cooling_of(size_t mode) const;
  void best_of(int week, const Cooling& cooling);
  void exit_from(const double* before, double* after) const;
  bool reachable(int week, size_t mode) const;
  size_t same_as(int week, size_t mode) const;
  void judge_all(int week);
  void find_rivals(int without);
  bool cools(const Action& action) const;
  double with_cooling(int week, size_t a, size_t g, size_t programme, int left);
  void solve_all_modes(int week);
  void solve_week(int week);
  size_t play_rule(int week, const Cooling& cooling, double units) const;
  bool waiting_inbound(int week) const;
  double after_waiting(int wait);
  double value_at(int week, const Cooling& cooling, double units);
  bool worth(int week, const Action& action, const Cooling& cooling, double units, double& out);
  double kept(int week, const Cooling& cooling, double units);
  size_t best_action(int week, const Cooling& cooling, double units);
  void follow(Optimum& out);
  void note_next_best(double units, double keep, size_t taken, Optimum& out);

  const Decision* d = nullptr;
  PlannerOptions options;
  StockGrid grid;
  WeekActions actions;
  size_t modes = 1;
  std::vector<size_t> first_mode;  // of each programme: its cooldown of one week
  std::vector<double> value;       // week, mode, point
  std::vector<Cached> rows;        // by programme + 1, level
  std::vector<Judged> judged;      // by action
  std::vector<double> carried, best, candidate, share, difference, waited, short_value, long_value;
  std::vector<size_t> place;
  std::vector<uint32_t> short_rival, long_rival;
};

}  // namespace destock::clearance
