#include "clearance/planner.h"

#include <cmath>

#include "clearance/demand_row.h"
#include "clearance/fluid_bound.h"

namespace destock::clearance {
namespace {

constexpr double kNever = -1e300;
constexpr double kDiscountSlack = 1e-3;  // discounts are of rounded prices
constexpr double kWorthLeaving = 1e-7;   // of the value: less is rounding
constexpr double kThin = 5e-4;           // of the largest revenue
constexpr double kMonthWeeks = 365.25 / 12 / 7;

struct Action {
  int programme = -1;
  int level = 0;
  int weeks = 1;
  double mean = 0, revenue = 0;  // of the weeks, stock without end; the fee taken off
  bool cools = false;            // its programme may not run again at once
};

// The actions on the upper concave hull of revenue against mean: the others are worth less than a mix of two of these.
// The current price stays, so that holding is always among them.
void keep_hull(std::vector<Action>& actions) {
  std::sort(actions.begin(), actions.end(), [](const Action& a, const Action& b) {
    return a.mean != b.mean ? a.mean < b.mean : a.revenue > b.revenue;
  });
  std::vector<Action> hull;
  for (const Action& action : actions) {
    if (!hull.empty() && action.revenue < hull.back().revenue - 1e-12 && action.mean <= hull.back().mean + 1e-12)
      continue;
    while (hull.size() >= 2) {
      const Action& a = hull[hull.size() - 2];
      const Action& b = hull.back();
      if ((b.revenue - a.revenue) * (action.mean - a.mean) > (action.revenue - a.revenue) * (b.mean - a.mean)) break;
      hull.pop_back();
    }
    hull.push_back(action);
  }
  // Of many levels that lie almost on a line the inner ones are worth next to nothing more.
  double most = 0;
  for (const Action& action : hull) most = std::max(most, std::abs(action.revenue));
  for (size_t i = 1; i + 1 < hull.size();) {
    const Action& a = hull[i - 1];
    const Action& b = hull[i + 1];
    const double share = (hull[i].mean - a.mean) / (b.mean - a.mean);
    const double line = a.revenue + share * (b.revenue - a.revenue);
    if (hull[i].revenue - line < kThin * most)
      hull.erase(hull.begin() + static_cast<std::ptrdiff_t>(i));
    else
      ++i;
  }
  actions = std::move(hull);
}

// out[g] += Σ weight[j] · from[g − j]: the one loop that takes the time. Eight weights a pass, so that a point is read
// and written once for them; for wide vectors where the processor has them.
#if defined(__x86_64__) && defined(__GNUC__) && !defined(__clang__) && !defined(__SANITIZE_ADDRESS__) && \
    !defined(__SANITIZE_THREAD__)
__attribute__((target_clones("arch=x86-64-v4", "arch=x86-64-v3", "default")))
#endif
void add_weighted(const double* weight, size_t weights, const double* from, size_t points, double* out) {
  size_t j = 0;
  for (; j + 8 <= weights; j += 8) {
    const double* w = weight + j;
    const double* f = from - j - 7;
    for (size_t g = 0; g < points; ++g)
      out[g] += w[7] * f[g] + w[6] * f[g + 1] + w[5] * f[g + 2] + w[4] * f[g + 3] + w[3] * f[g + 4] + w[2] * f[g + 5] +
                w[1] * f[g + 6] + w[0] * f[g + 7];
  }
  for (; j < weights; ++j) {
    const double w = weight[j];
    const double* f = from - j;
    for (size_t g = 0; g < points; ++g) out[g] += w * f[g];
  }
}

}  // namespace

struct Planner::Work {
  const Decision* d = nullptr;
  PlannerOptions options;
  size_t points = 0;
  double step = 1;
  size_t modes = 1;
  std::vector<size_t> first_mode;            // of each programme: its cooldown of one week
  std::vector<double> value;                 // week, mode, point
  std::vector<std::vector<double>> holding;  // by week: of each point's stock
  struct Cached {
    Demand demand;
    DemandRow row;
  };
  std::vector<Cached> rows;  // by programme + 1, level
  std::vector<Action> actions;
  std::vector<double> padded, carried, best, candidate, share, difference, every_best, waited;
  std::vector<size_t> chosen, place;

