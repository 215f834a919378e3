#pragma once
// What to reorder, when, how much, and what to stop before the season ends, by the playbook. Source of the rules:
// amz123.com/t/fEBsWBXa (July 2025); events from data/calendars/.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "demand/velocity.h"
#include "market/facts.h"

namespace destock::restock {

enum class Advice {
  kReorder,       // order now
  kStockoutRisk,  // order now: the stock runs out before a new order can arrive
  kTestBatch,     // a new listing without stock: 150–300 units
  kTaper,         // season ahead: order less
  kStop,          // the season is ending, or there is excess: order nothing
  kEnough,
  kUnknown,  // sales are unknown
};
std::string_view advice_id(Advice advice);
Text advice_name(Advice advice);

struct Season {
  std::string event;  // id of the calendar
  Text name;
  Date peak;        // the event's first day
  Date taper_from;  // restock is cut from here
  Date clear_from;  // clearing starts here
  std::optional<Date> stock_in_by;
};

struct RestockLine {
  size_t listing = 0;
  demand::Velocity velocity;
  int64_t stock = 0;  // on hand and inbound, counted
  int64_t lead_time_days = 0;
  bool lead_time_assumed = false;
  std::optional<double> days_of_supply;
  std::optional<Date> stockout_date;
  std::optional<int64_t> reorder_point;          // velocity × lead time
  std::optional<int64_t> order_up_to;            // velocity × the longer cover
  std::optional<int64_t> order_low, order_high;  // the playbook's 2–3 months less stock, in whole cartons
  int64_t order_now = 0;
  Advice advice = Advice::kUnknown;
  Text reason;
  std::optional<Season> season;
};

RestockLine restock_line(const account::Account& account, size_t listing, const market::Facts& facts);

// The season that a listing's cost sheet names ("halloween", "万圣节", "Christmas"): its next or current occurrence.
std::optional<Season> season_of(const account::Account& account, size_t listing, const market::Facts& facts);

// The events ahead in each marketplace that the account sells in, the soonest first: by when to order, to be in, to
// submit deals, to order less and to clear, and how many SKUs are of that season.
struct EventAhead {
  std::string marketplace;
  const market::Event* event;  // of `facts`
  Date order_by;               // so that a lead time as assumed ends in time
  Date taper_from, clear_from;
  int64_t skus = 0;  // whose cost sheet names it
};
inline constexpr int kCalendarDays = 365;  // a year ahead
std::vector<EventAhead> events_ahead(const account::Account& account, const market::Facts& facts,
                                     int days = kCalendarDays);

// Up to whole cartons and at least the MOQ; 0 stays 0.
int64_t orderable(int64_t units, std::optional<int64_t> moq, std::optional<int64_t> carton);

}  // namespace destock::restock
