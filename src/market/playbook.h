#pragma once
// The playbook (清仓规则): the rules of thumb, each under its own name, all editable. data/playbooks/default.toml
// Ratios are stock ÷ units of the month; shares and discounts are fractions of 1.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace destock::market {

struct StockToSalesRule {
  double healthy_from;  // below: stockout risk
  double healthy_to;    // inclusive; above: excess
};
struct AgeRule {
  int aged_days;  // an age flag from this day on
  int new_listing_days;
};
inline constexpr size_t kMostVelocityWindows = 8;
struct VelocityRule {
  std::vector<int> window_days;
  std::vector<double> weights;
};
struct AccountRule {
  double excess_share_alarm;
  int stale_after_days;    // data older than this is flagged
  int urgent_within_days;  // excess that reaches the surcharge's first day within these is P1
  double urgent_above_ratio;
};
struct OutletRule {
  double ratio_above;
  double ratio_to;
  double discount;
  int days;
  double uplift;  // units a day with ÷ without, price effect included
};
struct LightningRule {
  int64_t units_to;
  double discount;
  double uplift;
  int warm_up_days;
  double warm_up_uplift;  // ads doubled and off-site posts
  int preparation_days;   // Amazon names day and hour one week before
};
struct BestDealRule {
  int64_t units_to;
  double discount;
  int days;
  double coupon;
};
struct WootRule {
  int64_t units_above;
  std::vector<int> days;  // Woot, Best Deal, Woot, gap
  std::vector<double> discounts;
  double max_discount;
};
struct DiscountRule {
  double coupon;
  double ped;
  int ped_days;
  double business;
  int business_min_units;
};
struct MarkdownRule {
  int stage_days;
  int last_stage_min_age_days;                 // stage 3 is for stock at least this old
  double last_stage_cost_share;                // of purchase cost recovered in stage 3
  std::vector<double> unknown_cost_discounts;  // where cost is unknown: discounts for the stages
};
struct OffsiteRule {
  double discount;
  int days;
  int64_t units_above;  // worth the work above this many units
};
struct WholesaleRule {
  double recovery;  // of the original price
  int64_t min_units;
  int delay_days;
};
struct LiquidationRule {
  double recovery_of_price;  // gross, of the selling price
};
struct PriceResponseRule {
  double elasticity;                 // units ~ price^elasticity, negative
  double max_extrapolated_discount;  // beyond it no further uplift is believed
  double bends_from = 1;             // discount beyond which a price's logarithm counts only
  double gain_beyond = 1;            // this part
  double scatter = 0;  // standard deviation of the log of one reduced week's units beside any other week's

  // The logarithm of price ÷ regular, as buyers answer to it.
  double felt(double log_ratio) const;
  std::string source;
};
struct RestockRule {
  int64_t test_batch_from;
  int64_t test_batch_to;
  double cover_months_from;
  double cover_months_to;
  int default_lead_time_days;
  int refresh_days;
  int taper_months_before_peak;
  int clear_weeks_before_season_end;
  int order_every_days;                 // an order lasts until the one so many days later can arrive
  double most_months_by_minimum_order;  // an order that the factory's minimum makes last longer is not proposed
};
struct ReturnsRule {
  int window_days;           // over which returned units are set against sold ones
  int64_t least_units_sold;  // fewer say nothing about a rate
};
struct PlanRule {
  int horizon_weeks;
  double max_discount;  // no price below that much off the current one
  double cost_of_capital_per_year;
  double dear_capital_per_year;  // what it would be where money is dear: what changes then is said
  int64_t min_units_to_clear;    // fewer are left to sell by themselves
  double min_gain;               // base currency: a SKU on which a plan gains less than holding is left alone
  // Base currency: what somebody's minutes cost for a change, by how it is carried out. In no money.
  double row_cost, clicks_cost, message_cost;
  int inbound_days;              // until what is on its way can be sold
  std::vector<int> delay_weeks;  // what waiting so long would cost is said
};

// When what is approved is not written after all, and how files are filled.
struct CarryOutRule {
  double most_off_today;      // share of today's price: more than that is looked at again
  double least_stock_left;    // share of what was on hand at the approval
  int old_stock_days;         // of the report, for units that leave for good
  int old_plan_days;          // a plan that began before is said to be old
  double coupon_budget_room;  // times what is expected to be given: a budget is no hard limit
  int trial_weeks;            // that an action runs which a person puts in to see what comes of it
};

struct Playbook {
  std::string name;
  StockToSalesRule stock_to_sales;
  AgeRule age;
  VelocityRule velocity;
  AccountRule account;
  OutletRule outlet;
  LightningRule lightning;
  BestDealRule best_deal;
  WootRule woot;
  DiscountRule discounts;
  MarkdownRule markdown;
  OffsiteRule offsite;
  WholesaleRule wholesale;
  LiquidationRule liquidation;
  PriceResponseRule price_response;
  RestockRule restock;
  ReturnsRule returns;
  PlanRule plan;
  CarryOutRule carry_out;
};

// What a rule is called on screens. data/words/playbook.toml
enum class RuleUnit { kShare, kMonths, kTimes, kNumber, kUnits, kDays, kWeeks };
inline constexpr std::string_view kRuleUnitIds[] = {"share", "months", "times", "number", "units", "days", "weeks"};
struct RuleWords {
  std::string key;
  RuleUnit unit;
  Text name;
};
struct RuleGroup {
  std::string id;  // the section
  Text name;
  std::vector<RuleWords> rules;
};

}  // namespace destock::market
