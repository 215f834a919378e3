#include "clearance/planner.h"

#include <algorithm>
#include <cmath>

#include "clearance/fluid_bound.h"
#include "clearance/planner_work.h"

namespace destock::clearance {
namespace {

constexpr double kMonthWeeks = 365.25 / 12 / 7;

}  // namespace

void Planner::Work::prepare(const Decision& decision, const PlannerOptions& chosen_options) {
  d = &decision;
  options = chosen_options;
  grid.begin(decision, options.grid);
  actions.begin(decision, options.rule == Rule::kBest   ? Choose::kHull
                          : options.rule == Rule::kHold ? Choose::kHoldOnly
                                                        : Choose::kAll);
  first_mode.clear();
  modes = 1;
  for (const Programme& programme : decision.programmes) {
    first_mode.push_back(modes);
    modes += static_cast<size_t>(std::min(programme.cooldown_weeks, decision.weeks));
  }
  value.assign(static_cast<size_t>(decision.weeks + 1) * modes * grid.points(), 0);
  rows.resize((decision.programmes.size() + 1) * decision.ladder.size());
  for (Cached& cached : rows) cached.row.sold.clear();
  const Concave end = end_value(decision);
  for (size_t mode = 0; mode < modes; ++mode)
    for (size_t g = 0; g < grid.points(); ++g) at(decision.weeks, mode)[g] = value_of(end, grid.stock(g));
}

const DemandRow& Planner::Work::row_of(int week, const Action& action) {
  Cached& cached =
      rows[static_cast<size_t>(action.programme + 1) * d->ladder.size() + static_cast<size_t>(action.level)];
  const double uplift = action.programme < 0 ? 1 : d->programmes[static_cast<size_t>(action.programme)].uplift;
  const Demand demand = demand_at(*d, week, action.weeks, d->ladder[static_cast<size_t>(action.level)], uplift);
  if (cached.row.sold.size() != grid.points() || cached.demand.mean != demand.mean ||
      cached.demand.variance != demand.variance) {
    cached.demand = demand;
    demand_row(demand, grid.step(), grid.points(), cached.row);
  }
  return cached.row;
}

// Value of an action at every point when its continuation is in `carried`, into `candidate`.
void Planner::Work::judge(int week, const Action& action, const DemandRow& row) {
  const double net = d->net(d->ladder[static_cast<size_t>(action.level)]) * grid.mean_power(action.weeks);
  const double later = grid.power(action.weeks);
  const double fee = action.programme < 0 ? 0 : d->programmes[static_cast<size_t>(action.programme)].fixed_fee;
  candidate.resize(grid.points());
  const double* held = grid.holding(week);
  for (size_t g = 0; g < grid.points(); ++g) candidate[g] = net * row.sold[g] - fee + later * carried[g] - held[g];
  if (action.weeks > 1)
    for (size_t g = 0; g < grid.points(); ++g) candidate[g] -= grid.holding(week, action.weeks, g) - held[g];
}

// What a mode is worth less than none, at the stock that an action is expected to leave: `place`, per point.
void Planner::Work::add_difference(size_t mode, int then) {
  const double* blocked = at(then, mode);
  const double* open = at(then, 0);
  difference.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) difference[g] = blocked[g] - open[g];
  for (size_t g = 0; g < grid.points(); ++g) {
    const size_t from = place[g];
    carried[g] += difference[from] + share[g] * (difference[from + 1] - difference[from]);
  }
}

void Planner::Work::find_places(const DemandRow& row, int units) {
  place.resize(grid.points());
  share.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) {
    const double left =
        std::clamp((grid.stock(g) - row.sold[g] + units) / grid.step(), 0.0, static_cast<double>(grid.points() - 1));
    place[g] = std::min(static_cast<size_t>(left), grid.points() - 2);
    share[g] = left - static_cast<double>(place[g]);
  }
}

// The continuation of an action where `cooling` holds; false where it may not be taken. What several programmes cost
// that cool at once is added up, each as if alone, at the stock that is expected to be left.
bool Planner::Work::continue_with(int week, const Action& action, const DemandRow& row, const Cooling& cooling) {
  const int then = week + action.weeks;
  const int units = grid.arriving(week, action.weeks);
  std::vector<size_t> cool;  // modes at `then`
  for (size_t i = 0; i < cooling.size(); ++i) {
    const bool own = static_cast<int>(i) == action.programme;
    if (own && cooling[i] > 0) return false;
    const int left = own ? std::min(d->programmes[i].cooldown_weeks, d->weeks) : cooling[i] - action.weeks;
    if (left > 0) cool.push_back(mode_of(i, left));
    if (own && left > 0) std::swap(cool.front(), cool.back());
  }
  grid.average(row, at(then, cool.empty() ? 0 : cool.front()), units, carried);
  if (cool.size() > 1) find_places(row, units);
  for (size_t k = 1; k < cool.size(); ++k) add_difference(cool[k], then);
  return true;
}

