#include "clearance/stock_run.h"

#include <algorithm>

namespace destock::clearance {
StockRun::StockRun(const SkuCase& sku) : sku_(&sku), on_hand_(sku.on_hand), waiting_inbound_(sku.inbound) {
  weeks_.resize(static_cast<size_t>((sku.horizon_days + 6) / 7));
  layers_ = stock_layers(sku);
  if (!weeks_.empty()) weeks_[0].start = on_hand_;
}

void StockRun::take_out(double units) {
  on_hand_ = std::max(0.0, on_hand_ - units);
  size_t gone = 0;
  for (StockLayer& layer : layers_) {
    if (units < layer.units) {
      layer.units -= units;
      break;
    }
    units -= layer.units;
    layer.units = 0;
    ++gone;
  }
  layers_.erase(layers_.begin(), layers_.begin() + static_cast<std::ptrdiff_t>(gone));
}

double StockRun::surcharge_today() const {
  const Date today = sku_->first_day + Days(day_);
  double total = 0;
  for (const StockLayer& layer : layers_)
    total += layer.units * sku_->holding.aged_per_unit(today, layer.age + day_).value_or(0);
  return total;
}

void StockRun::pass_day(double sold) {
  const Date today = sku_->first_day + Days(day_);
  Week& week = weeks_[static_cast<size_t>(day_ / 7)];
  if (day_ % 7 == 0) week.start = on_hand_;
  const double average = on_hand_ - sold / 2;
  double cost = sku_->holding.month(month_of(today), average).value_or(0) / days_in_month(today);
  if (sku_->need.ages_known && sku_->holding.assesses_on(today)) cost += surcharge_today();
  take_out(sold);
  week.sold += sold;
  week.holding += cost;
  holding_ += cost;
  ++day_;
  if (waiting_inbound_ > 0 && day_ >= sku_->inbound_day) {
    layers_.push_back({-day_, waiting_inbound_});
    on_hand_ += waiting_inbound_;
    waiting_inbound_ = 0;
  }
}

StockRun::Sold StockRun::sell(int days, const DayTerms& terms) {
  Sold total;
  const double net = terms.price > 0 ? sku_->sale.net(terms.price) : 0;
  for (int i = 0; i < days && !over(); ++i) {
    const double units = terms.price > 0 ? std::min(on_hand_, sku_->units_per_day * terms.multiplier) : 0;
    weeks_[static_cast<size_t>(day_ / 7)].cash += units * net;
    total.units += units;
    total.cash += units * net;
    total.gross += units * terms.price;
    pass_day(units);
  }
  cash_ += total.cash;
  return total;
}

double StockRun::leave(double units, const economics::ExitValue& exit) {
  units = std::min(units, on_hand_);
  const double cash = units * exit.per_unit;
  const auto week = std::min(static_cast<size_t>(day_ / 7), weeks_.size() - 1);
  weeks_[week].out += units;
  weeks_[week].cash += cash;
  cash_ += cash;
  take_out(units);
  return cash;
}

void StockRun::pay_back(double amount, int week) {
  weeks_[std::min(static_cast<size_t>(week), weeks_.size() - 1)].cash -= amount;
  cash_ -= amount;
}

double StockRun::net_recovery() const {
  const double left = units();
  const double kept = std::min(left, sku_->kept_units);
  const double regular = sku_->price ? sku_->sale.net(sku_->price->to_double()) : 0;
  const double exit = sku_->exits.empty() ? 0 : sku_->exits.front().per_unit;
  return cash_ - holding_ + kept * std::max(regular, exit) + (left - kept) * exit;
}

std::vector<account::PlanWeek> StockRun::weeks() const {
  std::vector<account::PlanWeek> records;
  for (size_t i = 0; i < weeks_.size(); ++i) {
    const Week& week = weeks_[i];
    records.push_back(
        {static_cast<int>(i), sku_->first_day + Days(static_cast<int>(i) * 7), week.start, week.sold, week.out,
         Money::from_double(week.cash, sku_->currency),
         storage_known() ? std::optional<Money>(Money::from_double(week.holding, sku_->currency)) : std::nullopt});
  }
  return records;
}

}  // namespace destock::clearance
