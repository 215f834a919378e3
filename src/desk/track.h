#pragma once
// What came of an action: when reports first show it, and units and money beside what was planned. Pure.

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "account/action_record.h"
#include "desk/life.h"
#include "market/channel.h"

namespace destock::desk {

// A price that a snapshot of a day shows as asked.
struct PricePoint {
  Date day;
  Money price;
};
struct SoldDay {
  Date day;
  int64_t units = 0;
  int64_t priced_units = 0;  // of those whose price is known
  Money paid;                // for those, less the discount given
};
struct RemovalSeen {
  Date day;
  double units = 0;  // that left or are about to, what was cancelled taken off
  bool cancelled = false;
};

struct Evidence {
  std::span<const PricePoint> prices;  // by day
  std::span<const SoldDay> sales;      // by day; days without a sale may lack
  std::optional<Date> sales_to;        // the last day that sales speak for
  std::optional<RemovalSeen> removal;  // of this action's own order
  std::optional<Money> exit_money{};   // that settlements show for that order, fees taken off
  std::optional<Date> pays_on{};       // the day by which an exit's money is due; until then none is missed
  Date reported{};                     // of the newest report
  std::optional<Date> promoted_on{};   // the first day of a promotion that is this action, by a report of promotions
};

struct Sighting {
  std::optional<Date> seen;  // the first day that shows it
  std::optional<Money> price;
  std::optional<double> units;
  std::optional<Date> ended;  // the first day on which it was over before its time
};

// A price step by what snapshots ask; a promotion by its report or by what buyers paid, a few units at least; an exit
// by its own order.
Sighting sighting_of(const account::ActionRecord& action, market::CarriedBy by, const Evidence& evidence);

enum class Cause { kNone, kNotCarriedOut, kPriceDiffers, kStockOut, kDemand };
inline constexpr std::string_view kCauseIds[] = {"none", "not_carried_out", "price_differs", "stock_out", "demand"};
Text cause_name(Cause cause);

// Up to a day, from its start: all in units, and money net of fees in the listing's currency.
struct Outcome {
  int days = 0, days_in_all = 0;  // that have passed and that sales speak for; of the action
  double planned_units = 0;
  std::optional<double> actual_units;
  std::optional<double> low, high;  // between which the units come eight times in ten; nothing: its spread is not known
  std::optional<Money> planned_cash, actual_cash;
  std::optional<double> held_units;  // that doing nothing would have sold in the same days, as forecast then
  std::optional<Money> held_cash;
  std::optional<Money> paid;  // on average by buyers
  Cause cause = Cause::kNone;
  std::optional<bool> below, above;  // the band
};

// `net`: money of one sale at a price, net of its fees; nothing where a fee is not known. `stockouts`: days out of
// stock among those that have passed.
using NetOfSale = std::function<std::optional<Money>(Money price)>;
Outcome outcome_of(const account::ActionRecord& action, const Life& life, const Evidence& evidence, int stockouts,
                   const NetOfSale& net);

// How much more, or less, a channel sells than was believed, from actions that reports show live; on the log scale
// each weighs by its own scatter, with the belief before as the first.
struct Trial {
  double expected = 0, actual = 0;
  std::optional<double> spread;  // of what was expected
};
struct Learned {
  double factor = 1;         // what was believed is multiplied by it
  double low = 1, high = 1;  // the middle 80 %
  int runs = 0;
};
Learned learned_of(std::span<const Trial> trials, double belief_sd);

}  // namespace destock::desk
