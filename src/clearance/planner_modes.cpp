// A week worked out for every mode at once. The average over demand is taken once an action. A timer that runs changes
// it by a difference that is smooth in the stock, taken at the stock expected to be left, and hardly differs from
// action to action: the best ones without it are the only ones asked.

#include "clearance/planner_work.h"
#include "clearance/wide.h"

namespace destock::clearance {
namespace {

struct Sold {
  const double* low;
  const double* high;
  double share;
};

// Where stock is expected to be left, in points: the one below, and the share of the way to the next.
DESTOCK_WIDE void find_left(Sold sold, double arriving, double per_step, int points, int32_t* place, double* share) {
  const double top = points - 1;
  for (int g = 0; g < points; ++g) {
    const double units = sold.low[g] + sold.share * (sold.high[g] - sold.low[g]);
    const double left = std::min(std::max(g + (arriving - units) * per_step, 0.0), top);
    const int below = std::min(static_cast<int>(left), points - 2);
    place[g] = below;
    share[g] = left - below;
  }
}

// later · (values at those places)
DESTOCK_WIDE void read_at(const double* values, const int32_t* place, const double* share, double later, int points,
                          double* out) {
  for (int g = 0; g < points; ++g) {
    const double low = values[place[g]];
    out[g] = later * (low + share[g] * (values[place[g] + 1] - low));
  }
}

}  // namespace

// A cooldown can run only once its programme has; one that stands for longer cooldowns as soon as those can.
bool Planner::Work::reachable(int week, size_t programme, int left) const {
  if (cools_from_start(week, programme, left)) return true;
  const Programme& runs = d->programmes[programme];
  const bool stands_for_all = same_as(week, programme, full[programme]) == left;
  return week >= runs.weeks_until_eligible + runs.weeks + (stands_for_all ? 0 : full[programme] - left);
}

bool Planner::Work::cools_from_start(int week, size_t programme, int left) const {
  return programme < d->cooling.size() && d->cooling[programme] - week >= left;
}

// The shortest cooldown that keeps its programme from running again before the horizon: longer ones are worth the
// same.
int Planner::Work::same_as(int week, size_t programme, int left) const {
  return std::min(left, std::max(1, d->weeks - week - d->programmes[programme].weeks + 1));
}

// Whether every cooldown of a mode can run in a week.
bool Planner::Work::can_hold(int week, size_t mode) const {
  const Timers timers = timers_in(mode);
  for (size_t i = 0; i < programmes(); ++i)
    if (timers[i] > 0 && !cools_from_start(week, i, timers[i]) &&
        week < d->programmes[i].weeks_until_eligible + d->programmes[i].weeks + full[i] - timers[i])
      return false;
  return true;
}

const Planner::Work::Cached& Planner::Work::with_places(const Action& action, int arriving) {
  Cached& cached = cached_of(action);
  if (cached.arriving == arriving) return cached;
  cached.arriving = arriving;
  cached.place.resize(grid.points());
  cached.share.resize(grid.points());
  const Sold sold{cached.row.low->sold.data(), cached.row.high->sold.data(), cached.row.share};
  find_left(sold, arriving, 1 / grid.step(), static_cast<int>(grid.points()), cached.place.data(), cached.share.data());
  return cached;
}

bool Planner::Work::may_go_on(const Action& action) const {
  if (action.programme < 0) return true;
  const Programme& runs = d->programmes[static_cast<size_t>(action.programme)];
  return runs.weeks == 1 && runs.cooldown_weeks == 0;
}

// A monotone markdown pays for its price where it steps down, and its programmes of a week are not followed.
double Planner::Work::cost_of(int week, const Action& action) const {
  if (!changes_cost || (layers > 1 && may_go_on(action))) return 0;
  const double more = Decision::by_week(d->change_more, week);
  if (action.programme < 0) return d->price_change_cost + more;
  const Programme& runs = d->programmes[static_cast<size_t>(action.programme)];
  return runs.change_cost + Decision::by_week(runs.change_more, week) + more;
}

const double* Planner::Work::with_running(int week, size_t number) {
  const Going& kind = going[number];
  return kind.known[static_cast<size_t>(week)] ? kind.value.data() + static_cast<size_t>(week) * grid.points()
                                               : at(week, 0);
}

const double* Planner::Work::ahead_of(int week, const Action& action) {
  const int next = week + action.weeks;
  const double* running = with_running(next, running_after(action));
  const auto own = static_cast<size_t>(std::max(0, action.programme));
  if (action.programme < 0 || full[own] == 0) return running;
  const double* bound = of_timers().at(next, mode_of(own, full[own]));
  const double* open = of_timers().at(next, 0);
  if (running == open) return bound;
  after_it.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) after_it[g] = running[g] + bound[g] - open[g];
  return after_it.data();
}