  double* at(int week, size_t mode) { return value.data() + (static_cast<size_t>(week) * modes + mode) * points; }
  double stock(size_t point) const { return step * static_cast<double>(point); }

  // The mode of a programme that cools down for so many weeks; 0 where it does not.
  size_t mode_of(size_t programme, int weeks) const {
    return weeks <= 0 ? 0 : first_mode[programme] + static_cast<size_t>(weeks) - 1;
  }

  const DemandRow& row_of(int week, const Action& action) {
    Cached& cached =
        rows[static_cast<size_t>(action.programme + 1) * d->ladder.size() + static_cast<size_t>(action.level)];
    const double uplift = action.programme < 0 ? 1 : d->programmes[static_cast<size_t>(action.programme)].uplift;
    const Demand demand = demand_at(*d, week, action.weeks, d->ladder[static_cast<size_t>(action.level)], uplift);
    if (cached.row.sold.size() != points || cached.demand.mean != demand.mean ||
        cached.demand.variance != demand.variance) {
      cached.demand = demand;
      demand_row(demand, step, points, cached.row);
    }
    return cached.row;
  }

  void prepare(const Decision& decision, const PlannerOptions& chosen_options) {
    d = &decision;
    options = chosen_options;
    const auto units = static_cast<size_t>(std::max(1, decision.total_units()));
    points = std::min(units, options.grid) + 1;
    step = static_cast<double>(units) / static_cast<double>(points - 1);
    first_mode.clear();
    modes = 1;
    for (const Programme& programme : decision.programmes) {
      first_mode.push_back(modes);
      modes += static_cast<size_t>(std::min(programme.cooldown_weeks, decision.weeks));
    }
    value.assign(static_cast<size_t>(decision.weeks + 1) * modes * points, 0);
    rows.resize((decision.programmes.size() + 1) * decision.ladder.size());
    for (Cached& cached : rows) cached.row.sold.clear();
    prepare_holding();
    const Concave end = end_value(decision);
    for (size_t mode = 0; mode < modes; ++mode)
      for (size_t g = 0; g < points; ++g) at(decision.weeks, mode)[g] = value_of(end, stock(g));
  }

  void prepare_holding() {
    holding.resize(static_cast<size_t>(d->weeks));
    for (int week = 0; week < d->weeks; ++week) {
      auto& cost = holding[static_cast<size_t>(week)];
      cost.assign(points, 0);
      for (size_t g = 0; g < points; ++g) {
        double units = stock(g);
        for (const auto& cohort : d->cohorts) {
          if (cohort.arrives > week) continue;
          const double here = std::min(units, static_cast<double>(cohort.units));
          cost[g] += here * cohort.rate[std::min(static_cast<size_t>(week), cohort.rate.size() - 1)];
          units -= here;
          if (units <= 0) break;
        }
      }
    }
  }

  double holding_of(int week, int weeks, size_t g) const {
    double sum = 0;
    double factor = 1;
    for (int w = 0; w < weeks; ++w) {
      sum += factor * holding[static_cast<size_t>(week + w)][g];
      factor *= d->discount_a_week;
    }
    return sum;
  }

  void add_level(int week, int programme, size_t level) {
    Action action{programme, static_cast<int>(level), 1, 0, 0};
    double uplift = 1;
    double fee = 0;
    if (programme >= 0) {
      const Programme& of = d->programmes[static_cast<size_t>(programme)];
      action.weeks = of.weeks;
      uplift = of.uplift;
      fee = of.fixed_fee;
    }
    action.mean = demand_at(*d, week, action.weeks, d->ladder[level], uplift).mean;
    action.revenue = action.mean * d->net(d->ladder[level]) - fee;
    actions.push_back(action);
  }

