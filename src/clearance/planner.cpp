#include "clearance/planner.h"

#include <algorithm>
#include <cmath>

#include "clearance/fluid_bound.h"
#include "clearance/planner_work.h"

namespace destock::clearance {
namespace {

constexpr double kMonthWeeks = 365.25 / 12 / 7;
constexpr const char* kOutlet = "outlet";  // the playbook's own programme
constexpr int kClasses = 6;                // of prices that are remembered

}  // namespace

void Planner::Work::find_timers() {
  first_mode.clear();
  full.clear();
  stands_for.clear();
  modes = 1;
  const auto add = [&](int weeks) {
    first_mode.push_back(modes);
    full.push_back(std::min(weeks, d->weeks));
    modes += static_cast<size_t>(full.back());
  };
  // Of the rules only the playbook runs a programme.
  const bool all = options.rule == Rule::kBest;
  for (const Programme& programme : d->programmes)
    add(all || (options.rule == Rule::kPlaybook && programme.channel == kOutlet) ? programme.cooldown_weeks : 0);
  first_pair = 0;
  if (programmes() >= 2) {
    // Two long cooldowns at once cost more than both alone.
    std::vector<size_t> longest(programmes());
    for (size_t i = 0; i < longest.size(); ++i) longest[i] = i;
    std::stable_sort(longest.begin(), longest.end(), [&](size_t a, size_t b) { return full[a] > full[b]; });
    pair[0] = longest[0];
    pair[1] = longest[1];
    if (full[pair[1]] > 1) {
      first_pair = modes;
      modes += static_cast<size_t>(full[pair[0]]) * static_cast<size_t>(full[pair[1]]);
    }
  }
  // A price can only bind where it is below one that a programme that remembers may ask.
  int shallowest = static_cast<int>(d->ladder.size());
  for (size_t i = 0; all && d->floor_weeks > 0 && i < programmes(); ++i)
    for (int level = 0; level < shallowest; ++level) {
      const double discount = 1 - d->ladder[static_cast<size_t>(level)] / d->price;
      if (d->programmes[i].remembers && discount >= d->programmes[i].min_discount - kDiscountSlack) shallowest = level;
    }
  const int binding = static_cast<int>(d->ladder.size()) - shallowest - 1;  // levels
  for (int k = 0; k < std::min(kClasses, binding); ++k) {
    stands_for.push_back(shallowest + 1 + (2 * k + 1) * binding / (2 * std::min(kClasses, binding)));
    add(d->floor_weeks);
  }
  class_at.assign(d->ladder.size(), full.size());
  for (size_t k = 0; k < stands_for.size(); ++k)
    for (auto level = static_cast<size_t>(stands_for[k]); level < class_at.size(); ++level)
      class_at[level] = programmes() + k;
}

void Planner::Work::prepare(const Decision& decision, const PlannerOptions& chosen_options, Work* usual_level) {
  d = &decision;
  options = chosen_options;
  usual = usual_level;
  grid.begin(decision, options.grid);
  actions.begin(decision, options.rule == Rule::kBest   ? Choose::kHull
                          : options.rule == Rule::kHold ? Choose::kHoldOnly
                                                        : Choose::kAll);
  find_timers();
  layers = decision.monotone && options.rule == Rule::kBest ? decision.ladder.size() : 1;
  layer = 0;
  kept_modes = usual ? 1 : modes;
  value.assign(static_cast<size_t>(decision.weeks + 1) * layers * kept_modes * grid.points(), 0);
  rows.resize((programmes() + 1) * decision.ladder.size());
  for (Cached& cached : rows) cached.mean = -1;
  changes_cost = decision.changes_cost() && options.rule == Rule::kBest && !options.exact_modes;
  going.resize(rows.size());
  for (Going& kind : going) kind.known.assign(static_cast<size_t>(decision.weeks) + 1, false);
  exit.clear();
  for (int week = 0; week <= decision.weeks; ++week) exit.push_back(decision.exit_value(week).value_or(0));
  const Concave end = end_value(decision);
  layer = 0;
  double* last = at(decision.weeks, 0);  // the same in every layer and mode, which lie side by side
  for (size_t g = 0; g < grid.points(); ++g) last[g] = value_of(end, grid.stock(g));
  for (size_t other = 1; other < layers * kept_modes; ++other)
    std::copy(last, last + grid.points(), last + other * grid.points());
}

Planner::Work::Timers Planner::Work::timers_in(size_t mode) const {
  Timers timers(full.size(), 0);
  if (mode == 0) return timers;
  if (first_pair > 0 && mode >= first_pair &&
      mode < first_pair + static_cast<size_t>(full[pair[0]]) * static_cast<size_t>(full[pair[1]])) {
    const auto at = static_cast<int>(mode - first_pair);
    timers[pair[0]] = at / full[pair[1]] + 1;
    timers[pair[1]] = at % full[pair[1]] + 1;
    return timers;
  }
  for (size_t timer = 0; timer < full.size(); ++timer)
    if (mode >= first_mode[timer] && mode < first_mode[timer] + static_cast<size_t>(full[timer]))
      timers[timer] = static_cast<int>(mode - first_mode[timer]) + 1;
  return timers;
}

size_t Planner::Work::class_of(const Action& action) const {
  return class_at[static_cast<size_t>(action.level)];
}

// Whether a timer that runs forbids an action.
bool Planner::Work::binds(size_t timer, const Action& action) const {
  if (action.programme < 0) return false;
  if (!is_class(timer)) return static_cast<int>(timer) == action.programme && full[timer] > 0;
  return d->programmes[static_cast<size_t>(action.programme)].remembers &&
         action.level < stands_for[timer - programmes()];
}

bool Planner::Work::blocked(const Action& action, const Timers& timers) const {
  for (size_t i = 0; i < timers.size(); ++i)
    if (timers[i] > 0 && binds(i, action)) return true;
  return false;
}

Planner::Work::Timers Planner::Work::after(const Action& action, const Timers& timers) const {
  Timers then = timers;
  for (int& left : then) left = std::max(0, left - action.weeks);
  if (action.programme >= 0) then[static_cast<size_t>(action.programme)] = full[static_cast<size_t>(action.programme)];
  const size_t deep = class_of(action);
  if (deep < then.size()) {
    then[deep] = full[deep];
    for (size_t k = programmes(); k < deep; ++k) then[k] = 0;  // a deeper price for as long binds more
  }
  return then;
}

Planner::Work::Timers Planner::Work::timers_of(const Standing& standing) const {
  Timers timers(full.size(), 0);
  for (size_t i = 0; i < programmes(); ++i) timers[i] = std::min(standing.cooling[i], full[i]);
  for (size_t w = standing.past.size(); w-- > 0;) {
    if (standing.past[w].lowest <= 0) continue;
    for (size_t k = stands_for.size(); k-- > 0;)
      if (standing.past[w].lowest <= d->ladder[static_cast<size_t>(stands_for[k])] + kPriceSlack) {
        timers[programmes() + k] = std::max(0, full[programmes() + k] - static_cast<int>(w));
        break;
      }
  }
  return timers;
}

// A monotone markdown asks its layer's price; programmes come and go.
bool Planner::Work::of_layer(const Action& action) const {
  return layers == 1 || action.programme >= 0 || action.level == static_cast<int>(layer);
}

Planner::Work::Cached& Planner::Work::cached_of(const Action& action) {
  Cached& cached = rows[number_of(action.programme, action.level)];
  if (cached.mean == action.mean && cached.variance == action.variance) return cached;
  cached.mean = action.mean;
  cached.variance = action.variance;
  cached.arriving = -1;
  const auto mixed = shelf ? shelf->row(action.mean, action.variance) : std::nullopt;
  if (mixed) {
    cached.row = *mixed;
  } else {
    demand_row(action.mean, action.variance, grid.step(), grid.points(), cached.own);
    cached.row = {&cached.own, &cached.own, 0};
  }
  return cached;
}

// Value of an action at every point when its continuation is in `carried`, into `candidate`.
void Planner::Work::judge(int week, const Action& action, const MixedRow& row) {
  const double net = action.net * grid.mean_later(week, action.weeks);
  const double later = grid.later(week, action.weeks);
  const double high = net * row.share;
  const double low = net - high;
  const double* sold_low = row.low->sold.data();
  const double* sold_high = row.high->sold.data();
  candidate.resize(grid.points());
  const double* held = grid.holding(week);
  for (size_t g = 0; g < grid.points(); ++g)
    candidate[g] = low * sold_low[g] + high * sold_high[g] - action.fee + later * carried[g] - held[g];
  for (int w = 1; w < action.weeks; ++w) {
    const double* later_held = grid.holding(week + w);
    const double then_worth = grid.later(week, w);
    for (size_t g = 0; g < grid.points(); ++g) candidate[g] -= then_worth * later_held[g];
  }
  if (action.programme < 0) return;
  const double least = d->programmes[static_cast<size_t>(action.programme)].min_units;
  for (size_t g = 0; g < grid.points() && grid.stock(g) < least; ++g) candidate[g] = kNever;
}

// Whether so few are left that a programme may not begin.
bool Planner::Work::too_few(const Action& action, double units) const {
  return action.programme >= 0 && units < d->programmes[static_cast<size_t>(action.programme)].min_units;
}

// What a mode is worth less than none, at the stock that an action is expected to leave: `place`, per point.
void Planner::Work::add_difference(int week, size_t mode, int weeks) {
  const double* bound = of_timers().at(week + weeks, mode);
  const double* open = of_timers().at(week + weeks, 0);
  difference.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) difference[g] = bound[g] - open[g];
  for (size_t g = 0; g < grid.points(); ++g) {
    const size_t from = place[g];
    carried[g] += difference[from] + share[g] * (difference[from + 1] - difference[from]);
  }
}

