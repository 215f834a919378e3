#include "clearance/fluid_bound.h"

#include <cmath>
#include <limits>
#include <tuple>

#include "clearance/level_states.h"

namespace destock::clearance {
namespace {

constexpr double kEndless = 1e18;
constexpr double kFirstPart = 0.12;  // of the most that a week of a programme can be worth
constexpr double kALittle = 1e-3;
constexpr size_t kMostSegments = 250;
constexpr double kAlike = 1e-6;  // of the value: slopes that differ by less are taken together, once a week

struct Point {
  double units, revenue;
};

bool by_units(const Point& a, const Point& b) {
  return a.units != b.units ? a.units < b.units : a.revenue > b.revenue;
}

// Upper concave hull of (0, 0) and points, which rise in units, as segments of falling slope.
void hull_of(const std::vector<Point>& points, std::vector<Point>& hull, Concave& out) {
  hull.assign(1, {0, 0});
  for (const Point& point : points) {
    if (point.units - hull.back().units < 1e-12) {
      if (hull.size() == 1 || point.revenue <= hull.back().revenue) continue;
      hull.pop_back();
    }
    while (hull.size() >= 2) {
      const Point& a = hull[hull.size() - 2];
      const Point& b = hull.back();
      if ((b.revenue - a.revenue) * (point.units - a.units) > (point.revenue - a.revenue) * (b.units - a.units)) break;
      hull.pop_back();
    }
    hull.push_back(point);
  }
  out.clear();
  for (size_t i = 1; i < hull.size(); ++i)
    out.push_back({hull[i].units - hull[i - 1].units,
                   (hull[i].revenue - hull[i - 1].revenue) / (hull[i].units - hull[i - 1].units)});
}

// max over y of a(y) + b(x − y): the steeper segments first.
void sup_convolve(const Concave& a, const Concave& b, Concave& out) {
  out.clear();
  size_t i = 0;
  size_t j = 0;
  while (i < a.size() || j < b.size()) {
    if (j == b.size() || (i < a.size() && a[i].slope >= b[j].slope))
      out.push_back(a[i++]);
    else
      out.push_back(b[j++]);
  }
}

// An exit of any number of units at a value: no slope below it.
void floor_slopes(Concave& f, double exit) {
  for (Segment& segment : f) segment.slope = std::max(segment.slope, exit);
}

// Units of each cohort and what one costs in the week, the youngest first; those that have arrived. Beyond the units
// that there can ever be nothing is kept.
void charge_holding(const Decision& decision, int week, const Concave& f, Concave& out) {
  out.clear();
  double wanted = decision.total_units();
  size_t cohort = 0;
  double room = 0;
  double rate = 0;
  const auto next_cohort = [&] {
    while (cohort < decision.cohorts.size() && decision.cohorts[cohort].arrives > week) ++cohort;
    if (cohort < decision.cohorts.size()) {
      const auto& c = decision.cohorts[cohort++];
      room = c.units;
      rate = c.rate[std::min(static_cast<size_t>(week), c.rate.size() - 1)];
    } else {
      room = kEndless;  // more units than there are never exist
    }
  };
  next_cohort();
  for (Segment segment : f) {
    if (wanted <= 0) break;
    while (segment.length > 0 && wanted > 0) {
      if (room <= 0) next_cohort();
      const double length = std::min(segment.length, room);
      out.push_back({length, segment.slope - rate});
      segment.length -= length;
      room -= length;
      wanted -= length;
    }
  }
}

struct Offered {
  Point point;
  int programme;  // a week of it: an even share of its demand and of its fee; −1: a price
};
struct WeekPoints {
  bool as_next = false;      // the same as the week after: its hull too
  std::vector<Offered> all;  // by units
};

std::vector<Point> hull_points(const Concave& hull) {
  std::vector<Point> points;
  Point at{0, 0};
  for (const Segment& segment : hull) {
    at = {at.units + segment.length, at.revenue + segment.length * segment.slope};
    points.push_back(at);
  }
  return points;
}

// Every effect once: by programme + 1 and level.
std::vector<Effect> all_effects(const Decision& decision) {
  std::vector<Effect> effects;
  for (int programme = -1; programme < static_cast<int>(decision.programmes.size()); ++programme)
    for (size_t level = 0; level < decision.ladder.size(); ++level)
      effects.push_back(effect_of(decision, programme, level));
  return effects;
}

// The cheapest way in which a programme may be running in a week at a level: whichever week it began in. Nothing where
// there is none.
std::optional<double> cheapest_fee(const Decision& decision, int week, size_t programme, size_t level) {
  std::optional<double> fee;
  const Programme& runs = decision.programmes[programme];
  for (int began = std::max(0, week - runs.weeks + 1); began <= week; ++began)
    if (open_at(decision, began, programme, level)) {
      const double here = runs.slot(began).fixed_fee / runs.weeks;
      fee = fee ? std::min(*fee, here) : here;
    }
  return fee;
}

WeekPoints points_in(const Decision& decision, const std::vector<Effect>& effects, int week) {
  const size_t levels = decision.ladder.size();
  const double base = decision.base_in(week);
  const auto priced = [&](const Effect& effect) {
    return Decision::by_week(decision.loss_price, week) * effect.loss +
           Decision::by_week(decision.fee_price, week) * effect.fee;
  };
  const bool changes = decision.changes_in(week) || decision.monotone;
  std::vector<Point> prices;
  for (size_t level = 0; level < (changes ? levels : 1); ++level)
    prices.push_back({base * effects[level].mean,
                      base * effects[level].mean *
                          (effects[level].net - effects[level].sale_cost(decision, week) - priced(effects[level]))});
  // Of the prices only the hull can matter.
  std::sort(prices.begin(), prices.end(), by_units);
  std::vector<Point> work;
  Concave hull;
  hull_of(prices, work, hull);
  WeekPoints points;
  for (const Point& point : hull_points(hull)) points.all.push_back({point, -1});
  for (size_t i = 0; i < decision.programmes.size(); ++i)
    for (size_t level = 0; level < levels; ++level)
      if (const auto fee = cheapest_fee(decision, week, i, level)) {
        const Effect& effect = effects[(i + 1) * levels + level];
        points.all.push_back(
            {{base * effect.mean,
              base * effect.mean * (effect.net - effect.sale_cost(decision, week) - priced(effect)) - *fee},
             static_cast<int>(i)});
      }
  std::sort(points.all.begin(), points.all.end(),
            [](const Offered& a, const Offered& b) { return by_units(a.point, b.point); });
  return points;
}

// The same demand and the same programmes open.
bool same_week(const Decision& decision, int a, int b) {
  if (decision.base_in(a) != decision.base_in(b) || !decision.same_sale_cost(a, b) ||
      decision.changes_in(a) != decision.changes_in(b))
    return false;
  return std::all_of(decision.programmes.begin(), decision.programmes.end(), [&](const Programme& programme) {
    const auto settled = [&](int week) {
      return week >= programme.weeks_until_eligible + programme.weeks && week + programme.weeks <= decision.weeks;
    };
    return programme.slots.empty() && settled(a) && settled(b);
  });
}

bool same_points(const WeekPoints& a, const WeekPoints& b) {
  return std::equal(a.all.begin(), a.all.end(), b.all.begin(), b.all.end(), [](const Offered& p, const Offered& q) {
    return p.programme == q.programme && p.point.units == q.point.units && p.point.revenue == q.point.revenue;
  });
}

std::vector<WeekPoints> all_points(const Decision& decision) {
  std::vector<WeekPoints> points;
  const std::vector<Effect> effects = all_effects(decision);
  for (int week = 0; week < decision.weeks; ++week) {
    if (week > 0 && same_week(decision, week - 1, week))
      points.push_back(points.back());
    else
      points.push_back(points_in(decision, effects, week));
  }
  for (size_t week = 0; week + 1 < points.size(); ++week)
    points[week].as_next = same_points(points[week], points[week + 1]);
  return points;
}

// Joins neighbours of nearly the same slope: the function falls by at most `most` anywhere.
void join_alike(Concave& f, double most) {
  if (f.empty()) return;
  size_t last = 0;
  double fallen = 0;  // of the segment that is being made
  for (size_t i = 1; i < f.size(); ++i) {
    Segment& here = f[last];
    const double both = here.length + f[i].length;
    const double more = both > 0 ? (here.slope - f[i].slope) * here.length * f[i].length / both : 0;
    if (fallen + more <= most) {
      fallen += more;
      here.slope = both > 0 ? (here.slope * here.length + f[i].slope * f[i].length) / both : here.slope;
      here.length = both;
    } else {
      f[++last] = f[i];
      fallen = 0;
    }
  }
  f.resize(last + 1);
}

// a · f + b · g, which reach equally far.
void add_up(double a, const Concave& f, double b, const Concave& g, Concave& out) {
  out.clear();
  size_t i = 0;
  size_t j = 0;
  double left_f = f.empty() ? 0 : f[0].length;
  double left_g = g.empty() ? 0 : g[0].length;
  while (i < f.size() && j < g.size()) {
    const double length = std::min(left_f, left_g);
    if (length > 1e-12) out.push_back({length, a * f[i].slope + b * g[j].slope});
    left_f -= length;
    left_g -= length;
    if (left_f <= 1e-12 && ++i < f.size()) left_f += f[i].length;
    if (left_g <= 1e-12 && ++j < g.size()) left_g += g[j].length;
  }
}

// The bound at given prices of the programmes' use. Where the level may wander, each of its states knows where it goes
// through the week before anything is chosen: more than a seller knows, so the bound holds.
class Bound {
public:
  // `wanders`: by the ways of the level; else at its mean, which lies above. `about`: of what size the bound is.
  Bound(const Decision& decision, bool wanders, double about)
      : d_(decision), alike_(std::max(kAlike * std::abs(about), 1e-9)) {
    if (wanders)
      states_ = drawn_levels(decision, true);
    else
      states_ = {{1}, {{}}, {}};
    for (size_t s = 0; s < states_.size(); ++s) {
      const Decision own = states_.size() == 1 ? decision : in_state(decision, states_, s);
      points_.push_back(all_points(own));
      ends_.push_back(end_value(own));
    }
  }