  bool may_run(int week, const Programme& programme) const {
    return week >= programme.weeks_until_eligible && week + programme.weeks <= d->weeks;
  }

  void add_programme(int week, size_t i) {
    const Programme& programme = d->programmes[i];
    if (!may_run(week, programme)) return;
    for (size_t level = 0; level < d->ladder.size(); ++level) {
      const double discount = 1 - d->ladder[level] / d->price;
      if (discount >= programme.min_discount - kDiscountSlack && discount <= programme.max_discount + kDiscountSlack)
        add_level(week, static_cast<int>(i), level);
    }
  }

  // What may be done in a week, the stateless first: prices, and programmes of a week without a cooldown, which differ
  // from a price only by what they sell and cost.
  void find_actions(int week) {
    actions.clear();
    if (options.rule == Rule::kHold) {
      add_level(week, -1, 0);
      return;
    }
    const bool prune = options.rule == Rule::kBest;
    for (size_t level = 0; level < d->ladder.size(); ++level) add_level(week, -1, level);
    const Action regular = actions.front();
    const auto stateless = [&](const Programme& programme) {
      return programme.weeks == 1 && programme.cooldown_weeks == 0;
    };
    for (size_t i = 0; i < d->programmes.size(); ++i)
      if (stateless(d->programmes[i])) add_programme(week, i);
    if (prune) {
      keep_hull(actions);
      if (std::none_of(actions.begin(), actions.end(), [](const Action& a) { return a.level == 0 && a.programme < 0; }))
        actions.push_back(regular);
    }
    std::vector<Action> all = std::move(actions);
    for (size_t i = 0; i < d->programmes.size(); ++i) {
      if (stateless(d->programmes[i])) continue;
      actions.clear();
      add_programme(week, i);
      if (prune) keep_hull(actions);
      all.insert(all.end(), actions.begin(), actions.end());
    }
    actions = std::move(all);
  }

  int arriving(int week, int weeks) const {
    int units = 0;
    for (int w = 1; w <= weeks; ++w)
      if (static_cast<size_t>(week + w) < d->inbound.size() && week + w < d->weeks)
        units += d->inbound[static_cast<size_t>(week + w)];
    return units;
  }

  // E[V(x − min(D, x) + arriving)] at every point, into `carried`.
  void carry(const DemandRow& row, const double* then, int arriving_units) {
    const size_t reach = row.weight.size();
    padded.resize(points + reach);
    double* base = padded.data() + reach;
    if (arriving_units == 0) {
      std::copy(then, then + points, base);
    } else {
      for (size_t g = 0; g < points; ++g) base[g] = interpolated(then, stock(g) + arriving_units);
    }
    std::fill(padded.begin(), padded.begin() + static_cast<std::ptrdiff_t>(reach), base[0]);
    carried.assign(points, row.rest * base[0]);
    double* out = carried.data();
    add_weighted(row.weight.data(), reach, base, points, out);
  }

  double interpolated(const double* values, double units) const {
    const double point = std::min(units / step, static_cast<double>(points - 1));
    const auto g = std::min(static_cast<size_t>(point), points - 2);
    return values[g] + (point - static_cast<double>(g)) * (values[g + 1] - values[g]);
  }

  double paid_share(int weeks) const {
    double sum = 0;
    for (int w = 0; w < weeks; ++w) sum += std::pow(d->discount_a_week, w) / weeks;
    return sum;
  }

