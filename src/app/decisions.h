#pragma once
// What people decide of actions and of SKUs, kept in a log that only grows; and taking back.

#include <optional>
#include <string>
#include <vector>

#include "app/todo.h"

namespace destock::app {

struct ActionDecision {
  account::DeskEventKind kind = account::DeskEventKind::kApproved;
  TodoFilter which;  // ids, or what is due by the filter
  std::string why;
  std::optional<Date> until;  // of kPutOff
  std::optional<Date> review_on;
  std::optional<int> check;  // of kChecked and kUnchecked, from 0
};

struct ActionsDecided {
  std::vector<std::string> done;                          // ids
  std::vector<std::pair<std::string, Text>> not_decided;  // ids, and why not
};

// One event for each action that it fits, in one transaction with the look at how they stand. kBadUsage where something
// that the decision needs is missing; kNotFound as of todo().
Result<ActionsDecided> decide_actions(store::Store& store, int64_t account, const Context& context,
                                      const ActionDecision& decision, const std::string& person);

// Of single SKUs. kNotFound where the account has no such listing. In several marketplaces: all of them, or the one
// named.
struct SkuDecision {
  std::string sku, marketplace;
  std::optional<account::Pinned> pinned{};
  std::optional<Money> floor{};  // lowest price; zero takes it back
  std::string why;
  std::optional<Date> review_on{};
};
Result<std::vector<account::LineKey>> decide_sku(store::Store& store, int64_t account, const Context& context,
                                                 const SkuDecision& decision, const std::string& person);

// Takes a decision back by a row of its own: an action stands again as before it, a SKU gets what stood before. The
// newest of that person where no number is given, with all that was decided in the same stroke. kRefused where
// something was decided of the same thing after it, or where reports say it: what is seen is not taken back.
struct Undone {
  account::DeskEvent event;
  size_t count = 1;  // of the stroke
};
Result<Undone> undo(store::Store& store, int64_t account, const Context& context, std::optional<int64_t> event,
                    const std::string& person);

// The log, newest first; an event that was taken back says so.
struct LogRow {
  account::DeskEvent event;
  bool undone = false;
  bool review_due = false;  // its day has come and nothing was decided of the thing since
};
Result<std::vector<LogRow>> decisions(store::Store& store, int64_t account, const Context& context,
                                      const std::string& sku = {});

// Those whose day has come.
Result<std::vector<LogRow>> reviews_due(store::Store& store, int64_t account, const Context& context);

Text desk_event_name(account::DeskEventKind kind);

}  // namespace destock::app
