#pragma once
// What is to be done in a week: the actions of the account's plan, each with what became of it, how it is carried out
// and by when.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/context.h"
#include "desk/life.h"
#include "store/store.h"

namespace destock::app {

// How a person meets it: a row of a file, clicks, a message.
enum class TodoKind { kFile, kClicks, kMessage };
inline constexpr std::string_view kTodoKindIds[] = {"file", "clicks", "message"};
TodoKind todo_kind(market::CarriedBy by);

struct TodoItem {
  account::ActionRecord action;
  desk::Life life;
  const market::Channel* channel = nullptr;  // of the context; nothing: none of that name any more
  market::CarryOut how;
  Text channel_name;
  std::string asin;  // empty: not known
  std::string link;  // of the listing\'s page; empty: not known
  std::optional<Money> price_now;
  std::optional<int64_t> units_now;
  Date by;                             // the last day to hand it in
  std::optional<Date> priced_on;       // the snapshot that tells price and units
  std::optional<Money> floor;          // no price of the SKU below, as people wish it now
  std::optional<double> gain_in_base;  // to compare; nothing without a rate
  bool late = false;                   // and it is past
  bool due = false;                    // in the week asked for, or before it and still open
};

struct Todo {
  Date today;     // on which people work
  Date reported;  // of the newest snapshot
  Date from, to;  // the week, Monday to Sunday
  int64_t plan = 0;
  Date plan_as_of;
  std::vector<TodoItem> items;  // by gain, the most first
  // How many there are of each, by the week alone: what the other filters may ask for.
  std::map<std::string, int64_t> owners, marketplaces, kinds, states;
  std::vector<Text> notes;  // what a reader must know: an old plan, actions that the plan does not ask for any more
};

struct TodoFilter {
  std::optional<Date> week;  // any day of it; nothing: the one at hand
  std::string owner, channel, marketplace;
  std::optional<TodoKind> kind;
  std::optional<double> gain_above;  // in the account's base currency
  std::optional<desk::State> state;
  std::string words;             // in id, SKU, title, ASIN or channel, of either case
  std::vector<std::string> ids;  // these alone, whenever they are due
  bool all = false;              // whatever their week and state
};

// Where a store's listing is looked at: "https://www.amazon.com/dp/"; empty where the store's site is not known.
std::string listing_address(const market::Facts& facts, const std::string& marketplace);

// kNotFound where there is no plan of the account, or where an id is not there.
Result<Todo> todo(store::Store& store, int64_t account, const Context& context, const TodoFilter& filter);

// The same of a desk that is read already: in a transaction, or for a test.
struct DeskFacts {
  account::PlanHead plan;
  Date first_day;  // of the plan
  Date reported;
  std::vector<account::PlanChoice> choices;
  std::vector<store::Store::PriceSeen> prices;  // of the newest days
  std::map<std::string, Date> newest;           // snapshot of each marketplace
  ExchangeRates rates;
  Currency base;
  std::optional<Date> removals_reported;  // of the newest removal report; nothing: none was imported
};
Result<DeskFacts> desk_facts(store::Store& store, int64_t account, const Context& context);
// The desk with its plan's actions: a plan of a database from before actions were kept gets them now.
Result<store::Store::Desk> numbered_desk(store::Store& store, int64_t account, const Context& context,
                                         const DeskFacts& facts);
Result<Todo> todo_of(const store::Store::Desk& desk, const DeskFacts& facts, const Context& context,
                     const TodoFilter& filter);

// Actions of the newest plan that somebody approved, whatever has become of them since.
Result<int64_t> approved_actions(store::Store& store, int64_t account, Date today);

}  // namespace destock::app