void Planner::Work::find_places(const MixedRow& row, int units) {
  place.resize(grid.points());
  share.resize(grid.points());
  for (size_t g = 0; g < grid.points(); ++g) {
    const double left =
        std::clamp((grid.stock(g) - row.sold(g) + units) / grid.step(), 0.0, static_cast<double>(grid.points() - 1));
    place[g] = std::min(static_cast<size_t>(left), grid.points() - 2);
    share[g] = left - static_cast<double>(place[g]);
  }
}

// The modes whose costs are added: every cooldown, the pair's together, and of the classes the deepest that runs.
void Planner::Work::find_modes(const Timers& timers) const {
  cool.clear();
  const bool paired = first_pair > 0 && timers[pair[0]] > 0 && timers[pair[1]] > 0;
  if (paired) cool.push_back(pair_mode(timers[pair[0]], timers[pair[1]]));
  for (size_t i = 0; i < programmes(); ++i)
    if (timers[i] > 0 && !(paired && (i == pair[0] || i == pair[1]))) cool.push_back(mode_of(i, timers[i]));
  for (size_t k = timers.size(); k-- > programmes();)
    if (timers[k] > 0) {
      cool.push_back(mode_of(k, timers[k]));
      break;
    }
}

// The continuation of an action where `timers` run; false where it may not be taken. What several of them cost is added
// up, each as if alone, at the stock that is expected to be left.
bool Planner::Work::continue_with(int week, const Action& action, const MixedRow& row, const Timers& timers) {
  if (blocked(action, timers)) return false;
  const int units = grid.arriving(week, action.weeks);
  find_modes(after(action, timers));
  grid.average(row, at(week + action.weeks, cool.empty() ? 0 : cool.front()), units, carried);
  if (cool.size() > 1) find_places(row, units);
  for (size_t k = 1; k < cool.size(); ++k) add_difference(week, cool[k], action.weeks);
  return true;
}