  double at(const std::vector<double>& price_of_use, const std::vector<double>& uses) {
    begin();
    for (int week = d_.weeks - 1; week >= 0; --week) {
      for (size_t s = 0; s < states_.size(); ++s) sell(week, s, price_of_use);
      if (states_.size() > 1) draw(week);
      for (size_t s = 0; s < (week == 0 ? 1 : states_.size()); ++s) take_in(week, s);
    }
    double bound = constant_[0] + value_of(value_[0], d_.on_hand) + slack_;
    for (size_t i = 0; i < uses.size(); ++i) bound += price_of_use[i] * uses[i];
    return bound;
  }

  // The most that a week of a programme can be worth.
  double most_of(size_t programme) const {
    double most = 0;
    for (const auto& weeks : points_)
      for (const WeekPoints& week : weeks)
        for (const Offered& offered : week.all)
          if (offered.programme == static_cast<int>(programme)) most = std::max(most, offered.point.revenue);
    return most;
  }

private:
  void begin() {
    value_ = ends_;
    constant_.assign(states_.size(), 0);
    sales_.resize(states_.size());
    slack_ = 0;
  }

  void sell(int week, size_t s, const std::vector<double>& price_of_use) {
    const double later = d_.later(week, 1);
    constant_[s] *= later;
    for (Segment& segment : value_[s]) segment.slope *= later;
    const WeekPoints& here = points_[s][static_cast<size_t>(week)];
    if (!here.as_next) {
      all_.clear();
      for (const Offered& offered : here.all)
        all_.push_back({offered.point.units,
                        offered.point.revenue -
                            (offered.programme < 0 ? 0 : price_of_use[static_cast<size_t>(offered.programme)])});
      hull_of(all_, hull_, sales_[s]);
    }
    sup_convolve(sales_[s], value_[s], merged_);
    charge_holding(d_, week, merged_, value_[s]);
  }

