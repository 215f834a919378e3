#pragma once
// The life of an action: what its events add up to on a day. Pure.

#include <map>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "account/action_record.h"

namespace destock::desk {

enum class State {
  kProposed,
  kApproved,
  kPutOff,
  kLeftOut,
  kWritten,    // stands in a file; or a person says that it was carried out
  kRefused,    // by Amazon
  kLive,       // a report shows it
  kFinished,   // it was live and its days are over
  kEnded,      // it ended before its time
  kNeverSeen,  // carried out or due, and no report shows it by its window
};
inline constexpr std::string_view kStateIds[] = {"proposed", "approved", "put_off",  "left_out",    "written",
                                                 "refused",  "live",     "finished", "ended_early", "never_seen"};
std::string_view state_id(State state);
Text state_name(State state);

struct Life {
  State state = State::kProposed;
  bool approved = false, confirmed = false;
  bool done = false;                      // a person says so
  bool written = false;                   // into a file
  std::set<int> checked;                  // numbers of its checks
  std::optional<Date> until;              // of what was put off
  std::optional<Date> handed_over;        // written into a file, or said to be done
  std::optional<Date> review_on;          // the next review, if one is set
  std::optional<Money> approved_price;    // that the listing had when it was approved
  std::optional<double> approved_units;   // on hand then
  std::optional<Date> seen_on, ended_on;  // by reports
  std::optional<Money> seen_price;
  std::optional<double> seen_units;
  std::string file;          // the newest it was written into
  std::string why, refusal;  // a person's reason of the last decision; Amazon's words
  std::string person, at;    // of the last decision
};

// What the account knows of the days.
struct Today {
  Date day;                               // the day on which people work
  std::optional<Date> reported{};         // of the newest report that would show the action; nothing: there is none
  std::optional<int> seen_within_days{};  // in which a report shows it, as of market::CarryOut
};

// `events`: of this action, oldest first; those that were undone count for nothing.
Life life_of(const account::ActionRecord& action, std::span<const account::DeskEvent> events, const Today& today);

// Numbers of the events that were taken back.
std::set<int64_t> undone_of(std::span<const account::DeskEvent> events);

// Events that are in force, by action; within each in the order given. What was undone is left out, and so are the
// events that took it back.
std::map<std::string, std::vector<account::DeskEvent>> by_action(std::span<const account::DeskEvent> events);

// Whether a decision of that kind fits an action in that state: what is carried out is not approved again, what is
// over is not changed. Nothing: it fits; else why not.
std::optional<Text> does_not_fit(account::DeskEventKind kind, const Life& life);

}  // namespace destock::desk
