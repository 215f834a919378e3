#include <cmath>

#include "restock/order_problem.h"
#include "restock/stock_chance.h"

namespace destock::restock {
namespace {

constexpr double kSpreads = 3;           // standard deviations of demand that an order may have to meet
constexpr size_t kMostCandidates = 256;  // orders that are looked at before their neighbours are
constexpr double kNone = 1e-9;           // money that is none
constexpr double kSome = 1e-4;           // a chance below which nothing is told by it

int last_week(const OrderProblem& problem, int week) {
  return week + problem.last_lead() + problem.cover_weeks;
}

double inbound_until(const OrderProblem& problem, int week) {
  double units = 0;
  for (int w = 1; w <= week; ++w) units += static_cast<double>(problem.arriving_in(w));
  return units;
}

clearance::DemandRow demand_of(const OrderProblem& problem, const StockScale& scale, size_t way, int week) {
  clearance::DemandRow row;
  const double mean = problem.mean_in(way, week);
  clearance::demand_row(mean, mean + problem.dispersion * mean * mean, scale.step(), scale.points(), row);
  return row;
}

}  // namespace

double LeftValue::at(int week, double units) const {
  const double* values = value_.data() + std::min(static_cast<size_t>(week), weeks() - 1) * points_;
  const double place = std::max(0.0, units / step_);
  const auto below = std::min(static_cast<size_t>(place), points_ - 2);
  return values[below] + (place - static_cast<double>(below)) * (values[below + 1] - values[below]);
}

double OrderProblem::mean_in(size_t way, int week) const {
  const std::vector<double>& factor = ways[way].factor;
  const double level = factor.empty() ? 1 : of_week(factor, week);
  return of_week(base, week) * level;
}

int OrderProblem::last_lead() const {
  int last = 0;
  for (const LeadWeek& point : lead) last = std::max(last, point.weeks);
  return last;
}

OrderProblem OrderProblem::selling(double times) const {
  OrderProblem other = *this;
  for (double& mean : other.base) mean *= times;
  other.left_scale *= times;
  return other;
}

// All ways and lead weeks of one order, added up into an OrderValue.
class OrderSum {
public:
  OrderSum(const OrderProblem& problem, int week, int64_t most, OrderValue& out)
      : problem_(problem),
        week_(week),
        scale_(static_cast<double>(problem.on_hand + most) + inbound_until(problem, last_week(problem, week))),
        out_(out) {
    out_.step_ = scale_.step();
    out_.cost_ = problem.cost.value_or(problem.landed) * later(week);
    const auto steps = static_cast<size_t>(std::ceil(static_cast<double>(most) / scale_.step()));
    out_.terms_.assign(std::min(steps, scale_.points() - 1) + 1, {});
  }

  void add(size_t way) {
    rows_.clear();
    for (int w = 0; w < last_week(problem_, week_); ++w) rows_.push_back(demand_of(problem_, scale_, way, w));
    std::vector<double> chance = certain(scale_, static_cast<double>(problem_.on_hand));
    for (int w = 0; w <= week_ + problem_.last_lead(); ++w) {
      if (w > 0 && problem_.arriving_in(w) > 0)
        chance = with_arrival(scale_, chance, static_cast<double>(problem_.arriving_in(w)));
      for (const LeadWeek& lead : problem_.lead)
        if (week_ + lead.weeks == w) add_arrival(way, w, chance, problem_.ways[way].weight * lead.weight);
      chance = after_demand(rows_[static_cast<size_t>(w)], chance);
    }
  }

private:
  struct Parts {
    std::vector<double> sales, holding, left, units;
  };

  double later(int week) const { return std::pow(problem_.discount_a_week, week); }

  // What is left when the next order arrives: sold off as it is, or filled up at what that order costs.
  std::vector<double> left_at(size_t way, int week) const {
    const double again = problem_.landed * later(problem_.again_week.value_or(week_ + problem_.cover_weeks));
    const LeftValue& left = problem_.left[way];
    std::vector<double> value(scale_.points());
    for (size_t g = 0; g < value.size(); ++g)
      value[g] = later(week) * problem_.left_scale * left.at(week, scale_.stock(g) / problem_.left_scale);
    // By how much an order up to here or beyond leaves what it costs behind; none is smaller than the least one.
    std::vector<double> filled(value.size());
    for (size_t g = value.size(); g-- > 0;) {
      filled[g] = value[g] - again * scale_.stock(g);
      if (g + 1 < value.size()) filled[g] = std::max(filled[g], filled[g + 1]);
    }
    const auto least = static_cast<size_t>(std::ceil(static_cast<double>(orderable_of(problem_, 1)) / scale_.step()));
    for (size_t g = 0; g + least < value.size(); ++g)
      value[g] = std::max(value[g], filled[g + least] + again * scale_.stock(g));
    return value;
  }

