#include "clearance/fluid_bound.h"

#include <cmath>
#include <limits>
#include <tuple>

namespace destock::clearance {
namespace {

constexpr double kEndless = 1e18;
constexpr double kFirstPart = 0.12;  // of the most that a week of a programme can be worth

struct Point {
  double units, revenue;
};

// Upper concave hull of points from (0, 0), as segments of falling slope.
void hull_of(std::vector<Point>& points, Concave& out) {
  points.push_back({0, 0});
  std::sort(points.begin(), points.end(), [](const Point& a, const Point& b) {
    return a.units != b.units ? a.units < b.units : a.revenue > b.revenue;
  });
  std::vector<Point> hull;
  for (const Point& point : points) {
    if (!hull.empty() && point.units - hull.back().units < 1e-12) continue;
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

struct WeekPoints {
  bool as_next = false;  // the same as the week after: its hull too
  std::vector<Point> free;
  std::vector<std::pair<size_t, Point>> programme;  // a week of it: an even share of its demand and of its fee
};

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
  WeekPoints points;
  const size_t levels = decision.ladder.size();
  const double base = decision.base_in(week);
  const bool changes = decision.changes_in(week) || decision.monotone;
  for (size_t level = 0; level < (changes ? levels : 1); ++level)
    points.free.push_back({base * effects[level].mean, base * effects[level].mean * effects[level].net});
  for (size_t i = 0; i < decision.programmes.size(); ++i)
    for (size_t level = 0; level < levels; ++level)
      if (const auto fee = cheapest_fee(decision, week, i, level)) {
        const Effect& effect = effects[(i + 1) * levels + level];
        points.programme.push_back({i, {base * effect.mean, base * effect.mean * effect.net - *fee}});
      }
  return points;
}

// The same demand and the same programmes open.
bool same_week(const Decision& decision, int a, int b) {
  if (decision.base_in(a) != decision.base_in(b) || decision.changes_in(a) != decision.changes_in(b)) return false;
  return std::all_of(decision.programmes.begin(), decision.programmes.end(), [&](const Programme& programme) {
    const auto settled = [&](int week) {
      return week >= programme.weeks_until_eligible + programme.weeks && week + programme.weeks <= decision.weeks;
    };
    return programme.slots.empty() && settled(a) && settled(b);
  });
}

bool same_points(const WeekPoints& a, const WeekPoints& b) {
  const auto same = [](const Point& p, const Point& q) { return p.units == q.units && p.revenue == q.revenue; };
  return a.free.size() == b.free.size() && a.programme.size() == b.programme.size() &&
         std::equal(a.free.begin(), a.free.end(), b.free.begin(), same) &&
         std::equal(a.programme.begin(), a.programme.end(), b.programme.begin(),
                    [&](const auto& p, const auto& q) { return p.first == q.first && same(p.second, q.second); });
}

double bound_at(const Decision& decision, const std::vector<WeekPoints>& points,
                const std::vector<double>& price_of_use, const std::vector<double>& uses) {
  Concave value = end_value(decision);
  Concave sales, merged;
  double constant = 0;  // value of nothing: what later inbound is worth
  std::vector<Point> all;
  for (int week = decision.weeks - 1; week >= 0; --week) {
    // β on the continuation.
    constant *= decision.discount_a_week;
    for (Segment& segment : value) segment.slope *= decision.discount_a_week;
    if (!points[static_cast<size_t>(week)].as_next) {
      all = points[static_cast<size_t>(week)].free;
      for (const auto& [programme, point] : points[static_cast<size_t>(week)].programme)
        all.push_back({point.units, point.revenue - price_of_use[programme]});
      hull_of(all, sales);
    }
    sup_convolve(sales, value, merged);
    charge_holding(decision, week, merged, value);
    floor_slopes(value, decision.exit_value(week).value_or(-kEndless));
    // What arrives at the week's start is there already.
    const int arrives =
        static_cast<size_t>(week) < decision.inbound.size() ? decision.inbound[static_cast<size_t>(week)] : 0;
    double left = arrives;
    while (left > 0 && !value.empty()) {
      Segment& first = value.front();
      const double taken = std::min(left, first.length);
      constant += taken * first.slope;
      first.length -= taken;
      left -= taken;
      if (first.length <= 0) value.erase(value.begin());
    }
  }
  double bound = constant + value_of(value, decision.on_hand);
  for (size_t i = 0; i < uses.size(); ++i) bound += price_of_use[i] * uses[i];
  return bound;
}

std::vector<WeekPoints> all_points(const Decision& decision) {
  std::vector<WeekPoints> points;
  const std::vector<Effect> effects = all_effects(decision);
  for (int week = 0; week < decision.weeks; ++week) {
    if (week > 0 && same_week(decision, week - 1, week)) {
      points.push_back(points.back());
      continue;
    }
    points.push_back(points_in(decision, effects, week));
    // Of the free prices only the hull can matter.
    WeekPoints& here = points.back();
    Concave hull;
    hull_of(here.free, hull);
    here.free.clear();
    Point at{0, 0};
    for (const Segment& segment : hull) {
      at = {at.units + segment.length, at.revenue + segment.length * segment.slope};
      here.free.push_back(at);
    }
  }
  for (size_t week = 0; week + 1 < points.size(); ++week)
    points[week].as_next = same_points(points[week], points[week + 1]);
  return points;
}

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
    sales = {{mean, decision.net(0)}};
    sup_convolve(sales, value, merged);
    charge_holding(decision, decision.weeks + week, merged, value);
    floor_slopes(value, exit);
  }
  return value;
}

double fluid_bound(const Decision& decision) {
  const std::vector<WeekPoints> points = all_points(decision);
  std::vector<double> price_of_use(decision.programmes.size(), 0), uses;
  for (const Programme& programme : decision.programmes) {
    const int open = std::max(0, decision.weeks - programme.weeks_until_eligible);
    const int cycle = programme.weeks + programme.cooldown_weeks;
    const int runs = (open + cycle - 1) / cycle;
    uses.push_back(std::min(open, runs * programme.weeks));
  }
  double best = bound_at(decision, points, price_of_use, uses);
  // One multiplier after the other, up to the most that a week of its programme can be worth.
  for (size_t i = 0; i < decision.programmes.size(); ++i) {
    if (decision.programmes[i].cooldown_weeks == 0) continue;
    double high = 0;
    for (const WeekPoints& week : points)
      for (const auto& [programme, point] : week.programme)
        if (programme == i) high = std::max(high, point.revenue);
    if (high <= 0) continue;
    const auto bound_of = [&](double candidate) {
      price_of_use[i] = candidate;
      return bound_at(decision, points, price_of_use, uses);
    };
    // Mostly it is a small part of that: looked for there first.
    auto [price, bound] = least(0, kFirstPart * high, bound_of);
    if (price > 0.9 * kFirstPart * high) std::tie(price, bound) = least(0.8 * kFirstPart * high, high, bound_of);
    price_of_use[i] = bound < best ? price : 0;
    best = std::min(best, bound);
  }
  return best;
}

}  // namespace destock::clearance
