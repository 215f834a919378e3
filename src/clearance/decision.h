#pragma once
// One SKU's clearance as a decision problem: weeks, stock, prices, programmes, exits, what holding costs, and what its
// own earlier prices forbid. Everything is a number here; where the numbers come from is the caller's business (an
// account, or a line of `destock decide`). Money is a double in one currency: the planner computes, records round.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/date.h"

namespace destock::clearance {

// A week in which a programme may begin, where weeks differ: events.
struct Slot {
  bool open = true;
  double fixed_fee = 0;
  double min_discount = 0;
};

// Something that changes what a price sells: a deal, a coupon, a push from outside.
struct Programme {
  std::string channel;
  int weeks = 1;
  double days = 0;                            // of its week, on which it runs; the rest at the current price; 0: all
  double min_discount = 0, max_discount = 1;  // of the current price
  double uplift = 1;                          // units ÷ units at the same price without; its mean
  double uplift_sd = 0;
  double fixed_fee = 0;             // of running it once
  double share_fee = 0;             // of what its buyers pay
  double min_units = 0;             // on hand when it begins, after what leaves in bulk the same day
  double change_cost = 0;           // of somebody's minutes to set it up; going on with it costs nothing
  std::vector<double> change_more;  // on top of that, by week; empty: nothing
  int cooldown_weeks = 0;           // after its end before it may run again
  int weeks_until_eligible = 0;
  bool remembers =
      false;  // asks a price at or below the lowest of the last 30 days, and its discount off the Was Price
  std::vector<Slot> slots;  // by week; empty: open in all, with the fee and the least discount above

  Slot slot(int week) const;
};

struct BulkExit {
  std::string channel;
  double per_unit = 0;
  int delay_weeks = 0;          // until the money comes
  std::vector<double> by_week;  // a unit that leaves in the week brings, delay not yet discounted; empty: per_unit
};

enum class HorizonEnd {
  kSalvage,  // what is left leaves by the best exit
  kSellOn,   // or is sold at the regular price for as long as that pays
};

// What was paid in a week: for the 30-day floor and the Was Price.
struct PaidWeek {
  double lowest = 0;  // promotions and codes taken off; 0: nothing sold
  double price = 0;   // of most units
  double units = 0;
};

// The playbook's rules, by months of stock. Above `outlet_to`, and where no Outlet may run: the stages.
struct PlaybookRule {
  double hold_to = 3, outlet_to = 5, outlet_discount = 0.2;
  int stage_weeks = 4;
  std::vector<double> stage_prices;
};

// A way in which the level of demand may go: by week what the mean is multiplied by, the last holds on; and its chance.
struct LevelPath {
  double weight = 0;
  std::vector<double> factor;
};

struct Decision {
  int weeks = 26;
  double price = 0;               // now
  std::vector<double> ladder;     // prices that may be asked, the current one first, falling
  std::vector<double> net_at;     // what a sale at each brings; empty: by net_share and net_fixed
  std::vector<double> factor_at;  // units at each ÷ units at `base`, as they are known; empty: by the elasticity
  double deepest_believed = 1;    // discount beyond which no further gain in units is believed
  double bends_from = 1;          // discount beyond which the logarithm of a price counts only
  double gain_beyond = 1;         // this part
  double reduced_log_sd = 0;      // of the log of a reduced week's units, beside the dispersion of any week
  int on_hand = 0;
  std::vector<int> inbound;  // units by the week at whose start they arrive, from week 1 on; [0] is 0
  std::vector<double> base;  // mean units a week at the current price; the last holds on
  double dispersion = 0;     // variance = mean + dispersion · mean²
  // Ways in which the level may go: weights sum to 1, in every week the weighted mean of the factors is 1. Empty: it is
  // known.
  std::vector<LevelPath> levels;
  std::vector<double> elasticity;  // negative; each with its weight
  std::vector<double> weight;
  double net_share = 1, net_fixed = 0;  // of a sale: price · share − fixed
  std::vector<double> sale_cost;        // a unit sold, on top of that, by week: peak seasons; the last holds on
  std::vector<std::vector<double>> sale_cost_at;  // the same by level, where fees change otherwise at lower prices
  // Cost of holding the `k` youngest units through week t, by cohort: rate a unit a week.
  struct Cohort {
    int units;
    int arrives;               // week; 0: on hand
    std::vector<double> rate;  // by week, those after the horizon too where it is sold on; the last holds on
  };
  std::vector<Cohort> cohorts;  // youngest first
  std::vector<BulkExit> exits;
  std::vector<Programme> programmes;
  double discount_a_week = 1;  // β
  // What money that comes in a week is worth, against the first week's; positive, the last goes on by β. Empty: β to
  // the power of the week.
  std::vector<double> worth_of_cash;
  // Of somebody's minutes: an economic cost that decides what is worth changing, in no money. A week that goes on with
  // the price or programme of the week before costs nothing, nor does a programme that ends.
  double price_change_cost = 0, exit_change_cost = 0;
  std::vector<double> change_more;  // of any change, on top, by week; empty: nothing
  std::vector<double> fee_price;    // on top of a unit of money that buyers' promotions cost, by week; empty: nothing
  double landed = 0;                // what a unit cost to buy and bring; 0: not known, nothing is a loss
  std::vector<double> loss_price;   // of a unit of money lost on it, by week; empty: nothing
  HorizonEnd end = HorizonEnd::kSalvage;
  PlaybookRule playbook;
  std::vector<bool> no_change;  // by week: the current price and nothing else
  bool monotone = false;        // a price once cut does not rise again; programmes come and go
  int floor_weeks = 0;          // weeks in which an earlier price binds a programme that remembers; 0: no memory
  int was_weeks = 0;            // weeks whose median is the Was Price; 0: not looked at
  std::vector<PaidWeek> past;   // before the first week, the last first
  std::vector<int> delays;      // weeks of waiting whose cost is asked
  std::vector<int> cooling;     // weeks that each programme still cools down at the start; empty: none does