void Planner::Work::begin_best(int week, const Timers& timers) {
  best.assign(grid.points(), kNever);
  if (options.rule != Rule::kPlaybook) return;
  ruled.assign(grid.points(), 0);
  ruled_any.assign(actions.size(), false);
  // Of neighbours in the same band, with as many programmes open to them, the rule says the same.
  std::pair<int, size_t> last{-1, 0};
  for (size_t g = 0; g < ruled.size(); ++g) {
    const double ratio = grid.stock(g) / std::max(1e-9, d->base_in(week) * kMonthWeeks);
    const int band = (ratio > d->playbook.hold_to ? 1 : 0) + (ratio > d->playbook.outlet_to ? 1 : 0);
    size_t open = 0;
    for (const Programme& programme : d->programmes) open += grid.stock(g) >= programme.min_units ? 1 : 0;
    ruled[g] = g > 0 && last == std::pair(band, open) ? ruled[g - 1]
                                                      : play_rule(week, timers, grid.stock(g), d->base_in(week));
    ruled_any[ruled[g]] = true;
    last = {band, open};
  }
}

bool Planner::Work::try_action(int week, size_t a, const Timers& timers) {
  if (!of_layer(actions[a])) return false;
  const MixedRow& row = row_of(actions[a]);
  if (!continue_with(week, actions[a], row, timers)) return false;
  judge(week, actions[a], row);
  return true;
}

