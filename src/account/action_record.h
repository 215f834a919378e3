#pragma once
// An action of the account's plan that people carry out, what was decided and seen of it, and the files that carry it
// out. An action keeps its id through new plans as long as it means the same: desk/renew.h.

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/plan_record.h"
#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

namespace destock::account {

// From so many units of an order on, so many per cent of the business price are off.
struct QuantityTier {
  int units = 0, percent = 0;
  bool operator==(const QuantityTier&) const = default;
};
// Units from 2 and per cents from 1 to 99, both rising.
bool are_tiers(const std::vector<QuantityTier>& tiers);
// "3:5,10:8": from 3 units on 5 % off, from 10 on 8 %. Nothing where a text is no such list.
std::string tiers_text(const std::vector<QuantityTier>& tiers);
std::optional<std::vector<QuantityTier>> tiers_of(std::string_view text);

struct ActionRecord {
  std::string id;  // "DSK-2026W49-0007": the ISO week in which it was to start when it was first planned, and a number
  std::string marketplace, sku, title, owner, tag;
  Currency currency;
  std::string channel;  // as of PlanAction
  Date start, end;      // inclusive
  std::optional<Money> price;
  std::optional<double> discount;  // of the regular price
  std::optional<double> expected_units;
  std::optional<Money> expected_cash;
  double units_out = 0;
  std::optional<Money> gain;  // its share, by money, of what the SKU's line brings over doing nothing
  // What the same weeks would bring if nothing were done, as forecast then; of an exit nothing.
  std::optional<double> held_units;
  std::optional<Money> held_cash;
  std::optional<double> believed_lift;  // of its channel beside the price's own effect, when it was planned
  std::optional<double> spread;         // of the line's promise: standard deviation of the logarithm of its level
  Text reason;
  std::vector<Text> checks;
  int64_t plan = 0;     // the newest plan of the account that it stood in
  bool in_plan = true;  // that plan is the newest
  // A person put it in, to see what comes of what no plan has a figure for: no plan asks for it or drops it.
  bool own = false;
  std::vector<QuantityTier> tiers;  // of a business price, by rising units
};

// What happened to an action or was decided of a SKU. Rows are only ever added; taking back is a row of its own.
enum class DeskEventKind {
  // of an action
  kApproved,
  kWithdrawn,  // the approval was taken back
  kPutOff,     // until a day
  kLeftOut,    // this action, for good
  kTakenIn,    // neither put off nor left out any more
  kChecked,    // a person looked at the check of that number
  kUnchecked,
  kConfirmed,  // the second yes to what cannot be undone
  kWritten,    // into a file
  kDone,       // a person says that it was carried out
  kNotDone,    // and that it was not
  kRefused,    // by Amazon, with its words
  kSeen,       // a report shows it
  kEnded,      // a report shows that it ended before its time
  // of a SKU
  kLineApproved,
  kLineWithdrawn,
  kExcluded,
  kIncluded,
  kLocked,
  kUnlocked,
  kWishes,
  kNote,
  // of its demand: `day` to `until`, `units` a week or `value` times what was forecast
  kForecastSet,
  kSpikeLeftOut,
  kSpikeAgain,
  // of another event
  kUndone,
};
inline constexpr std::array<std::string_view, 26> kDeskEventIds = {
    "approved",      "withdrawn",      "put_off",        "left_out",    "taken_in", "checked",  "unchecked",
    "confirmed",     "written",        "done",           "not_done",    "refused",  "seen",     "ended",
    "line_approved", "line_withdrawn", "excluded",       "included",    "locked",   "unlocked", "wishes",
    "note",          "forecast_set",   "spike_left_out", "spike_again", "undone"};
std::string_view desk_event_id(DeskEventKind kind);
std::optional<DeskEventKind> desk_event_of(std::string_view id);

struct DeskEvent {
  int64_t id = 0;
  std::string action;  // empty: of the SKU
  std::string marketplace, sku;
  DeskEventKind kind = DeskEventKind::kNote;
  std::string person, at;         // ISO 8601, UTC
  std::string why;                // in the person's words; of kRefused in Amazon's
  std::optional<Date> until;      // of kPutOff; the last day, of demand
  std::optional<Date> review_on;  // when it is to be looked at again
  std::optional<int> check;       // of kChecked, from 0
  // When it was approved: the price and the units on hand then. When it was seen: the price, or units that left.
  std::optional<Money> price;
  std::optional<double> units;
  std::optional<Money> expected;  // the recovery that was expected when it was decided
  std::optional<Date> day;        // of kSeen and kEnded: the first day that shows it
  std::string value, before;      // of a SKU: what was set, and what stood before; of kWritten: the file's name
  int64_t undoes = 0;             // of kUndone
};

// What a person decided of an action, or what was seen of it.
DeskEvent event_of(const ActionRecord& action, DeskEventKind kind, const std::string& person, const std::string& at);

// A file that was written to carry actions out.
struct WrittenFile {
  int64_t id = 0;
  std::string name, kind, marketplace;
  std::string sha256;  // hex
  std::string person, at;
  std::vector<std::string> actions;
  std::string content;  // its bytes; empty where only the list is asked for
};

}  // namespace destock::account
