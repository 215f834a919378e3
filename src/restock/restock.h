#pragma once
// What to reorder, when, how much, and what to stop before the season ends: the playbook's rules on the forecast, which
// knows of days out of stock, of the season and of the weeks after it. Source of the rules: amz123.com/t/fEBsWBXa (July
// 2025); events and days on which factories stand still from data/calendars/.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "demand/account_forecast.h"
#include "demand/velocity.h"
#include "market/facts.h"
#include "restock/order_advice.h"

namespace destock::restock {

enum class Advice {
  kReorder,       // order now
  kStockoutRisk,  // order now: the stock runs out before a new order can arrive
  kTestBatch,     // a new listing without stock: 150–300 units
  kTaper,         // season ahead: order less
  kStop,          // the season is ending, the order would come after it, or there is excess: order nothing
  kNegotiate,     // the factory's minimum would last too long: talk to the factory, order nothing
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
  bool guessed = false;  // from a name, not from the cost sheet
};

struct RestockLine {
  size_t listing = 0;
  demand::Velocity velocity;
  int64_t stock = 0;                // on hand, inbound and on order, counted
  int64_t on_order = 0;             // of it: in purchase orders, and not in Amazon's inbound
  double per_day = 0;               // units expected a day until the order arrives and over the cover after it
  int64_t lead_time_days = 0;       // as the cost sheet has it
  int64_t factory_closed_days = 0;  // of a holiday within it: it takes so much longer
  std::optional<Date> arrives;      // an order placed today
  bool lead_time_assumed = false;
  LeadTime lead;  // the same as a distribution
  std::optional<double> days_of_supply;
  std::optional<Date> stockout_date;
  std::optional<int64_t> reorder_point;          // expected until an order arrives
  std::optional<int64_t> order_up_to;            // expected over the longer cover
  std::optional<int64_t> order_low, order_high;  // the playbook's 2–3 months less stock, in whole cartons
  int64_t order_now = 0;
  Advice advice = Advice::kUnknown;
  Text reason;
  std::optional<Season> season;
  OrderAdvice order;  // by what an order brings; the rest is the playbook's
};

// What the diagnosis says of a listing, so that this room does not diagnose again.
enum class Surplus { kNone, kExcess, kDead };
RestockLine restock_line(const account::Account& account, size_t listing, const market::Facts& facts,
                         const demand::AccountForecast& forecast, Surplus surplus);
// Whole weeks that the forecast must reach so that every order can be judged.
inline constexpr int kForecastWeeks = 78;

// The season that a listing is sold for (demand/listing_season.h): its next or current occurrence.
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