  // Value of an action at every point when its continuation is in `carried`, into `candidate`.
  void judge(int week, const Action& action, const DemandRow& row) {
    const double net = d->net(d->ladder[static_cast<size_t>(action.level)]) * paid_share(action.weeks);
    const double later = std::pow(d->discount_a_week, action.weeks);
    const double fee = action.programme < 0 ? 0 : d->programmes[static_cast<size_t>(action.programme)].fixed_fee;
    candidate.resize(points);
    const double* held = holding[static_cast<size_t>(week)].data();
    for (size_t g = 0; g < points; ++g) candidate[g] = net * row.sold[g] - fee + later * carried[g] - held[g];
    if (action.weeks > 1)
      for (size_t g = 0; g < points; ++g) candidate[g] -= holding_of(week, action.weeks, g) - held[g];
  }

  // What cools down, by programme.
  using Cooling = std::vector<int>;

  // What a mode is worth less than none, at the stock that an action is expected to leave: `place`, per point.
  void add_difference(size_t mode, int then) {
    const double* blocked = at(then, mode);
    const double* open = at(then, 0);
    difference.resize(points);
    for (size_t g = 0; g < points; ++g) difference[g] = blocked[g] - open[g];
    for (size_t g = 0; g < points; ++g) {
      const size_t from = place[g];
      carried[g] += difference[from] + share[g] * (difference[from + 1] - difference[from]);
    }
  }

  void find_places(const DemandRow& row, int units) {
    place.resize(points);
    share.resize(points);
    for (size_t g = 0; g < points; ++g) {
      const double left = std::clamp((stock(g) - row.sold[g] + units) / step, 0.0, static_cast<double>(points - 1));
      place[g] = std::min(static_cast<size_t>(left), points - 2);
      share[g] = left - static_cast<double>(place[g]);
    }
  }

  // The continuation of an action where `cooling` holds; false where it may not be taken. What several programmes cost
  // that cool at once is added up, each as if alone, at the stock that is expected to be left.
  bool continue_with(int week, const Action& action, const DemandRow& row, const Cooling& cooling) {
    const int then = week + action.weeks;
    const int units = arriving(week, action.weeks);
    std::vector<size_t> cool;  // modes at `then`
    for (size_t i = 0; i < cooling.size(); ++i) {
      const bool own = static_cast<int>(i) == action.programme;
      if (own && cooling[i] > 0) return false;
      const int left = own ? std::min(d->programmes[i].cooldown_weeks, d->weeks) : cooling[i] - action.weeks;
      if (left > 0) cool.push_back(mode_of(i, left));
      if (own && left > 0) std::swap(cool.front(), cool.back());
    }
    carry(row, at(then, cool.empty() ? 0 : cool.front()), units);
    if (cool.size() > 1) find_places(row, units);
    for (size_t k = 1; k < cool.size(); ++k) add_difference(cool[k], then);
    return true;
  }

  void take_best(size_t action) {
    for (size_t g = 0; g < points; ++g)
      if (candidate[g] > best[g]) {
        best[g] = candidate[g];
        chosen[g] = action;
      }
  }

  Cooling cooling_of(size_t mode) const {
    Cooling cooling(d->programmes.size(), 0);
    if (mode == 0) return cooling;
    size_t i = d->programmes.size() - 1;
    while (first_mode[i] > mode) --i;
    cooling[i] = static_cast<int>(mode - first_mode[i]) + 1;
    return cooling;
  }

  // Best value and action of every point before any exit.
  void best_of(int week, const Cooling& cooling) {
    best.assign(points, kNever);
    chosen.assign(points, 0);
    for (size_t a = 0; a < actions.size(); ++a) {
      const DemandRow& row = row_of(week, actions[a]);
      if (!continue_with(week, actions[a], row, cooling)) continue;
      judge(week, actions[a], row);
      if (options.rule == Rule::kPlaybook) {
        for (size_t g = 0; g < points; ++g)
          if (play_rule(week, cooling, stock(g)) == a) {
            best[g] = candidate[g];
            chosen[g] = a;
          }
      } else {
        take_best(a);
      }
    }
  }

