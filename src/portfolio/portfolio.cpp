#include "portfolio/portfolio.h"

#include <algorithm>
#include <cmath>

#include "base/parallel.h"
#include "clearance/fluid_bound.h"
#include "portfolio/master.h"

namespace destock::portfolio {
namespace {

constexpr double kHeldBack = 0.5;  // of the way to the best known prices
constexpr double kPenalty = 20;    // of all that could be gained, for missing a limit whole
constexpr double kSame = 1e-7;     // of a value
constexpr double kLeastGap = 1e-5, kOfCost = 0.05;

struct Column {
  size_t stake;
  Chosen chosen;
};

class Portfolios {
public:
  Portfolios(const std::vector<Stake>& stakes, const std::vector<Row>& rows, const Options& options)
      : stakes_(stakes),
        rows_(rows),
        options_(options),
        planners_(std::max(1u, options.threads)),
        alone_(stakes.size()),
        of_stake_(stakes.size()) {}

  Portfolio solve() {
    Portfolio out;
    out.price.assign(rows_.size(), 0);
    out.short_by.assign(rows_.size(), 0);
    out.bound = price_all(out.price);
    out.without_limits = out.bound;
    for (Chosen& found : found_) found.own = true;
    for (size_t k = 0; k < stakes_.size(); ++k) keep(k);
    choose_first(out);
    if (rows_.empty() || meets(out.used)) return out;
    Master master(stakes_.size(), rows_, kPenalty * std::max(1.0, std::abs(out.bound)));
    for (const Column& column : columns_) master.add(column.stake, column.chosen.value, column.chosen.use);
    find_prices(master, out);
    round(master, out);
    return out;
  }

private:
  bool stopped() const { return options_.stop && *options_.stop; }

  // Solves every SKU at these prices into `found_`; the Lagrangian bound.
  double price_all(const std::vector<double>& price) {
    found_.assign(stakes_.size(), {});
    std::vector<double> worth(stakes_.size(), 0);
    share_out(stakes_.size(), planners_.size(), [&](size_t worker, size_t k) {
      if (stopped()) return;
      worth[k] = price_one(k, price, planners_[worker]);
    });
    double bound = 0;
    for (double value : worth) bound += value;
    for (size_t r = 0; r < rows_.size(); ++r) bound += sign(r) * price[r] * rows_[r].limit;
    return bound;
  }

  double sign(size_t row) const { return rows_[row].at_least() ? -1 : 1; }

  double price_one(size_t k, const std::vector<double>& price, clearance::Planner& planner) {
    const Stake& stake = stakes_[k];
    const clearance::Decision d = priced(stake, rows_, price);
    Chosen& found = found_[k];
    clearance::PlannerOptions options;
    found.optimum = planner.solve(d, options);
    for (clearance::PlannedWeek& step : found.optimum.path) step = unpriced(stake, d, step);
    found.use = use_of(stake, rows_, found.optimum.path);
    const double worth = stake.rate * found.optimum.objective * (d.worth_of_cash.empty() ? 1 : d.worth_of_cash[0]);
    double minutes = found.optimum.change_cost;
    double given_back = worth;
    for (size_t r = 0; r < rows_.size(); ++r) {
      given_back += sign(r) * price[r] * found.use[r];
      if (rows_[r].what == Scarce::kActions || rows_[r].what == Scarce::kClicks)
        minutes -= price[r] * found.use[r] / stake.rate;
    }
    found.optimum.change_cost = std::max(0.0, minutes);
    // What it brings in its own money: its worth with what its use was charged given back, and no more than along its
    // path, where luck takes what it takes where nothing is scarce, as far as as much is sold. The first is right at
    // small prices, the second at large ones.
    const double along = value_along(*stake.decision, found.optimum.path);
    const double sold = units_of(found.optimum.path);
    if (!alone_[k].known) {
      alone_[k] = {true, found.optimum.value - along, sold, found.optimum.value};
    } else {
      const double as_much = alone_[k].sold > 0 ? std::min(1.0, sold / alone_[k].sold) : 0;
      const double brings = std::min(
          {alone_[k].value, given_back / stake.rate + found.optimum.change_cost, along + alone_[k].luck * as_much});
      found.optimum.cost_of_delay.clear();  // was told at the rows' prices
      if (found.optimum.next_best > -1e299) found.optimum.next_best += brings - found.optimum.value;
      found.optimum.value = brings;
    }
    found.value = stake.rate * (found.optimum.value - found.optimum.change_cost);
    return worth;
  }

