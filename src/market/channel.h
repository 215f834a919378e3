#pragma once
// A clearance channel: a way to turn stock into cash, with its rules as data. data/channels/<id>.toml

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/money.h"
#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

enum class ChannelKind {
  kDeal,         // a programme of Amazon's with a length: outlet, lightning, best_deal, woot
  kDiscount,     // runs beside another price: coupon, ped, business
  kPrice,        // the seller's own price: markdown
  kMarketplace,  // sells one stock in more places: remote, efn, mcf
  kOffsite,      // demand brought from outside
  kExit,         // units leave: wholesale, liquidation, removal
};

// What a condition looks at. Those a report can answer are checked; the rest are listed for a person to check.
enum class Check {
  kUnitsInFba,  // available units
  kDaysInFba,   // age of the oldest cohort, days
  kPriceKnown,
  kAsk,  // the data cannot tell
};

struct Condition {
  Check check;
  double at_least = 0;
  Text ask;  // for people: what to check
  std::string source;
};

// A channel's own fee for running once, beyond referral and fulfilment.
struct ChannelFee : Sourced {
  std::string marketplace;
  std::string event;  // an event of the calendar on whose days it holds; empty: ordinary days
  Currency currency;
  std::optional<Money> fixed;
  std::optional<Money> per_day;
  std::optional<Money> per_redemption;
  double share_of_sales = 0;
  std::optional<Money> share_cap;  // the share's ceiling
};

// How a plan's step in a channel leaves the house.
enum class CarriedBy { kPriceFile, kBusinessPriceFile, kCouponSheet, kDiscountSheet, kRemovalFile, kClicks, kMessage };
inline constexpr std::string_view kCarriedByIds[] = {
    "price_file", "business_price_file", "coupon_sheet", "discount_sheet", "removal_file", "clicks", "message"};
// What Amazon's bulk sheet takes in a row; less is made by hand.
struct SheetRule {
  int least_products = 1, most_products = 1;
  int most_days = 1;
  double least_budget = 0;  // in the marketplace's currency
  std::string source;
};
struct CarryOut {
  CarriedBy by = CarriedBy::kClicks;
  Text screen;                // where a person finds it
  bool irreversible = false;  // it asks for a second yes
  int days_before = 0;        // by which it must be handed in before it starts
  // In which a report shows it after its first day; nothing: nobody can say, for Amazon chooses the day.
  std::optional<int> seen_within_days;
  std::optional<SheetRule> sheet;  // of kCouponSheet
  int most_rows = 0;               // of a file, of kRemovalFile
};

struct Channel {
  std::string id;
  Text name;
  ChannelKind kind = ChannelKind::kDeal;
  std::vector<std::string> marketplaces;  // empty: all
  std::optional<double> min_discount;     // Amazon's own bounds
  std::optional<double> max_discount;
  std::optional<int> days;  // Amazon's own length
  std::optional<int> cooldown_days;
  std::vector<Condition> conditions;
  std::vector<ChannelFee> fees;
  // Units sold with the channel ÷ units without, at the same price. 1: unknown or none, see uplift_known.
  double uplift = 1;
  bool uplift_known = false;
  std::optional<double> uplift_low, uplift_high;  // its spread
  std::string uplift_source;
  // What being there adds to the price's own effect: median and the middle 90 %. What the planner believes.
  struct Placement {
    double median = 1, low = 1, high = 1;
    std::string source;
  };
  std::optional<Placement> placement;
  std::optional<double> live_hours;  // of a deal that runs for part of a day
  std::optional<int> plan_days;      // the length that the planner counts on, where it is not `days`
  // What an exit recovers, as a share of the selling price, and when.
  std::optional<double> recovery_low;
  std::optional<double> recovery_high;
  std::optional<int> delay_days;
  std::optional<int> storage_days;  // in which units that leave are stored on
  Text how;                         // how it is carried out, in short
  CarryOut carry_out;
  Text playbook_differs;      // where the playbook's rule is not Amazon's; empty: nowhere
  bool returns_only = false;  // takes customer returns, never new excess
  // It runs only where Amazon offers it: words of the planning report's recommended action that say so, in lower case.
  bool needs_offer = false;
  std::vector<std::string> offered_by;
  bool offered = false;  // the seller says that it is offered: market/settings.h
  bool off = false;      // the account does not use it; market/settings.h
  std::string source;
};

// Whether the account may use it there.
inline bool runs_in(const Channel& channel, std::string_view marketplace) {
  if (channel.off) return false;
  if (channel.marketplaces.empty()) return true;
  for (const auto& id : channel.marketplaces)
    if (id == marketplace) return true;
  return false;
}
// The fee of an ordinary day; of a day of an event where one is named and has a fee of its own.
const ChannelFee* fee_in_force(const Channel& channel, std::string_view marketplace, Date day,
                               std::string_view event = {});

}  // namespace destock::market