void Planner::Work::judge_all(int week) {
  if (judged.size() < actions.size()) judged.resize(actions.size());
  for (size_t a = 0; a < actions.size(); ++a) {
    const Action& action = actions[a];
    if (!of_layer(action)) continue;
    const MixedRow& row = row_of(action);
    Judged& out = judged[a];
    out.left = nullptr;
    out.later = grid.later(week, action.weeks);
    out.cost = cost_of(week, action);
    grid.average(row, ahead_of(week, action), grid.arriving(week, action.weeks), carried);
    judge(week, action, row);
    out.value.swap(candidate);
  }
}

// What its price costs programmes later, taken at the stock expected to be left.
void Planner::Work::add_memory(int week, const Action& action, size_t its_class, Judged& out) {
  out.memory.clear();
  if (its_class >= full.size()) return;
  out.left = &with_places(action, grid.arriving(week, action.weeks));
  const double* bound = of_timers().at(week + action.weeks, mode_of(its_class, full[its_class]));
  const double* open = of_timers().at(week + action.weeks, 0);
  out.memory.resize(grid.points());
  difference.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) difference[g] = bound[g] - open[g];
  read_at(difference.data(), out.left->place.data(), out.left->share.data(), out.later, static_cast<int>(grid.points()),
          out.memory.data());
  for (size_t g = 0; g < grid.points(); ++g) out.value[g] += out.memory[g];
}

// With what ran the week before: it goes on for nothing, or something else begins, or it ends at the price as it was.
void Planner::Work::keep_going(int week) {
  if (!changes_cost || layers > 1) return;
  const double* regular = nullptr;
  for (size_t a = 0; a < actions.size(); ++a)
    if (actions[a].programme < 0 && actions[a].level == 0) regular = judged[a].value.data();
  candidate.resize(grid.points());
  for (size_t a = 0; a < actions.size(); ++a) {
    if (!may_go_on(actions[a])) continue;
    const double* goes_on = judged[a].value.data();
    const double* ends = actions[a].programme >= 0 && regular ? regular : goes_on;
    for (size_t g = 0; g < grid.points(); ++g) candidate[g] = std::max({best[g], goes_on[g], ends[g]});
    Going& kind = going[number_of(actions[a].programme, actions[a].level)];
    kind.value.resize(static_cast<size_t>(d->weeks + 1) * grid.points());
    exit_from(week, candidate.data(), kind.value.data() + static_cast<size_t>(week) * grid.points());
    kind.known[static_cast<size_t>(week)] = true;
  }
}

void Planner::Work::clear(Rival& rival) const {
  rival.value.assign(grid.points(), kNever);
  rival.action.assign(grid.points(), kNone);
}

void Planner::Work::add_rivals(size_t a, const double* here, Rival& rival) const {
  double* most = rival.value.data();
  uint32_t* action = rival.action.data();
  const auto number = static_cast<uint32_t>(a);
  const double cost = judged[a].cost;
  for (size_t g = 0; g < grid.points(); ++g) {
    const double value_here = here[g] - cost;
    action[g] = value_here > most[g] ? number : action[g];
    most[g] = std::max(most[g], value_here);
  }
}

// The best action at every point of each programme, and of what no timer binds; those of a week and those of several
// apart, for what runs is over sooner after those.
void Planner::Work::find_rivals() {
  short_of.resize(programmes() + 1);
  long_of.resize(programmes() + 1);
  for (std::vector<Rival>* rivals : {&short_of, &long_of})
    for (Rival& rival : *rivals) clear(rival);
  for (size_t a = 0; a < actions.size(); ++a) {
    if (!of_layer(actions[a])) continue;
    const int own = actions[a].programme;
    const size_t part = own >= 0 && full[static_cast<size_t>(own)] > 0 ? static_cast<size_t>(own) + 1 : 0;
    add_rivals(a, judged[a].value.data(), actions[a].weeks == 1 ? short_of[part] : long_of[part]);
  }
}