Planner::Work::Cooling Planner::Work::cooling_of(size_t mode) const {
  Cooling cooling(d->programmes.size(), 0);
  if (mode == 0) return cooling;
  size_t i = d->programmes.size() - 1;
  while (first_mode[i] > mode) --i;
  cooling[i] = static_cast<int>(mode - first_mode[i]) + 1;
  return cooling;
}

// Best value of every point before any exit.
void Planner::Work::best_of(int week, const Cooling& cooling) {
  best.assign(grid.points(), kNever);
  for (size_t a = 0; a < actions.size(); ++a) {
    const DemandRow& row = row_of(week, actions[a]);
    if (!continue_with(week, actions[a], row, cooling)) continue;
    judge(week, actions[a], row);
    if (options.rule == Rule::kPlaybook) {
      for (size_t g = 0; g < grid.points(); ++g)
        if (play_rule(week, cooling, grid.stock(g)) == a) best[g] = candidate[g];
    } else {
      for (size_t g = 0; g < grid.points(); ++g) best[g] = std::max(best[g], candidate[g]);
    }
  }
}

void Planner::Work::exit_from(const double* before, double* after) const {
  std::copy(before, before + grid.points(), after);
  if (options.rule != Rule::kBest || d->exits.empty()) return;
  const double exit = d->exit_value().value_or(0);
  double most = kNever;
  for (size_t g = 0; g < grid.points(); ++g) {
    most = std::max(most, before[g] - exit * grid.stock(g));
    after[g] = most + exit * grid.stock(g);
  }
}

// A mode can hold only once its programme has run; one that stands for longer cooldowns as soon as those can.
bool Planner::Work::reachable(int week, size_t mode) const {
  if (mode == 0) return true;
  size_t i = first_mode.size() - 1;
  while (first_mode[i] > mode) --i;
  const Programme& programme = d->programmes[i];
  const int full = std::min(programme.cooldown_weeks, d->weeks);
  const int left = static_cast<int>(mode - first_mode[i]) + 1;
  const bool stands_for_all = same_as(week, mode_of(i, full)) == mode;
  return week >= programme.weeks_until_eligible + programme.weeks + (stands_for_all ? 0 : full - left);
}

// The shortest cooldown that keeps its programme from running again before the horizon: longer ones are worth the
// same.
size_t Planner::Work::same_as(int week, size_t mode) const {
  if (mode == 0) return 0;
  size_t i = first_mode.size() - 1;
  while (first_mode[i] > mode) --i;
  const int left = static_cast<int>(mode - first_mode[i]) + 1;
  const int never = std::max(1, d->weeks - week - d->programmes[i].weeks + 1);
  return first_mode[i] + static_cast<size_t>(std::min(left, never)) - 1;
}

void Planner::Work::judge_all(int week) {
  if (judged.size() < actions.size()) judged.resize(actions.size());
  for (size_t a = 0; a < actions.size(); ++a) {
    const Action& action = actions[a];
    const DemandRow& row = row_of(week, action);
    const int units = grid.arriving(week, action.weeks);
    const auto own = static_cast<size_t>(std::max(0, action.programme));
    const int cool = action.programme < 0 ? 0 : std::min(d->programmes[own].cooldown_weeks, d->weeks);
    grid.average(row, at(week + action.weeks, action.programme < 0 ? 0 : mode_of(own, cool)), units, carried);
    judge(week, action, row);
    Judged& out = judged[a];
    out.value = candidate;
    out.later = grid.power(action.weeks);
    out.place.resize(grid.points());
    out.share.resize(grid.points());
    const double per_step = 1 / grid.step();
    const auto top = static_cast<double>(grid.points() - 1);
    for (size_t g = 0; g < grid.points(); ++g) {
      const double left = std::clamp(static_cast<double>(g) + (units - row.sold[g]) * per_step, 0.0, top);
      out.place[g] = std::min(static_cast<uint32_t>(left), static_cast<uint32_t>(grid.points() - 2));
      out.share[g] = left - out.place[g];
    }
  }
}

// The best action at every point that is not `without`: one of a week, and one of several, for what cools is over
// sooner after those. kNone where there is none.
void Planner::Work::find_rivals(int without) {
  short_rival.assign(grid.points(), kNone);
  long_rival.assign(grid.points(), kNone);
  short_value.assign(grid.points(), kNever);
  long_value.assign(grid.points(), kNever);
  for (size_t a = 0; a < actions.size(); ++a) {
    if (actions[a].programme == without && without >= 0 && cools(actions[a])) continue;
    const bool is_short = actions[a].weeks == 1;
    uint32_t* rival = is_short ? short_rival.data() : long_rival.data();
    double* most = is_short ? short_value.data() : long_value.data();
    const double* here = judged[a].value.data();
    for (size_t g = 0; g < grid.points(); ++g) {
      const bool better = here[g] > most[g];
      rival[g] = better ? static_cast<uint32_t>(a) : rival[g];
      most[g] = better ? here[g] : most[g];
    }
  }
}
bool Planner::Work::cools(const Action& action) const {
  return action.programme >= 0 && d->programmes[static_cast<size_t>(action.programme)].cooldown_weeks > 0;
}