  // By stock at the start of `from`.
  Parts parts_of(size_t way, int from) const {
    const int to = from + problem_.cover_weeks;
    Parts parts;
    parts.sales.assign(scale_.points(), 0);
    parts.holding = parts.units = parts.sales;
    parts.left = left_at(way, to);
    for (int w = to - 1; w >= from; --w) {
      sell_week(way, w, parts);
      if (w == from) break;
      const auto arriving = static_cast<double>(problem_.arriving_in(w));
      for (auto* part : {&parts.sales, &parts.holding, &parts.left, &parts.units})
        *part = before_arrival(scale_, *part, arriving);
    }
    return parts;
  }

  void sell_week(size_t way, int week, Parts& parts) const {
    const clearance::DemandRow& row = rows_[static_cast<size_t>(week)];
    for (auto* part : {&parts.sales, &parts.holding, &parts.left, &parts.units}) *part = average(row, *part);
    const double mean = problem_.mean_in(way, week);
    for (size_t g = 0; g < scale_.points(); ++g) {
      const bool runs_short = scale_.stock(g) * kWeekDays < problem_.short_below * mean;
      const double net = problem_.net_in(week) - (runs_short ? problem_.short_fee : 0);
      parts.sales[g] += later(week) * net * row.sold[g];
      parts.holding[g] += later(week) * problem_.storage_in(week) * (scale_.stock(g) - row.sold[g] / 2);
      parts.units[g] += row.sold[g];
    }
  }

  void add_arrival(size_t way, int week, const std::vector<double>& chance, double weight) {
    const Parts parts = parts_of(way, week);
    for (int w = week; w < week + problem_.cover_weeks; ++w) out_.wanted_ += weight * problem_.mean_in(way, w);
    const size_t last = scale_.points() - 1;
    for (size_t g = 0; g < chance.size(); ++g) {
      if (chance[g] <= 0) continue;
      for (size_t m = 0; m < out_.terms_.size(); ++m) {
        const size_t at = std::min(g + m, last);
        OrderTerms& terms = out_.terms_[m];
        terms.sales += weight * chance[g] * parts.sales[at];
        terms.holding += weight * chance[g] * parts.holding[at];
        terms.left += weight * chance[g] * parts.left[at];
        terms.units += weight * chance[g] * parts.units[at];
      }
    }
  }

