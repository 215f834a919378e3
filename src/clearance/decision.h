#pragma once
// One SKU's clearance as a decision problem: weeks, stock, prices, programmes, exits, what holding costs. Everything is
// a number here; where the numbers come from is the caller's business (an account, or a line of `destock decide`).
// Money is a double in one currency: the planner computes, records round.

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

namespace destock::clearance {

// A price on the ladder, or a programme at a price.
struct Programme {
  std::string channel;
  int weeks = 1;
  double min_discount = 0, max_discount = 1;  // of the current price
  double uplift = 1;                          // units ÷ units at the same price without
  double fixed_fee = 0;                       // of running it once
  int cooldown_weeks = 0;                     // after its end before it may run again
  int weeks_until_eligible = 0;
};

struct BulkExit {
  std::string channel;
  double per_unit = 0;
  int delay_weeks = 0;  // until the money comes
};

enum class HorizonEnd {
  kSalvage,  // what is left leaves by the best exit
  kSellOn,   // or is sold at the regular price for as long as that pays
};

struct Decision {
  int weeks = 26;
  double price = 0;            // now
  std::vector<double> ladder;  // prices that may be asked, the current one first, falling
  int on_hand = 0;
  std::vector<int> inbound;        // units by the week at whose start they arrive, from week 1 on; [0] is 0
  std::vector<double> base;        // mean units a week at the current price; the last holds on
  double dispersion = 0;           // variance = mean + dispersion · mean²
  std::vector<double> elasticity;  // negative; each with its weight
  std::vector<double> weight;
  double net_share = 1, net_fixed = 0;  // of a sale: price · share − fixed
  // Cost of holding the `k` youngest units through week t, by cohort: rate a unit a week.
  struct Cohort {
    int units;
    int arrives;               // week; 0: on hand
    std::vector<double> rate;  // by week
  };
  std::vector<Cohort> cohorts;  // youngest first
  std::vector<BulkExit> exits;
  std::vector<Programme> programmes;
  double discount_a_week = 1;  // β
  HorizonEnd end = HorizonEnd::kSalvage;
  std::vector<double> stage_prices;  // of the playbook: a month each; for its rule alone

  int total_units() const;
  double net(double at_price) const { return at_price * net_share - net_fixed; }
  double base_in(int week) const { return base[std::min(static_cast<size_t>(week), base.size() - 1)]; }
  // Best exit's value today of a unit, its delay discounted; nothing where there is none.
  std::optional<double> exit_value() const;
  const BulkExit* best_exit() const;
};

// Mean and variance of a week's (or a programme's) units at a price: the elasticities averaged over.
struct Demand {
  double mean = 0, variance = 0;
};
Demand demand_at(const Decision& decision, int week, int weeks, double price, double uplift);

}  // namespace destock::clearance