double Planner::Work::with_cooling(int week, size_t a, size_t g, size_t programme, int left) {
  const Judged& action = judged[a];
  const int weeks = actions[a].weeks;
  if (left <= weeks) return action.value[g];
  const double* blocked = at(week + weeks, mode_of(programme, left - weeks));
  const double* open = at(week + weeks, 0);
  const size_t k = action.place[g];
  const double low = blocked[k] - open[k];
  const double high = blocked[k + 1] - open[k + 1];
  return action.value[g] + action.later * (low + action.share[g] * (high - low));
}

// Every mode at once: the average over demand is worked out once an action. What cools changes it by a difference
// that is smooth in the stock, taken at the stock expected to be left, and hardly differs from action to action: the
// best ones without it are the only ones asked.
void Planner::Work::solve_all_modes(int week) {
  judge_all(week);
  best.assign(grid.points(), kNever);
  for (size_t a = 0; a < actions.size(); ++a)
    for (size_t g = 0; g < grid.points(); ++g) best[g] = std::max(best[g], judged[a].value[g]);
  exit_from(best.data(), at(week, 0));
  for (size_t i = 0; i < d->programmes.size(); ++i) {
    const int full = std::min(d->programmes[i].cooldown_weeks, d->weeks);
    if (full > 0) find_rivals(static_cast<int>(i));
    for (int left = 1; left <= full; ++left) {
      const size_t mode = mode_of(i, left);
      const size_t same = same_as(week, mode);
      if (same != mode) {
        std::copy(at(week, same), at(week, same) + grid.points(), at(week, mode));
        continue;
      }
      if (!reachable(week, mode)) continue;
      for (size_t g = 0; g < grid.points(); ++g) {
        best[g] = with_cooling(week, short_rival[g], g, i, left);
        if (long_rival[g] != kNone) best[g] = std::max(best[g], with_cooling(week, long_rival[g], g, i, left));
      }
      exit_from(best.data(), at(week, mode));
    }
  }
}

void Planner::Work::solve_week(int week) {
  actions.find(week);
  if (options.rule == Rule::kBest && !options.exact_modes) {
    solve_all_modes(week);
    return;
  }
  for (size_t mode = 0; mode < modes; ++mode) {
    best_of(week, cooling_of(mode));
    exit_from(best.data(), at(week, mode));
  }
}

// The playbook: up to three months of sales the price stays; up to five an Outlet at a fifth off, once it may run;
// above, the three stages, a month each.
size_t Planner::Work::play_rule(int week, const Cooling& cooling, double units) const {
  const double ratio = units / std::max(1e-9, d->base_in(week) * kMonthWeeks);
  const auto level_at = [&](int programme, double price) {
    size_t found = 0;
    double nearest = 1e300;
    for (size_t a = 0; a < actions.size(); ++a) {
      if (actions[a].programme != programme) continue;
      const double off = std::abs(d->ladder[static_cast<size_t>(actions[a].level)] - price);
      if (off < nearest) {
        nearest = off;
        found = a;
      }
    }
    return found;
  };
  if (ratio <= 3) return level_at(-1, d->price);
  if (ratio <= 5)
    for (size_t i = 0; i < d->programmes.size(); ++i)
      if (d->programmes[i].channel == "outlet" && cooling[i] == 0 && week >= d->programmes[i].weeks_until_eligible &&
          week + d->programmes[i].weeks <= d->weeks)
        return level_at(static_cast<int>(i), 0.8 * d->price);
  if (d->stage_prices.empty()) return level_at(-1, d->price);
  const auto stage = std::min(static_cast<size_t>(week / 4), d->stage_prices.size() - 1);
  return level_at(-1, std::min(d->price, d->stage_prices[stage]));
}

Planner::Planner() : work_(std::make_unique<Work>()) {}
Planner::~Planner() = default;
Planner::Planner(Planner&&) noexcept = default;
Planner& Planner::operator=(Planner&&) noexcept = default;

Optimum Planner::solve(const Decision& decision, const PlannerOptions& options) {
  Optimum out;
  if (options.rule == Rule::kLiquidate) {
    const double exit = decision.exit_value().value_or(0);
    out.value = exit * decision.on_hand;
    for (size_t week = 1; week < decision.inbound.size(); ++week)
      out.value += exit * decision.inbound[week] * std::pow(decision.discount_a_week, static_cast<double>(week));
    return out;
  }
  work_->prepare(decision, options);
  for (int week = decision.weeks - 1; week >= 0; --week) work_->solve_week(week);
  out.value = work_->grid.at(work_->at(0, 0), decision.on_hand);
  if (options.path) {
    work_->follow(out);
    for (size_t i = 0; i < kDelays.size(); ++i)
      if (kDelays[i] < decision.weeks)
        out.cost_of_delay[i] = std::max(0.0, out.value - work_->after_waiting(kDelays[i]));
  }
  return out;
}

}  // namespace destock::clearance