void Planner::Work::raise_best(size_t a) {
  const bool by_rule = options.rule == Rule::kPlaybook;
  for (size_t g = 0; g < grid.points(); ++g)
    if (!by_rule || ruled[g] == a) best[g] = std::max(best[g], candidate[g]);
}

void Planner::Work::exit_from(int week, const double* before, double* after) const {
  std::copy(before, before + grid.points(), after);
  if (options.rule != Rule::kBest || d->exits.empty()) return;
  const double unit = exit[static_cast<size_t>(week)];
  const double cost = cost_of_exit(week);
  double most = kNever;
  for (size_t g = 0; g < grid.points(); ++g) {
    most = std::max(most, before[g] - unit * grid.stock(g));
    after[g] = std::max(before[g], most + unit * grid.stock(g) - cost);
  }
}

// A price may be cut to any deeper one.
void Planner::Work::take_deeper(int week) {
  if (layer + 1 == layers || !d->changes_in(week)) return;
  const size_t size = kept_modes * grid.points();
  double* here = at(week, 0);
  const double* deeper = here + size;
  const double cost = changes_cost ? d->price_change_cost + Decision::by_week(d->change_more, week) : 0;
  for (size_t i = 0; i < size; ++i) here[i] = std::max(here[i], deeper[i] - cost);
}

// The playbook: up to three months of sales the price stays; up to five an Outlet, once it may run; above, the three
// stages, a month each.
size_t Planner::Work::play_rule(int week, const Timers& timers, double units, double pace) const {
  const PlaybookRule& rule = d->playbook;
  const double ratio = units / std::max(1e-9, pace * kMonthWeeks);
  const auto level_at = [&](int programme, double price) {
    size_t found = 0;
    double nearest = 1e300;
    for (size_t a = 0; a < actions.size(); ++a) {
      if (actions[a].programme != programme || blocked(actions[a], timers) || too_few(actions[a], units)) continue;
      const double off = std::abs(d->ladder[static_cast<size_t>(actions[a].level)] - price);
      if (off < nearest) {
        nearest = off;
        found = a;
      }
    }
    return std::pair(found, nearest < 1e300);
  };
  if (ratio <= rule.hold_to) return level_at(-1, d->price).first;
  if (ratio <= rule.outlet_to)
    for (size_t i = 0; i < programmes(); ++i)
      if (d->programmes[i].channel == kOutlet) {
        const auto [found, any] = level_at(static_cast<int>(i), (1 - rule.outlet_discount) * d->price);
        if (any) return found;
      }
  if (rule.stage_prices.empty()) return level_at(-1, d->price).first;
  const auto stage = std::min(static_cast<size_t>(week / rule.stage_weeks), rule.stage_prices.size() - 1);
  return level_at(-1, std::min(d->price, rule.stage_prices[stage])).first;
}

Planner::Planner() : team_(std::make_unique<Team>()) {}
Planner::~Planner() = default;
Planner::Planner(Planner&&) noexcept = default;
Planner& Planner::operator=(Planner&&) noexcept = default;

Optimum Planner::solve(const Decision& decision, const PlannerOptions& options) {
  Optimum out;
  if (options.rule == Rule::kLiquidate) {
    out.value = decision.exit_value(0).value_or(0) * decision.on_hand;
    for (size_t week = 1; week < decision.inbound.size(); ++week)
      out.value += decision.exit_value(static_cast<int>(week)).value_or(0) * decision.inbound[week] *
                   decision.later(0, static_cast<int>(week));
    return out;
  }
  team_->prepare(decision, options);
  team_->solve();
  const Standing start = Standing::at_start(decision);
  out.value = team_->value_at(0, team_->works[0].timers_of(start), 0, decision.on_hand);
  out.objective = out.value;
  if (!options.path) return out;
  team_->follow(out);
  for (int delay : decision.delays)
    out.cost_of_delay.push_back(delay < decision.weeks
                                    ? std::optional(std::max(0.0, out.value - team_->after_waiting(delay, start)))
                                    : std::nullopt);
  // Somebody's minutes are in no money.
  out.value += out.change_cost;
  if (out.next_best > kNever) out.next_best += out.change_cost;
  return out;
}

Choice Planner::choose(int week, const Standing& standing, double units) {
  return team_->choose(week, standing, units, nullptr, 0);
}

double Planner::gain_of_a_change(double units) {
  return team_->gain_of_a_change(units);
}

double Planner::value_in(int week, double units) {
  return team_->value_at(week, team_->works[0].timers_in(0), 0, units);
}

}  // namespace destock::clearance
