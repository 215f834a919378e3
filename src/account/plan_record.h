#pragma once
// A plan (清仓方案) as it is stored, shown and exported. Money is in each line's marketplace currency.

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

namespace destock::account {

struct PlanAction {
  int week = 0;  // from 0, the plan's first week
  Date start;
  Date end;             // last day, inclusive
  std::string channel;  // id of data/channels, or "sell": the regular price
  std::optional<Money> price;
  std::optional<double> discount;        // of the current price
  std::optional<double> expected_units;  // unknown where nothing supports a figure
  std::optional<Money> expected_cash;    // net of every fee the sale causes
  double units_out = 0;                  // units that leave by a bulk exit
  Text reason;
  std::vector<Text> checks;  // what the data cannot tell and a person must look at
  // What its days would bring if nothing were done; known while the plan is made, kept with the action alone.
  std::optional<double> held_units{};
  std::optional<Money> held_cash{};
};

struct PlanWeek {
  int week = 0;
  Date start;
  double units_start = 0;
  double units_sold = 0;
  double units_out = 0;
  Money cash;                    // of sales, net of fees and programme fees; of exits, when they pay
  std::optional<Money> storage;  // storage and aged surcharge; unknown where no figure supports it
};

struct NextBest {
  std::string channel;
  Money net_recovery;
};

// What would be better, were Amazon to offer it: beside the line, never in its money.
struct IfOffered {
  std::string channel;
  Date start, end;  // inclusive
  Money price;
  Money net_recovery;  // of the whole line
};

// What names a line of a plan: marketplace and SKU.
using LineKey = std::pair<std::string, std::string>;

struct PlanLine {
  std::string marketplace, sku, title, owner, tag;
  std::string band;
  double units = 0;
  Money net_recovery;
  std::optional<Money> upper_bound;
  std::optional<Money> hold_net_recovery;
  std::optional<Money> playbook_net_recovery;
  std::map<int, Money> cost_of_delay;  // by weeks waited
  Text why;
  std::vector<PlanAction> actions;
  std::vector<PlanWeek> weeks;
  std::optional<NextBest> next_best;
  std::vector<Text> assumptions;  // what was unknown and what was used instead
  // Days before which it is sold out as likely as not, and with nine chances in ten; nothing: not within the horizon.
  std::optional<Date> half_out_by{}, sure_out_by{};
  std::optional<double> out_by_end{};  // probability of being sold out at the horizon
  std::optional<double> elasticity{};  // believed
  std::optional<double>
      turning_elasticity{};  // at which the first action turns between keeping the price and cutting it
  std::optional<IfOffered> if_offered{};
  std::optional<Money> net_recovery_p10{}, net_recovery_p90{};  // between which it comes eight times in ten
  // What the same weeks bring if held, by the playbook, and if all of it leaves in bulk at once: summed into the plan's
  // curves, not stored by line.
  std::vector<PlanWeek> hold_weeks{}, playbook_weeks{}, liquidate_weeks{};
};

// A channel without any figure: what could use it, once an account.
struct PlanNote {
  std::string channel;
  int64_t skus = 0;
  std::vector<std::string> try_on;  // at most five SKUs, those with the most stock at their price
};

// A listing that should be cleared and that has no figure of money: left out of every total.
struct Unplanned {
  std::string marketplace, sku, title, owner;
  std::string reason;  // id: "fulfilment_unknown", "referral_unknown", "price_unknown"
  double units = 0;
};

// Money by week of all lines of a currency, under a policy.
struct PlanCurve {
  std::string policy;  // "optimal", "hold", "playbook", "liquidate"
  Currency currency;
  struct Week {
    int week = 0;
    Date start;
    Money cash, storage;
  };
  std::vector<Week> weeks;
  // After the last week: units that are left, and what they and money still to come are taken to be worth now.
  double units_left = 0;
  std::optional<Money> value_after{};
};

// What a line does, in short: its actions with a figure, each with days, price and units. Two lines with the same
// content ask the same of a person; "keep" where the price is kept.
std::string content_of(const PlanLine& line);

// What a person decided of a SKU. It belongs to the account, not to a plan, and outlasts every plan.
enum class Pinned { kNo, kLocked, kExcluded };  // kept as it is, or left out, when the rest is planned again
struct PlanChoice {
  std::string marketplace, sku;
  bool approved = false;
  Pinned pinned = Pinned::kNo;
  std::string wishes;                      // JSON: this line's own; empty: none
  std::string person, at;                  // who decided it last, and when (ISO 8601, UTC)
  std::string approved_line, locked_line;  // the line's content when it was approved, and when it was locked
};
// Of one SKU: what is given is changed, the rest stays as others left it meanwhile.
struct ChoiceChange {
  LineKey key;
  std::string line;  // its content in the plan that the person looks at; empty: it stands in none
  std::optional<bool> approved{};
  std::optional<Pinned> pinned{};
  std::optional<std::string> wishes{};  // empty text: taken back
  // For the log: the person's reason, when it is to be looked at again, and what is expected of it. A note alone
  // changes nothing else.
  std::string why{};
  std::optional<Date> review_on{};
  std::optional<Money> expected{};
  // Of an approval: the listing's price and units then.
  std::optional<Money> price{};
  std::optional<double> units{};
};
// A decision beside a plan's line; null: the plan has none of that SKU.
struct Standing {
  bool approved = false;    // and the line is what was approved
  bool needs_look = false;  // approved or locked, and the line has become another since; or locked, and there is none
};
Standing standing_of(const PlanChoice& choice, const PlanLine* line);

// A plan of the account is what screens, decisions and the workbook go by. A trial (some SKUs, another policy, another
// day) is kept to be looked at, and never stands in its place.
enum class PlanPurpose { kAccount, kTrial };
inline constexpr std::string_view kPlanPurposeIds[] = {"account", "trial"};

// A plan without its lines.
struct PlanHead {
  int64_t id = 0;
  std::string policy;
  Date as_of;
  int horizon_weeks = 0;
  std::string created_at;
  int64_t lines = 0;
  PlanPurpose purpose = PlanPurpose::kAccount;
  Date first_day{};
};

struct PlanRecord {
  int64_t id = 0;
  std::string policy;
  Date as_of;
  Date first_day;
  int horizon_weeks = 0;
  std::string created_at;
  std::vector<PlanLine> lines;
  std::vector<PlanCurve> curves{};
  std::vector<Unplanned> unplanned{};
  std::vector<PlanNote> notes{};
  std::string wishes{};  // JSON: what was asked of it; empty: nothing
  std::string limits{};  // JSON: what the account's limits came to (app/limits.h); empty: none was asked
  PlanPurpose purpose = PlanPurpose::kAccount;
  // Lines that were made for this plan; the others are taken as they were made before, of the same inputs.
  std::optional<int64_t> made_anew{};
};

// A plan's lines by what names them; of the plan, which must outlast them.
std::map<LineKey, const PlanLine*> lines_by_key(const PlanRecord& plan);

}  // namespace destock::account