  int total_units() const;
  double net(size_t level) const { return net_at.empty() ? ladder[level] * net_share - net_fixed : net_at[level]; }
  double sale_cost_in(int week, size_t level) const {
    const std::vector<double>& cost = sale_cost_at.empty() ? sale_cost : sale_cost_at[level];
    return cost.empty() ? 0 : cost[std::min(static_cast<size_t>(week), cost.size() - 1)];
  }
  bool same_sale_cost(int a, int b) const {
    for (size_t level = 0; level < std::max<size_t>(1, sale_cost_at.size()); ++level)
      if (sale_cost_in(a, level) != sale_cost_in(b, level)) return false;
    return true;
  }
  double base_in(int week) const { return base[std::min(static_cast<size_t>(week), base.size() - 1)]; }
  // What money `by` weeks after a week is worth in it.
  double later(int week, int by) const;
  bool changes_cost() const;
  static double by_week(const std::vector<double>& more, int week) {
    return static_cast<size_t>(week) < more.size() ? more[static_cast<size_t>(week)] : 0;
  }
  // What a unit that brings so much loses against what it cost.
  double lost_at(double net) const { return landed > 0 ? std::max(0.0, landed - net) : 0; }
  bool changes_in(int week) const {
    return static_cast<size_t>(week) >= no_change.size() || !no_change[static_cast<size_t>(week)];
  }
  // Nothing changes in weeks that touch these days, both inclusive.
  void keep_free(Date first_day, Date from, Date to);
  // The logarithm of a level's price ÷ today's, as buyers answer to it: units ~ e^(elasticity · it).
  double felt(size_t level) const;
  // Of holding so many units, the youngest, through a week.
  double holding(int week, double units) const;
  // Log-normal with this mean and spread, so that it stays negative: three points of Gauss and Hermite.
  void believe_elasticity(double mean, double sd);
  // Best exit's value of a unit that leaves in the week, seen from it; nothing where there is none.
  std::optional<double> exit_value(int week) const;
  const BulkExit* best_exit(int week) const;
  double exit_worth(const BulkExit& exit, int week) const;
  // The same as it is paid, its delay not discounted.
  static double exit_pays(const BulkExit& exit, int week);
};

// What a price does to units, or a programme at a price: the elasticities and the uplift averaged over. The same in
// every week.
struct Effect {
  double mean = 1, square = 1;  // of the factor on a week's units
  double net = 0;               // of a unit, on average over the days
  double loss = 0;              // of a unit, against what it cost
  double fee = 0;               // of a unit, what its promotion takes of its price
  size_t level = 0;             // that is asked
  double at_current = 0;        // share of the units that are sold at the current price
  // What a unit costs in a week on top of what its price leaves.
  double sale_cost(const Decision& decision, int week) const {
    return at_current * decision.sale_cost_in(week, 0) + (1 - at_current) * decision.sale_cost_in(week, level);
  }
};
// `programme` −1: the price alone.
Effect effect_of(const Decision& decision, int programme, size_t level);

// Units and their variance in a week, or in a programme's weeks; and what running it costs.
struct Offer {
  double mean = 0, variance = 0;
  double fee = 0;
  double sale_cost = 0;  // a unit sold, on average over the weeks, on top of what its price leaves
};
Offer offer_of(const Decision& decision, const Effect& effect, int week, int programme);

inline constexpr double kDiscountSlack = 1e-3;  // discounts are of rounded prices

// Whether a programme may begin in a week at a level; its cooldown and its memory aside.
bool open_at(const Decision& decision, int week, size_t programme, size_t level);

}  // namespace destock::clearance