  const OrderProblem& problem_;
  int week_;
  StockScale scale_;
  OrderValue& out_;
  std::vector<clearance::DemandRow> rows_;  // of the way, by week
};

OrderValue::OrderValue(const OrderProblem& problem, int week, int64_t most) {
  OrderSum sum(problem, week, most, *this);
  for (size_t way = 0; way < problem.ways.size(); ++way) sum.add(way);
}

OrderTerms OrderValue::at(double units) const {
  if (terms_.size() == 1) return terms_[0];
  const double place = std::clamp(units / step_, 0.0, static_cast<double>(terms_.size() - 1));
  const auto below = std::min(static_cast<size_t>(place), terms_.size() - 2);
  const double share = place - static_cast<double>(below);
  const OrderTerms &a = terms_[below], &b = terms_[below + 1];
  const auto between = [&](double low, double high) { return low + share * (high - low); };
  return {between(a.sales, b.sales), between(a.holding, b.holding), between(a.left, b.left), between(a.units, b.units)};
}

int64_t orderable_of(const OrderProblem& problem, int64_t units) {
  if (units <= 0) return 0;
  units = std::max(units, problem.moq);
  const int64_t carton = std::max<int64_t>(1, problem.carton);
  return (units + carton - 1) / carton * carton;
}

int64_t most_worth_a_look(const OrderProblem& problem, int week) {
  double most = 0;
  for (size_t way = 0; way < problem.ways.size(); ++way) {
    double mean = 0, variance = 0;
    for (int w = week; w < last_week(problem, week); ++w) {
      const double here = problem.mean_in(way, w);
      mean += here;
      variance += here + problem.dispersion * here * here;
    }
    most = std::max(most, mean + kSpreads * std::sqrt(variance));
  }
  return orderable_of(problem, static_cast<int64_t>(std::ceil(most)) + 1);
}

namespace {

// The best on the grid of cartons: some of them, then the neighbours of the best.
int64_t best_units(const OrderProblem& problem, const OrderValue& value, int64_t most) {
  const int64_t carton = std::max<int64_t>(1, problem.carton);
  const int64_t least = orderable_of(problem, 1);
  const int64_t stride = std::max<int64_t>(1, (most - least) / carton / static_cast<int64_t>(kMostCandidates)) * carton;
  int64_t best = 0;
  const auto look_at = [&](int64_t units) {
    if (units >= least && units <= most &&
        value.worth(static_cast<double>(units)) > value.worth(static_cast<double>(best)) + kNone)
      best = units;
  };
  for (int64_t units = least; units <= most; units += stride) look_at(units);
  const int64_t middle = best;
  for (int64_t units = middle - stride; units <= middle + stride; units += carton) look_at(units);
  return best;
}

// What the unit after those ordered brings where it is wanted until the next order, and what it costs where it is not.
void find_two_sides(const OrderProblem& problem, const OrderValue& value, int week, OrderChoice& out) {
  const OrderTerms here = value.at(static_cast<double>(out.units));
  const OrderTerms more = value.at(static_cast<double>(out.units) + value.step());
  const double sells = std::clamp((more.units - here.units) / value.step(), 0.0, 1.0);
  const double cost = problem.cost.value_or(problem.landed) * std::pow(problem.discount_a_week, week);
  out.service = 1 - sells;
  const int arrives = week + problem.lead.front().weeks;
  out.too_few = problem.net_in(arrives) * std::pow(problem.discount_a_week, arrives) - cost;
  if (sells > kSome) out.too_few = (more.sales - here.sales) / value.step() / sells - cost;
  if (1 - sells > kSome)
    out.too_many = cost + ((more.holding - here.holding) - (more.left - here.left)) / value.step() / (1 - sells);
  out.sold_share = value.wanted() > 0 ? std::min(1.0, here.units / value.wanted()) : 1;
}

double regret(const OrderProblem& problem, int week, int64_t units) {
  const int64_t most = std::max(units, most_worth_a_look(problem, week));
  const OrderValue value(problem, week, most);
  return std::max(0.0, value.worth(static_cast<double>(best_units(problem, value, most))) -
                           value.worth(static_cast<double>(units)));
}

}  // namespace

int64_t best_order_units(const OrderProblem& problem, int week) {
  const int64_t most = most_worth_a_look(problem, week);
  return best_units(problem, OrderValue(problem, week, most), most);
}

double best_gain(const OrderProblem& problem, int week) {
  const int64_t most = most_worth_a_look(problem, week);
  const OrderValue value(problem, week, most);
  return value.worth(static_cast<double>(best_units(problem, value, most))) - value.worth(0);
}

OrderChoice best_order(const OrderProblem& problem, int week) {
  const int64_t most = most_worth_a_look(problem, week);
  const OrderValue value(problem, week, most + most / 8 + 1);
  OrderChoice out;
  out.week = week;
  out.units = best_units(problem, value, most);
  out.gain = value.worth(static_cast<double>(out.units)) - value.worth(0);
  find_two_sides(problem, value, week, out);
  if (out.units > 0) {
    out.if_double = regret(problem.selling(2), week, out.units);
    out.if_half = regret(problem.selling(0.5), week, out.units);
  }
  return out;
}

namespace {

// Units wanted and not there, by week, where nothing is ordered.
std::vector<double> missed_by_week(const OrderProblem& problem, int weeks) {
  const StockScale scale(static_cast<double>(problem.on_hand) + inbound_until(problem, weeks));
  std::vector<double> missed(static_cast<size_t>(weeks), 0);
  for (size_t way = 0; way < problem.ways.size(); ++way) {
    std::vector<double> chance = certain(scale, static_cast<double>(problem.on_hand));
    for (int w = 0; w < weeks; ++w) {
      if (w > 0) chance = with_arrival(scale, chance, static_cast<double>(problem.arriving_in(w)));
      const clearance::DemandRow row = demand_of(problem, scale, way, w);
      double sold = 0;
      for (size_t g = 0; g < chance.size(); ++g) sold += chance[g] * row.sold[g];
      missed[static_cast<size_t>(w)] += problem.ways[way].weight * std::max(0.0, problem.mean_in(way, w) - sold);
      chance = after_demand(row, chance);
    }
  }
  return missed;
}

double mean_in(const OrderProblem& problem, int week) {
  double mean = 0;
  for (size_t way = 0; way < problem.ways.size(); ++way) mean += problem.ways[way].weight * problem.mean_in(way, week);
  return mean;
}

}  // namespace

std::optional<int> due_week(const OrderProblem& problem, int weeks) {
  const std::vector<double> missed = missed_by_week(problem, weeks + problem.last_lead() + 1);
  for (int week = 0; week <= weeks; ++week) {
    double lost = 0, need = 0, storage = 0;
    for (const LeadWeek& lead : problem.lead) {
      const int arrives = week + lead.weeks;
      const double margin = problem.net_in(arrives) * std::pow(problem.discount_a_week, lead.weeks) - problem.landed;
      lost += lead.weight * missed[static_cast<size_t>(arrives)] * std::max(0.0, margin);
      storage += lead.weight * problem.storage_in(arrives);
      for (int w = arrives; w < arrives + problem.cover_weeks; ++w) need += lead.weight * mean_in(problem, w);
    }
    const auto units = static_cast<double>(orderable_of(problem, static_cast<int64_t>(std::llround(need))));
    const double saved = units * (problem.landed * (1 - problem.discount_a_week) + storage);
    if (lost > 0 && lost >= saved) return week;
  }
  return std::nullopt;
}

}  // namespace destock::restock