  static double units_of(const std::vector<clearance::PlannedWeek>& path) {
    double units = 0;
    for (const clearance::PlannedWeek& step : path) units += step.units;
    return units;
  }

  // At present value, with what is expected to be left at the end.
  static double value_along(const clearance::Decision& d, const std::vector<clearance::PlannedWeek>& path) {
    double value = 0;
    for (const clearance::PlannedWeek& step : path)
      value += d.later(0, step.week) * (step.cash + step.exit_cash - step.holding);
    if (path.empty() || path.back().week + path.back().weeks < d.weeks) return value;
    const clearance::PlannedWeek& last = path.back();
    const double left = std::max(0.0, last.stock - last.choice.exit_units - last.units);
    return value + d.later(0, d.weeks) * clearance::value_of(clearance::end_value(d), left);
  }

  // A policy that is not known yet becomes a column.
  bool keep(size_t k) {
    for (size_t c : of_stake_[k]) {
      const Column& column = columns_[c];
      bool same = std::abs(column.chosen.value - found_[k].value) <= kSame * std::max(1.0, std::abs(found_[k].value));
      for (size_t r = 0; same && r < rows_.size(); ++r)
        same = std::abs(column.chosen.use[r] - found_[k].use[r]) <= kSame * std::max(1.0, std::abs(found_[k].use[r]));
      if (same) return false;
    }
    of_stake_[k].push_back(columns_.size());
    columns_.push_back({k, std::move(found_[k])});
    return true;
  }

  void choose_first(Portfolio& out) const {
    std::vector<size_t> of(stakes_.size());
    for (size_t c = 0; c < columns_.size(); ++c) of[columns_[c].stake] = c;
    take(of, out);
  }

  void take(const std::vector<size_t>& of, Portfolio& out) const {
    out.chosen.clear();
    out.value = 0;
    out.used.assign(rows_.size(), 0);
    for (size_t c : of) {
      out.chosen.push_back(columns_[c].chosen);
      out.value += columns_[c].chosen.value;
      for (size_t r = 0; r < rows_.size(); ++r) out.used[r] += columns_[c].chosen.use[r];
    }
  }

  // By how much a row is missed, in shares of its limit.
  double missed(size_t r, double used) const {
    return std::max(0.0, sign(r) * (used - rows_[r].limit)) / std::max(1.0, std::abs(rows_[r].limit));
  }
  bool meets(const std::vector<double>& used) const {
    for (size_t r = 0; r < rows_.size(); ++r)
      if (missed(r, used[r]) > kSame) return false;
    return true;
  }

  void find_prices(Master& master, Portfolio& out) {
    std::vector<double> best = out.price;
    double back = kHeldBack;
    for (out.rounds = 1; out.rounds <= options_.rounds && !stopped(); ++out.rounds) {
      master.solve();
      if (near_enough(out, master.value())) break;
      // While a limit cannot be met yet its price is a penalty, and there is nothing to hold back to.
      const bool missing = any_short(master);
      std::vector<double> price(rows_.size());
      for (size_t r = 0; r < rows_.size(); ++r)
        price[r] = missing ? master.price(r) : (1 - back) * master.price(r) + back * best[r];
      const double bound = price_all(price);
      if (bound < out.bound) {
        out.bound = bound;
        best = price;
      }
      if (options_.progress) options_.progress(out.rounds);
      const bool any = add_found(master);
      if (!any && (missing || back == 0)) break;
      back = any ? kHeldBack : 0;
    }
    master.solve();
    for (size_t r = 0; r < rows_.size(); ++r) {
      out.short_by[r] = master.short_by(r);
      out.price[r] = is_short(master, r) ? 0 : master.price(r);  // there is no more of it at any price
    }
  }

  // Of the whole, and of what the limits cost, which the prices tell.
  bool near_enough(const Portfolio& out, double value) const {
    const double all = options_.near_enough * std::abs(out.bound);
    return out.bound - value <
           std::max(kLeastGap * std::abs(out.bound), std::min(all, kOfCost * (out.without_limits - value)));
  }