// Where a class binds: of the prices as deep or deeper, whose own memory lasts longer; and of the others, whose own
// memory then costs nothing more.
void Planner::Work::find_rivals_of_class(size_t timer) {
  for (Rival* rival : {&short_rival, &long_rival, &short_deep, &long_deep}) clear(*rival);
  for (size_t a = 0; a < actions.size(); ++a) {
    if (!of_layer(actions[a]) || binds(timer, actions[a])) continue;
    const size_t own = class_of(actions[a]);
    const bool deep = own < full.size() && own >= timer;
    const double* here = judged[a].value.data();
    if (!deep && !judged[a].memory.empty()) {
      candidate.resize(grid.points());
      for (size_t g = 0; g < grid.points(); ++g) candidate[g] = here[g] - judged[a].memory[g];
      here = candidate.data();
    }
    if (actions[a].weeks == 1)
      add_rivals(a, here, deep ? short_deep : short_rival);
    else
      add_rivals(a, here, deep ? long_deep : long_rival);
  }
}

// Of all programmes but one or two.
void Planner::Work::join_rivals(size_t without, size_t and_without) {
  const auto join = [&](const std::vector<Rival>& parts, Rival& out) {
    out = parts[0];
    for (size_t i = 0; i < programmes(); ++i) {
      if (i == without || i == and_without || full[i] == 0) continue;
      const double* here = parts[i + 1].value.data();
      for (size_t g = 0; g < grid.points(); ++g) {
        out.action[g] = here[g] > out.value[g] ? parts[i + 1].action[g] : out.action[g];
        out.value[g] = std::max(out.value[g], here[g]);
      }
    }
  };
  join(short_of, short_rival);
  join(long_of, long_rival);
  clear(short_deep);
  clear(long_deep);
}

// `best` raised to an action's value where another mode holds after it than `judged` took, from one point to another.
void Planner::Work::raise_to(int week, size_t a, size_t from, size_t to, std::pair<size_t, size_t> modes_then) {
  Judged& action = judged[a];
  const double* here = action.value.data();
  double* most = best.data();
  const double cost = action.cost;
  if (modes_then.first == modes_then.second) {
    for (size_t g = from; g < to; ++g) most[g] = std::max(most[g], here[g] - cost);
    return;
  }
  if (!action.left) action.left = &with_places(actions[a], grid.arriving(week, actions[a].weeks));
  const double* taken = at(week + actions[a].weeks, modes_then.first);
  const double* instead = at(week + actions[a].weeks, modes_then.second);
  const int32_t* place_of = action.left->place.data();
  const double* share_of = action.left->share.data();
  const double later = action.later;
  for (size_t g = from; g < to; ++g) {
    const auto k = static_cast<size_t>(place_of[g]);
    const double low = instead[k] - taken[k];
    const double high = instead[k + 1] - taken[k + 1];
    most[g] = std::max(most[g], here[g] - cost + later * (low + share_of[g] * (high - low)));
  }
}

// What holds after an action where one or two timers run (`second_left` 0: one alone): the mode that `judged` took for
// it, and the one that holds instead.
std::pair<size_t, size_t> Planner::Work::modes_after(const Action& action, size_t first, int first_left, size_t second,
                                                     int second_left) const {
  const int a = first_left - action.weeks;
  const int b = second_left - action.weeks;
  if (is_class(first)) {
    // Its own price, as deep or deeper, binds for longer and is counted already; one less deep binds no more.
    const size_t own = class_of(action);
    if (a <= 0 || (own < full.size() && own >= first)) return {0, 0};
    return {own < full.size() ? mode_of(own, full[own]) : 0, mode_of(first, a)};
  }
  if (a > 0 && b > 0) return {0, pair_mode(a, b)};
  if (b > 0) return {0, mode_of(second, b)};
  if (a <= 0) return {0, 0};
  const size_t own = action.programme < 0 ? full.size() : static_cast<size_t>(action.programme);
  if (first_pair > 0 && first == pair[0] && own == pair[1]) return {mode_of(own, full[own]), pair_mode(a, full[own])};
  if (first_pair > 0 && first == pair[1] && own == pair[0]) return {mode_of(own, full[own]), pair_mode(full[own], a)};
  return {0, mode_of(first, a)};
}