  // What it looks like before the week's draw.
  void draw(int week) {
    const double keeps = states_.keeps[static_cast<size_t>(week)];
    double constant = 0;
    mean_ = value_[0];
    for (Segment& segment : mean_) segment.slope *= states_.weight[0];
    for (size_t s = 0; s < states_.size(); ++s) {
      constant += states_.weight[s] * constant_[s];
      if (s == 0) continue;
      add_up(1, mean_, states_.weight[s], value_[s], merged_);
      mean_.swap(merged_);
    }
    shorten(mean_);
    for (size_t s = 0; s < (week == 0 ? 1 : states_.size()); ++s) {
      constant_[s] = constant + keeps * (constant_[s] - constant);
      add_up(1 - keeps, mean_, keeps, value_[s], merged_);
      value_[s].swap(merged_);
      shorten(value_[s]);
    }
  }

  // What that takes off the function is added to the bound.
  void shorten(Concave& f) {
    double most = alike_;
    join_alike(f, most);
    while (f.size() > kMostSegments) {
      most *= 4;
      join_alike(f, most);
      slack_ += most;
    }
    slack_ += alike_;
  }

  void take_in(int week, size_t s) {
    Concave& value = value_[s];
    floor_slopes(value, d_.exit_value(week).value_or(-kEndless));
    // What arrives at the week's start is there already.
    double left = static_cast<size_t>(week) < d_.inbound.size() ? d_.inbound[static_cast<size_t>(week)] : 0;
    while (left > 0 && !value.empty()) {
      Segment& first = value.front();
      const double taken = std::min(left, first.length);
      constant_[s] += taken * first.slope;
      first.length -= taken;
      left -= taken;
      if (first.length <= 0) value.erase(value.begin());
    }
  }

