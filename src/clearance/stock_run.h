#pragma once
// A listing's stock day by day: what sells, what it brings, what holding costs; first in, first out. Policies steer it,
// the weekly record is kept on the way. Expected values; units are fractional.

#include <vector>

#include "account/plan_record.h"
#include "clearance/stock_layers.h"

namespace destock::clearance {

struct DayTerms {
  double price = 0;       // shown to buyers
  double multiplier = 1;  // units a day ÷ units a day at the regular price
};

class StockRun {
public:
  explicit StockRun(const SkuCase& sku);

  int day() const { return day_; }
  bool over() const { return day_ >= sku_->horizon_days; }
  double units() const { return on_hand_ + waiting_inbound_; }
  double on_hand() const { return on_hand_; }

  struct Sold {
    double units = 0;
    double cash = 0;   // net of the fees a sale causes
    double gross = 0;  // price × units: what percentage fees count
  };
  // Sells for `days`, or to the horizon.
  Sold sell(int days, const DayTerms& terms);
  // Takes units out in bulk today.
  double leave(double units, const economics::ExitValue& exit);
  void pay_back(double amount, int week);  // a programme's fee, in the week in which it began

  // The value of the whole run: cash − storage − what is left, valued: three months of sales at the regular price, the
  // rest at the best exit.
  double net_recovery() const;
  double holding_paid() const { return holding_; }
  bool storage_known() const { return sku_->holding.storage_per_unit.has_value(); }
  std::vector<account::PlanWeek> weeks() const;

private:
  void pass_day(double sold);
  double surcharge_today() const;
  void take_out(double units);

  const SkuCase* sku_;
  int day_ = 0;
  double on_hand_ = 0;
  double waiting_inbound_ = 0;
  double cash_ = 0;
  double holding_ = 0;
  std::vector<StockLayer> layers_;  // oldest first; a negative age: arrived since
  struct Week {
    double start = 0, sold = 0, out = 0, cash = 0, holding = 0;
  };
  std::vector<Week> weeks_;
};

}  // namespace destock::clearance
