#pragma once
// One SKU's order as a decision problem: units that arrive after a lead time that nobody knows to the day, and must
// last until the next order can arrive. Everything is a number here; order_terms.h says where they come from. Money is
// a double in one currency: what is shown is rounded.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <vector>

#include "clearance/decision.h"

namespace destock::restock {

// A chance that an order arrives at the start of so many weeks after it was placed.
struct LeadWeek {
  int weeks = 0;
  double weight = 0;
};

// V: what stock brings from the start of a week on where nothing more is ordered, seen from that week, by week and
// stock. Straight between points; beyond the last as between the last two.
class LeftValue {
public:
  LeftValue(double step, size_t points, size_t weeks) : step_(step), points_(points), value_(points * weeks, 0) {}

  void set(size_t week, size_t point, double value) { value_[week * points_ + point] = value; }
  double step() const { return step_; }
  size_t points() const { return points_; }
  double at(int week, double units) const;

private:
  size_t weeks() const { return value_.size() / points_; }
  double step_;
  size_t points_;
  std::vector<double> value_;
};

struct OrderProblem {
  double landed = 0;           // a unit, paid when it is ordered
  double discount_a_week = 1;  // β
  int64_t moq = 0;             // 0: none
  int64_t carton = 1;
  std::optional<double> cost;     // a unit of this order, where it is not `landed`, which the next one costs
  int cover_weeks = 4;            // from its arrival until the next one's
  std::optional<int> again_week;  // in which the next one is paid; nothing: so many weeks after it
  std::vector<LeadWeek> lead;     // weights sum to 1

  int64_t on_hand = 0;
  std::vector<int64_t> inbound;            // by the week at whose start they arrive; [0] is 0
  std::vector<double> base;                // mean units a week; the last holds on
  double dispersion = 0;                   // variance = mean + dispersion · mean²
  std::vector<clearance::LevelPath> ways;  // in which the level may go, as Decision::levels; one at least
  std::vector<double> net;                 // of a sale by week; the last holds on
  std::vector<double> storage;             // a unit a week; the last holds on
  double short_fee = 0, short_below = 0;   // of a unit sold while the stock lasts fewer days than that

  // By way, as seen once an order could be placed again; empty: not found yet.
  std::vector<LeftValue> left;
  double left_scale = 1;  // demand is so many times what `left` was found for: V of a unit at so many times the stock

  double net_in(int week) const { return of_week(net, week); }
  double storage_in(int week) const { return of_week(storage, week); }
  double mean_in(size_t way, int week) const;
  int last_lead() const;
  int64_t arriving_in(int week) const {
    return static_cast<size_t>(week) < inbound.size() ? inbound[static_cast<size_t>(week)] : 0;
  }
  // The same where so many times as much sells.
  OrderProblem selling(double times) const;

private:
  static double of_week(const std::vector<double>& by_week, int week) {
    return by_week[std::min(static_cast<size_t>(week), by_week.size() - 1)];
  }
};

// What an order brings, on average and in today's money, by its parts.
struct OrderTerms {
  double sales = 0, holding = 0, left = 0;
  double units = 0;  // sold until the next order can arrive; not discounted

  double before_cost() const { return sales - holding + left; }
};

struct OrderChoice {
  int week = 0;       // from today in which it is placed
  int64_t units = 0;  // 0: none is worth its cost
  double gain = 0;    // over none until the next can be placed
  // A unit's: lost where demand is beyond what is there when the unit is missing; and where it is left over.
  double too_few = 0, too_many = 0;
  double service = 0;                 // chance that it lasts until the next order can arrive
  double sold_share = 0;              // units sold of those wanted until then
  double if_double = 0, if_half = 0;  // lost against the best order, where demand is twice, or half, what was believed
};

// What orders of a week bring, by their units.
class OrderValue {
public:
  // `most`: units that an order may have.
  OrderValue(const OrderProblem& problem, int week, int64_t most);

  OrderTerms at(double units) const;
  // Less what it costs.
  double worth(double units) const { return at(units).before_cost() - cost_ * units; }
  double step() const { return step_; }
  double wanted() const { return wanted_; }  // units, from the arrival until the next one

private:
  friend class OrderSum;
  double step_ = 1;
  double cost_ = 0;  // of a unit, in today's money
  double wanted_ = 0;
  std::vector<OrderTerms> terms_;  // by step of the units ordered
};

// The best order of a week, on the grid of cartons. `left` must be known.
OrderChoice best_order(const OrderProblem& problem, int week);
// Its units alone.
int64_t best_order_units(const OrderProblem& problem, int week);
// What it brings more than none.
double best_gain(const OrderProblem& problem, int week);
// Units beyond which no order of a week is looked at.
int64_t most_worth_a_look(const OrderProblem& problem, int week);

// The first of so many weeks in which to wait one more costs more than it saves: sales that would be missed in the week
// by which the order then comes later, against the capital and the storage of the order. Nothing: none of them. Needs
// no `left`.
std::optional<int> due_week(const OrderProblem& problem, int weeks);

// In whole cartons and no less than the minimum: orderable() of restock.h by the problem's own.
int64_t orderable_of(const OrderProblem& problem, int64_t units);

}  // namespace destock::restock