  const Decision& d_;
  LevelStates states_;
  std::vector<std::vector<WeekPoints>> points_;  // by state, week
  std::vector<Concave> ends_, value_, sales_;    // by state
  std::vector<double> constant_;                 // value of nothing: what later inbound is worth
  double slack_ = 0;
  double alike_;
  std::vector<Point> all_, hull_;
  Concave merged_, mean_;
};

// Golden section on [low, high] for the argument of least value; bound(price) must be convex.
template <typename Bound>
std::pair<double, double> least(double low, double high, Bound bound) {
  constexpr double kGolden = 0.6180339887498949;
  constexpr int kSteps = 6;
  double left = high - kGolden * (high - low);
  double right = low + kGolden * (high - low);
  double at_left = bound(left);
  double at_right = bound(right);
  for (int step = 0; step < kSteps; ++step) {
    if (at_left < at_right) {
      high = right;
      right = left;
      at_right = at_left;
      left = high - kGolden * (high - low);
      at_left = bound(left);
    } else {
      low = left;
      left = right;
      at_left = at_right;
      right = low + kGolden * (high - low);
      at_right = bound(right);
    }
  }
  return at_left < at_right ? std::pair(left, at_left) : std::pair(right, at_right);
}

}  // namespace

double value_of(const Concave& function, double units) {
  double value = 0;
  for (const Segment& segment : function) {
    const double taken = std::min(units, segment.length);
    value += taken * segment.slope;
    units -= taken;
    if (units <= 0) break;
  }
  return value;
}

Concave end_value(const Decision& decision) {
  const double exit = decision.exit_value(decision.weeks).value_or(0);
  if (decision.end == HorizonEnd::kSalvage) return {{kEndless, exit}};
  // Weeks after the horizon at the regular price, at the holding cost of its last week.
  Concave value = {{kEndless, exit}};
  Concave sales, merged;
  for (int week = kSellOnWeeks; week-- > 0;) {
    for (Segment& segment : value) segment.slope *= decision.discount_a_week;
    const double mean = decision.base_in(decision.weeks + week);
    sales = {{mean, decision.net(0) - decision.sale_cost_in(decision.weeks + week, 0)}};
    sup_convolve(sales, value, merged);
    charge_holding(decision, decision.weeks + week, merged, value);
    floor_slopes(value, exit);
  }
  return value;
}

double fluid_bound(const Decision& decision) {
  // What the programmes' use costs is found at the mean level: any price gives a bound.
  Bound bound(decision, false, 0);
  std::vector<double> price_of_use(decision.programmes.size(), 0), uses;
  for (const Programme& programme : decision.programmes) {
    const int open = std::max(0, decision.weeks - programme.weeks_until_eligible);
    const int cycle = programme.weeks + programme.cooldown_weeks;
    const int runs = (open + cycle - 1) / cycle;
    uses.push_back(std::min(open, runs * programme.weeks));
  }
  double best = bound.at(price_of_use, uses);
  // One multiplier after the other, up to the most that a week of its programme can be worth.
  for (size_t i = 0; i < decision.programmes.size(); ++i) {
    if (decision.programmes[i].cooldown_weeks == 0) continue;
    const double high = bound.most_of(i);
    if (high <= 0) continue;
    const auto bound_of = [&](double candidate) {
      price_of_use[i] = candidate;
      return bound.at(price_of_use, uses);
    };
    // Convex: where a little does not lower it, nothing does.
    if (bound_of(kALittle * high) >= best) {
      price_of_use[i] = 0;
      continue;
    }
    // Mostly it is a small part of that: looked for there first.
    auto [price, found] = least(0, kFirstPart * high, bound_of);
    if (price > 0.9 * kFirstPart * high) std::tie(price, found) = least(0.8 * kFirstPart * high, high, bound_of);
    price_of_use[i] = found < best ? price : 0;
    best = std::min(best, found);
  }
  if (decision.levels.size() < 2) return best;
  return std::min(best, Bound(decision, true, best).at(price_of_use, uses));
}

}  // namespace destock::clearance
