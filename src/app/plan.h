#pragma once
// Plan: every listing in excess or of surcharge age, by one policy; and the totals of a plan.

#include <atomic>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <vector>

#include "account/plan_record.h"
#include "app/account_limits.h"
#include "app/state.h"
#include "clearance/planner.h"
#include "clearance/policy.h"
#include "clearance/sku_decision.h"
#include "deliver/tables.h"
#include "demand/account_forecast.h"

namespace destock::app {

class MadeLines;  // app/plan_lines.h

struct PlanOptions {
  clearance::Policy policy = clearance::Policy::kOptimal;
  int horizon_weeks = 26;
  std::vector<std::string> skus;  // empty: all
  clearance::PlanWishes wishes;   // of the optimal policy
  // Wishes of single lines in place of those, by marketplace and SKU; and lines that are left out.
  std::map<account::LineKey, clearance::PlanWishes> own_wishes{};
  std::set<account::LineKey> excluded{};
  AccountLimits limits{};           // of all lines together; of the optimal policy
  std::optional<Date> first_day{};  // nothing: plan_start of the account's day and today
  // Asked when all lines are made, with the plan's days: which lines are left out, and which stay as they are, by what
  // people have decided until then.
  struct Decided {
    std::set<account::LineKey> excluded;
    std::map<account::LineKey, account::PlanLine> locked;
  };
  std::function<Decided(const account::PlanRecord& days)> decided{};
  MadeLines* made = nullptr;                // lines made before, of an account's plan; null: all are made
  const std::atomic<bool>* stop = nullptr;  // set: give up; the plan is then to be thrown away
};

// Listings that a plan looks at: in excess, dead, or with stock of surcharge age; all SKUs, or those named.
std::vector<size_t> listings_to_clear(const AccountState& state, const Context& context,
                                      const std::vector<std::string>& skus);
// What the diagnosis found of a listing.
clearance::Need need_of(const health::Diagnosis& diagnosis);

// Lines by what they bring back more than holding, the most first; of other policies, by what they bring back.
// `progress`: lines done, lines in all.
account::PlanRecord make_plan(const AccountState& state, const PlanOptions& options, const Context& context,
                              const std::function<void(size_t, size_t)>& progress);

// What somebody's minutes cost in a listing's currency; nothing where no rate joins it to the base.
clearance::PlanWishes::Minutes minutes_of(const AccountState& state, Currency currency, const market::PlanRule& rule);

// One listing by the optimal policy, on a forecast that reaches the horizon and clearance::kSellOnWeeks more.
account::PlanLine plan_one(const AccountState& state, const demand::AccountForecast& forecast, size_t listing,
                           int horizon_weeks, const clearance::PlanWishes& wishes, const market::Facts& facts,
                           clearance::Planner& planner, Date first_day);

// A plan begins on a Monday, never before today: the next one on or after both days. Where the account's day lies more
// than kHistoryDays back, it is a plan of that time.
inline constexpr int kHistoryDays = 182;
Date plan_start(Date as_of, Date today);
// Why no figure of money can be given of clearing a listing: "price_unknown", "fulfilment_unknown", "referral_unknown".
std::optional<std::string_view> without_figure(const account::Account& account, size_t listing,
                                               const market::Facts& facts, Date day);
Text without_figure_name(std::string_view reason);

// Sums in the base currency; nothing where a rate is missing.
struct PlanTotals {
  Currency base_currency;
  std::optional<Money> net_recovery, upper_bound, hold_net_recovery, playbook_net_recovery;
  // How far the plan may lie below the best there is: 1 − recovery ÷ bound; nothing without a bound above zero.
  std::optional<double> gap() const;
  std::optional<Money> more_than_playbook() const;
  struct Week {
    int week;
    Date start;
    std::optional<Money> cash, storage;
  };
  std::vector<Week> weeks;
  double units = 0;
  // Under each policy: money of the weeks up to the horizon, net of storage, as it comes; and what comes after it.
  struct ByPolicy {
    std::optional<Money> within, value_after;  // the latter at present value
    double units_left = 0;                     // when the horizon ends
    std::map<int, std::optional<Money>> net_by_week;
  };
  std::map<std::string, ByPolicy> policies{};
  Date horizon_end{};         // its last day
  size_t unplanned_skus = 0;  // that no figure can be given of: in no total
  // Between which the net recovery comes eight times in ten; nothing where a line says nothing of it.
  std::optional<Money> net_recovery_p10{}, net_recovery_p90{};
  // What as many actions bring at most, of all the plan gains over holding.
  struct FirstActions {
    int64_t actions, skus;
    Money gain;
    double share;
  };
  std::vector<FirstActions> league{};          // of 10, 20 and 50; those that the plan does not have are left out
  int64_t all_actions = 0, nothing_to_do = 0;  // the latter SKUs
  // Money that comes up to and including a day, net of storage; nothing without that policy or a rate.
  std::optional<Money> cash_by(const std::string& policy, Date first_day, Date day) const;
};
void find_league(const account::PlanRecord& plan, const ExchangeRates& rates, PlanTotals& totals);
PlanTotals plan_totals(const account::PlanRecord& plan, const ExchangeRates& rates, Currency base);

// What a reader of the plan must know: how many SKUs are in no total and why, besides what is said of the account.
std::vector<Text> plan_warnings(const account::PlanRecord& plan, const AccountState& state);

// The three stages of every listing that a plan would look at.
std::vector<deliver::LadderRow> ladder_rows(const AccountState& state, const Context& context);

}  // namespace destock::app