  bool is_short(const Master& master, size_t r) const {
    return master.short_by(r) > kSame * std::max(1.0, std::abs(rows_[r].limit));
  }
  bool any_short(const Master& master) const {
    for (size_t r = 0; r < rows_.size(); ++r)
      if (is_short(master, r)) return true;
    return false;
  }

  bool add_found(Master& master) {
    bool any = false;
    for (size_t k = 0; k < stakes_.size(); ++k) {
      if (!keep(k)) continue;
      const Chosen& chosen = columns_.back().chosen;
      master.add(k, chosen.value, chosen.use);
      any = true;
    }
    return any;
  }

  // One policy for each SKU: that with the largest share; then the cheapest swaps until the limits hold, and those that
  // gain within them.
  void round(const Master& master, Portfolio& out) {
    of_.assign(stakes_.size(), SIZE_MAX);
    for (size_t c = 0; c < columns_.size(); ++c) {
      size_t& here = of_[columns_[c].stake];
      if (here == SIZE_MAX || master.share(c) > master.share(here)) here = c;
    }
    used_.assign(rows_.size(), 0);
    for (size_t c : of_)
      for (size_t r = 0; r < rows_.size(); ++r) used_[r] += columns_[c].chosen.use[r];
    for (size_t swaps = 0; swaps < 4 * stakes_.size() && !meets(used_) && repair(); ++swaps) {
    }
    for (size_t swaps = 0; swaps < stakes_.size() && improve(); ++swaps) {
    }
    take(of_, out);
  }

  double missed_in_all(size_t from, size_t to) const {
    double sum = 0;
    for (size_t r = 0; r < rows_.size(); ++r)
      sum += missed(r, used_[r] + columns_[to].chosen.use[r] - columns_[from].chosen.use[r]);
    return sum;
  }
  void swap_in(size_t c) {
    size_t& here = of_[columns_[c].stake];
    for (size_t r = 0; r < rows_.size(); ++r) used_[r] += columns_[c].chosen.use[r] - columns_[here].chosen.use[r];
    here = c;
  }

  bool repair() {
    double now = 0;
    for (size_t r = 0; r < rows_.size(); ++r) now += missed(r, used_[r]);
    double cheapest = 0;
    size_t best = SIZE_MAX;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const size_t here = of_[columns_[c].stake];
      if (c == here) continue;
      const double less = now - missed_in_all(here, c);
      if (less <= kSame) continue;
      const double cost = (columns_[here].chosen.value - columns_[c].chosen.value) / less;
      if (best == SIZE_MAX || cost < cheapest) {
        cheapest = cost;
        best = c;
      }
    }
    if (best == SIZE_MAX) return false;
    swap_in(best);
    return true;
  }

  bool improve() {
    double now = 0;
    for (size_t r = 0; r < rows_.size(); ++r) now += missed(r, used_[r]);
    double most = kSame;
    size_t best = SIZE_MAX;
    for (size_t c = 0; c < columns_.size(); ++c) {
      const size_t here = of_[columns_[c].stake];
      const double gain = columns_[c].chosen.value - columns_[here].chosen.value;
      if (gain <= most || missed_in_all(here, c) > now + kSame * 1e-2) continue;
      most = gain;
      best = c;
    }
    if (best == SIZE_MAX) return false;
    swap_in(best);
    return true;
  }

  const std::vector<Stake>& stakes_;
  const std::vector<Row>& rows_;
  const Options& options_;
  std::vector<clearance::Planner> planners_;
  std::vector<Chosen> found_;
  // Of each SKU where nothing is scarce: its value, how it differs from the path's, and what is sold.
  struct Alone {
    bool known = false;
    double luck = 0, sold = 0, value = 0;
  };
  std::vector<Alone> alone_;
  std::vector<std::vector<size_t>> of_stake_;  // its columns
  std::vector<Column> columns_;
  std::vector<size_t> of_;  // by stake: its column
  std::vector<double> used_;
};

}  // namespace

Portfolio solve(const std::vector<Stake>& stakes, const std::vector<Row>& rows, const Options& options) {
  return Portfolios(stakes, rows, options).solve();
}

}  // namespace destock::portfolio