  void exit_from(const double* before, double* after) const {
    std::copy(before, before + points, after);
    if (options.rule != Rule::kBest || d->exits.empty()) return;
    const double exit = d->exit_value().value_or(0);
    double most = kNever;
    for (size_t g = 0; g < points; ++g) {
      most = std::max(most, before[g] - exit * stock(g));
      after[g] = most + exit * stock(g);
    }
  }

  // A mode can hold only once its programme has run; one that stands for longer cooldowns as soon as those can.
  bool reachable(int week, size_t mode) const {
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
  size_t same_as(int week, size_t mode) const {
    if (mode == 0) return 0;
    size_t i = first_mode.size() - 1;
    while (first_mode[i] > mode) --i;
    const int left = static_cast<int>(mode - first_mode[i]) + 1;
    const int never = std::max(1, d->weeks - week - d->programmes[i].weeks + 1);
    return first_mode[i] + static_cast<size_t>(std::min(left, never)) - 1;
  }

  // Every mode at once: the average over demand is worked out once an action, without anything cooling; what cools
  // changes it by a difference that is smooth in the stock, taken at the stock expected to be left.
  void solve_all_modes(int week) {
    every_best.assign(modes * points, kNever);
    for (const Action& action : actions) {
      const DemandRow& row = row_of(week, action);
      const int then = week + action.weeks;
      const int units = arriving(week, action.weeks);
      const auto own = static_cast<size_t>(std::max(0, action.programme));
      const int cool = action.programme < 0 ? 0 : std::min(d->programmes[own].cooldown_weeks, d->weeks);
      const size_t after = action.programme < 0 ? 0 : mode_of(own, cool);
      carry(row, at(then, after), units);
      judge(week, action, row);
      find_places(row, units);
      const double later = std::pow(d->discount_a_week, action.weeks);
      for (size_t mode = 0; mode < modes; ++mode) {
        if (!reachable(week, mode) || same_as(week, mode) != mode) continue;
        double* best_here = &every_best[mode * points];
        size_t i = 0;
        int left = 0;
        if (mode > 0) {
          i = first_mode.size() - 1;
          while (first_mode[i] > mode) --i;
          left = static_cast<int>(mode - first_mode[i]) + 1;
          if (action.programme >= 0 && i == own && cool > 0) continue;
        }
        const size_t still = left > action.weeks ? mode_of(i, left - action.weeks) : 0;
        // What cools down takes value away: where the action is no better without it, it is not with it.
        int better = 0;
        for (size_t g = 0; g < points; ++g) better |= candidate[g] > best_here[g] ? 1 : 0;
        if (better == 0) continue;
        if (still == 0) {
          for (size_t g = 0; g < points; ++g) best_here[g] = std::max(best_here[g], candidate[g]);
          continue;
        }
        const double* blocked = at(then, still);
        const double* open = at(then, 0);
        for (size_t g = 0; g < points; ++g) {
          if (candidate[g] <= best_here[g]) continue;
          const size_t k = place[g];
          const double low = blocked[k] - open[k];
          const double high = blocked[k + 1] - open[k + 1];
          best_here[g] = std::max(best_here[g], candidate[g] + later * (low + share[g] * (high - low)));
        }
      }
    }
    for (size_t mode = 0; mode < modes; ++mode) {
      const size_t same = same_as(week, mode);
      if (same == mode)
        exit_from(&every_best[mode * points], at(week, mode));
      else
        std::copy(at(week, same), at(week, same) + points, at(week, mode));
    }
  }

  void solve_week(int week) {
    find_actions(week);
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
  size_t play_rule(int week, const Cooling& cooling, double units) const {
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

  bool waiting_inbound(int week) const {
    for (size_t w = static_cast<size_t>(week) + 1; w < d->inbound.size(); ++w)
      if (d->inbound[w] > 0) return true;
    return false;
  }

  // Values when nothing changes for `wait` weeks, and what is best is done then; at the start's stock.
  double after_waiting(int wait) {
    if (wait >= d->weeks) return after_waiting(d->weeks - 1);
    waited.assign(at(wait, 0), at(wait, 0) + points);
    const Action hold{-1, 0, 1, 0, 0, false};
    for (int week = wait - 1; week >= 0; --week) {
      const DemandRow& row = row_of(week, hold);
      carry(row, waited.data(), arriving(week, 1));
      judge(week, hold, row);
      waited = candidate;
    }
    return interpolated(waited.data(), d->on_hand);
  }

  void follow(Optimum& out) {
    double units = d->on_hand;
    Cooling cooling(d->programmes.size(), 0);
    const bool may_leave = options.rule == Rule::kBest && !d->exits.empty();
    const double exit = may_leave ? d->exit_value().value_or(0) : 0;
    for (int week = 0; week < d->weeks && (units > 1e-6 || waiting_inbound(week));) {
      find_actions(week);
      best_of(week, cooling);
      PlannedWeek step_taken;
      step_taken.week = week;
      step_taken.stock = units;
      double keep = units;
      if (may_leave) {
        double most = interpolated(best.data(), units) - exit * units;
        for (size_t g = 0; g < points && stock(g) < units; ++g)
          if (best[g] - exit * stock(g) > most + kWorthLeaving * std::abs(most)) {
            most = best[g] - exit * stock(g);
            keep = stock(g);
          }
      }
      step_taken.choice.exit_units = units - keep;
      step_taken.exit_cash = exit * (units - keep);
      const auto point = static_cast<size_t>(std::lround(std::min(keep / step, static_cast<double>(points - 1))));
      const Action& action = actions[chosen[point]];
      const DemandRow& row = row_of(week, action);
      step_taken.choice.programme = action.programme;
      step_taken.choice.level = action.level;
      step_taken.weeks = action.weeks;
      step_taken.units = std::min(keep, interpolated(row.sold.data(), keep));
      step_taken.cash = step_taken.units * d->net(d->ladder[static_cast<size_t>(action.level)]);
      if (action.programme >= 0) step_taken.cash -= d->programmes[static_cast<size_t>(action.programme)].fixed_fee;
      if (week == 0) note_next_best(units, keep, chosen[point], out);
      out.path.push_back(step_taken);
      units = keep - step_taken.units + arriving(week, action.weeks);
      for (size_t i = 0; i < cooling.size(); ++i)
        cooling[i] = static_cast<int>(i) == action.programme ? std::min(d->programmes[i].cooldown_weeks, d->weeks)
                                                             : std::max(0, cooling[i] - action.weeks);
      week += action.weeks;
    }
  }

  // The best first action of another kind: another programme, or a price of its own instead of one.
  void note_next_best(double units, double keep, size_t taken, Optimum& out) {
    const std::vector<Action> all = actions;
    out.next_best = kNever;
    const double exit = d->exit_value().value_or(0);
    for (size_t a = 0; a < all.size(); ++a) {
      const bool same =
          all[a].programme == all[taken].programme && (all[a].programme >= 0 || all[a].level == all[taken].level);
      if (same) continue;
      const DemandRow& row = row_of(0, all[a]);
      if (!continue_with(0, all[a], row, Cooling(d->programmes.size(), 0))) continue;
      judge(0, all[a], row);
      const double worth = interpolated(candidate.data(), keep) + exit * (units - keep);
      if (worth > out.next_best) {
        out.next_best = worth;
        out.next_best_choice = {all[a].programme, all[a].level, units - keep};
      }
    }
  }
};

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
  out.value = work_->interpolated(work_->at(0, 0), decision.on_hand);
  if (options.path) {
    work_->follow(out);
    for (size_t i = 0; i < kDelays.size(); ++i)
      if (kDelays[i] < decision.weeks)
        out.cost_of_delay[i] = std::max(0.0, out.value - work_->after_waiting(kDelays[i]));
  }
  return out;
}

}  // namespace destock::clearance
