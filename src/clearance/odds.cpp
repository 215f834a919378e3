#include "clearance/odds.h"

#include <cmath>

#include "clearance/demand_row.h"

namespace destock::clearance {
namespace {

constexpr size_t kMostPoints = 160;

// Probabilities of stock on a grid of points; what falls between two is shared between them by its mean.
class StockOdds {
public:
  explicit StockOdds(const Decision& d) {
    const auto units = static_cast<size_t>(std::max(1, d.total_units()));
    points_ = std::min(units, kMostPoints) + 1;
    step_ = static_cast<double>(units) / static_cast<double>(points_ - 1);
    mass_.assign(points_, 0);
    put(d.on_hand, 1, mass_);
  }

  double none() const { return mass_[0]; }

  void sell(double mean, double variance) {
    demand_row(mean, variance, step_, points_, row_);
    std::vector<double> after(points_, 0);
    for (size_t g = 0; g < points_; ++g) {
      if (mass_[g] <= 0) continue;
      after[0] += mass_[g] * row_.rest;
      for (size_t j = 0; j < row_.weight.size(); ++j) after[g > j ? g - j : 0] += mass_[g] * row_.weight[j];
    }
    mass_ = std::move(after);
  }
  void move(double units) {
    std::vector<double> after(points_, 0);
    for (size_t g = 0; g < points_; ++g) put(static_cast<double>(g) * step_ + units, mass_[g], after);
    mass_ = std::move(after);
  }

private:
  void put(double units, double odds, std::vector<double>& to) const {
    const double place = std::clamp(units / step_, 0.0, static_cast<double>(points_ - 1));
    const auto g = std::min(static_cast<size_t>(place), points_ - 2);
    const double share = place - static_cast<double>(g);
    to[g] += odds * (1 - share);
    to[g + 1] += odds * share;
  }

  size_t points_ = 0;
  double step_ = 1;
  std::vector<double> mass_;
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
      stock.sell(offer.mean / step.weeks, offer.variance / step.weeks);
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
    const Offer offer = offer_of(decision, effect, static_cast<int>(odds.size()), -1);
    stock.sell(offer.mean, offer.variance);
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
