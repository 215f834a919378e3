#pragma once
// What came of the plan: each action as reports show it, units and money beside what was planned, and why they differ.

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "app/state.h"
#include "app/todo.h"
#include "desk/track.h"

namespace destock::app {

// Looks for every approved action in the reports that are in force, and writes down what they show for the first time:
// seen, ended. The number of rows added. To be called after an import and before a plan; nothing is written twice.
Result<int64_t> look_for_actions(store::Store& store, int64_t account, const Context& context,
                                 const AccountState& state);

// The same where somebody has decided something, with the account read anew; else nothing is read. The shipped context.
Result<int64_t> look_after_import(store::Store& store, int64_t account, const Context& shipped);

struct Tracked {
  TodoItem item;
  desk::Outcome outcome;
};

// Money of all tracked actions in the base currency; an action whose money is not known is in none, and counted.
struct TrackTotals {
  Currency base_currency;
  int64_t actions = 0, without_money = 0;
  Money planned, came, held;                                // up to now
  Money not_carried_out, price_differs, stock_out, demand;  // planned less came, by why
};

TrackTotals no_totals(Currency base);  // of nothing

struct Track {
  Date from, to;                 // the weeks that are looked back on
  std::vector<Tracked> actions;  // what was never seen first, then by money missed
  TrackTotals totals;
  struct Week {
    Date start;
    Money planned, came;  // summed up to its end
    Money low, high;      // of the planned: the middle 80 %, each action's spread taken for its own
  };
  std::vector<Week> weeks;
  struct Channel {
    std::string id;
    Text name;
    desk::Learned learned;
  };
  std::vector<Channel> learned;  // from actions seen live
  std::vector<Text> notes;
};
Result<Track> track(store::Store& store, int64_t account, const Context& context, const AccountState& state,
                    int weeks_back);

// The context with placements of channels as the account's own actions have shown them, and what that changed.
struct WithLearned {
  market::Facts facts;
  std::vector<Text> notes;
};
Result<WithLearned> with_learned(store::Store& store, int64_t account, const Context& context,
                                 const AccountState& state);

}  // namespace destock::app
