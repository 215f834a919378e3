#include "clearance/odds.h"

#include <cmath>

#include "clearance/demand_row.h"
#include "clearance/level_states.h"

namespace destock::clearance {
namespace {

constexpr size_t kMostPoints = 160;

// Probabilities of stock on a grid of points, by state of the level; what falls between two points is shared between
// them by its mean.
class StockOdds {
public:
  explicit StockOdds(const Decision& d) : states_(true_levels(d)) {
    const auto units = static_cast<size_t>(std::max(1, d.total_units()));
    points_ = std::min(units, kMostPoints) + 1;
    step_ = static_cast<double>(units) / static_cast<double>(points_ - 1);
    for (double weight : states_.weight) {
      mass_.emplace_back(points_, 0);
      put(d.on_hand, weight, mass_.back());
    }
  }

  double none() const {
    double odds = 0;
    for (const auto& mass : mass_) odds += mass[0];
    return odds;
  }

  // A week of an offer, at the week's level.
  void sell(int week, const Offer& offer, int weeks) {
    const double mean = offer.mean / weeks;
    const double more = std::max(0.0, offer.variance / weeks - mean);  // than Poisson's: goes with the mean's square
    for (size_t s = 0; s < states_.size(); ++s) {
      const double factor = states_.factor[s][static_cast<size_t>(week)];
      demand_row(mean * factor, mean * factor + more * factor * factor, step_, points_, row_);
      std::vector<double> after(points_, 0);
      for (size_t g = 0; g < points_; ++g) {
        if (mass_[s][g] <= 0) continue;
        after[0] += mass_[s][g] * row_.rest;
        for (size_t j = 0; j < row_.weight.size(); ++j) after[g > j ? g - j : 0] += mass_[s][g] * row_.weight[j];
      }
      mass_[s] = std::move(after);
    }
    const double keeps = states_.keeps[static_cast<size_t>(week)];
    for (size_t g = 0; states_.size() > 1 && g < points_; ++g) {
      double all = 0;
      for (const auto& mass : mass_) all += mass[g];
      for (size_t s = 0; s < states_.size(); ++s)
        mass_[s][g] = keeps * mass_[s][g] + (1 - keeps) * states_.weight[s] * all;
    }
  }
  void move(double units) {
    for (auto& mass : mass_) {
      std::vector<double> after(points_, 0);
      for (size_t g = 0; g < points_; ++g) put(static_cast<double>(g) * step_ + units, mass[g], after);
      mass = std::move(after);
    }
  }

private:
  void put(double units, double odds, std::vector<double>& to) const {
    const double place = std::clamp(units / step_, 0.0, static_cast<double>(points_ - 1));
    const auto g = std::min(static_cast<size_t>(place), points_ - 2);
    const double share = place - static_cast<double>(g);
    to[g] += odds * (1 - share);
    to[g + 1] += odds * share;
  }

  LevelStates states_;
  size_t points_ = 0;
  double step_ = 1;
  std::vector<std::vector<double>> mass_;
  DemandRow row_;
};

}  // namespace

std::vector<double> sold_out_odds(const Decision& decision, const std::vector<PlannedWeek>& path) {
  StockOdds stock(decision);
  std::vector<double> odds;
  for (const PlannedWeek& step : path) {
    if (step.choice.exit_units > 0) stock.move(-step.choice.exit_units);
    const Effect effect = effect_of(decision, step.choice.programme, static_cast<size_t>(step.choice.level));
    const Offer offer = offer_of(decision, effect, step.week, step.choice.programme);
    for (int w = 0; w < step.weeks; ++w) {
      stock.sell(step.week + w, offer, step.weeks);
      const int next = step.week + w + 1;
      bool waiting = false;
      for (size_t later = static_cast<size_t>(next); later < decision.inbound.size(); ++later)
        waiting = waiting || decision.inbound[later] > 0;
      odds.push_back(waiting ? 0 : stock.none());
      if (static_cast<size_t>(next) < decision.inbound.size() && decision.inbound[static_cast<size_t>(next)] > 0)
        stock.move(decision.inbound[static_cast<size_t>(next)]);
    }
  }
  // The path ends where nothing is expected to be left: the rest sells at its last price.
  while (!odds.empty() && odds.size() < static_cast<size_t>(decision.weeks)) {
    const PlannedWeek& last = path.back();
    const Effect effect = effect_of(decision, -1, static_cast<size_t>(last.choice.level));
    const int week = static_cast<int>(odds.size());
    stock.sell(week, offer_of(decision, effect, week, -1), 1);
    odds.push_back(stock.none());
  }
  return odds;
}

std::optional<Date> out_by(Date first_day, const std::vector<double>& odds, double chance) {
  for (size_t week = 0; week < odds.size(); ++week)
    if (odds[week] >= chance) return first_day + Days(7 * static_cast<int>(week + 1));
  return std::nullopt;
}

}  // namespace destock::clearance