void Planner::Work::solve_mode(int week, size_t mode, size_t first, int first_left, size_t second, int second_left) {
  const double* open = at(week, 0);
  std::fill(best.begin(), best.end(), kNever);
  for (const Rival* rival : {&short_rival, &long_rival, &short_deep, &long_deep})
    for (size_t from = 0; from < grid.points();) {
      const uint32_t a = rival->action[from];
      size_t to = from + 1;
      while (to < grid.points() && rival->action[to] == a) ++to;
      if (a != kNone) raise_to(week, a, from, to, modes_after(actions[a], first, first_left, second, second_left));
      from = to;
    }
  for (size_t g = 0; g < grid.points(); ++g) best[g] = std::min(best[g], open[g]);
  exit_from(week, best.data(), at(week, mode));
}

void Planner::Work::solve_timer(int week, size_t timer) {
  if (is_class(timer))
    find_rivals_of_class(timer);
  else
    join_rivals(timer, timer);
  for (int left = 1; left <= full[timer]; ++left) {
    const size_t mode = mode_of(timer, left);
    if (!is_class(timer)) {
      const size_t same = mode_of(timer, same_as(week, timer, left));
      if (same != mode) {
        std::copy(at(week, same), at(week, same) + grid.points(), at(week, mode));
        continue;
      }
      if (!reachable(week, timer, left)) continue;
    }
    solve_mode(week, mode, timer, left, timer, 0);
  }
}

// Whether both may cool so: the later of the two began when the earlier was over.
bool Planner::Work::one_after_the_other(int week, int first_left, int second_left) const {
  const int since_first = full[pair[0]] - first_left;
  const int since_second = full[pair[1]] - second_left;
  if (cools_from_start(week, pair[0], first_left) || cools_from_start(week, pair[1], second_left)) return true;
  // Near the horizon a cooldown stands for all longer ones.
  if (same_as(week, pair[0], full[pair[0]]) == first_left || same_as(week, pair[1], full[pair[1]]) == second_left)
    return true;
  return since_first < since_second ? since_second - since_first >= d->programmes[pair[0]].weeks
                                    : since_first - since_second >= d->programmes[pair[1]].weeks;
}

void Planner::Work::solve_pair(int week) {
  join_rivals(pair[0], pair[1]);
  for (int a = 1; a <= full[pair[0]]; ++a)
    for (int b = 1; b <= full[pair[1]]; ++b) {
      const size_t mode = pair_mode(a, b);
      const size_t same = pair_mode(same_as(week, pair[0], a), same_as(week, pair[1], b));
      if (same != mode)
        std::copy(at(week, same), at(week, same) + grid.points(), at(week, mode));
      else if (reachable(week, pair[0], a) && reachable(week, pair[1], b) && one_after_the_other(week, a, b))
        solve_mode(week, mode, pair[0], a, pair[1], b);
    }
}

void Planner::Work::rank_all(int week) {
  for (size_t a = 0; a < actions.size(); ++a)
    if (of_layer(actions[a])) add_memory(week, actions[a], class_of(actions[a]), judged[a]);
  best.assign(grid.points(), kNever);
  if (usual) {
    for (size_t a = 0; a < actions.size(); ++a) {
      if (!of_layer(actions[a])) continue;
      const double* here = judged[a].value.data();
      const double cost = judged[a].cost;
      for (size_t g = 0; g < grid.points(); ++g) best[g] = std::max(best[g], here[g] - cost);
    }
  } else {
    find_rivals();
    for (const std::vector<Rival>* parts : {&short_of, &long_of})
      for (const Rival& part : *parts)
        for (size_t g = 0; g < grid.points(); ++g) best[g] = std::max(best[g], part.value[g]);
  }
  keep_going(week);
  exit_from(week, best.data(), at(week, 0));
  if (usual) return;
  for (size_t timer = 0; timer < full.size(); ++timer)
    if (full[timer] > 0) solve_timer(week, timer);
  if (first_pair > 0) solve_pair(week);
}

}  // namespace destock::clearance
