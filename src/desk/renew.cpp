#include "desk/renew.h"

#include <fmt/format.h>
#include <cmath>
#include <map>
#include <tuple>

#include "base/week.h"

namespace destock::desk {
namespace {

using account::ActionRecord;
using account::PlanAction;
using account::PlanLine;

using Key = std::tuple<std::string, std::string, std::string>;  // marketplace, SKU, channel

bool means_the_same(const ActionRecord& before, const PlanAction& action) {
  const bool exit = action.units_out > 0;
  if ((before.units_out > 0) != exit) return false;
  if (exit)
    return std::llround(before.units_out) == std::llround(action.units_out) &&
           std::abs(days_between(before.start, action.start)) <= kWeekDays;
  if (before.price != action.price) return false;
  return before.start <= action.end + Days(1) && action.start <= before.end + Days(1);
}

// What an action moves beyond what doing nothing would: units that leave, or that sell more.
double moved(const PlanAction& action) {
  if (action.units_out > 0) return action.units_out;
  return std::max(0.0, action.expected_units.value_or(0) - action.held_units.value_or(0));
}

// What the line brings over doing nothing, shared by the units that each action moves beyond it; by money where none
// does. To the cent.
std::optional<Money> share_of_gain(const PlanLine& line, const PlanAction& action) {
  if (!line.hold_net_recovery || !action.expected_cash) return std::nullopt;
  double units = 0;
  double cash = 0;
  for (const PlanAction& one : line.actions) {
    if (!one.expected_cash) continue;
    units += moved(one);
    cash += std::max(0.0, one.expected_cash->to_double());
  }
  const Money gain = line.net_recovery - *line.hold_net_recovery;
  if (units <= 0 && cash <= 0) return std::nullopt;
  const double share = units > 0 ? moved(action) / units : std::max(0.0, action.expected_cash->to_double()) / cash;
  return Money::from_double(gain.to_double() * share, gain.currency()).rounded();
}

// The promise holds eight times in ten between its tenth and its ninetieth part.
std::optional<double> spread_of(const PlanLine& line) {
  constexpr double kTenthToNinetieth = 2.563;  // standard deviations
  if (!line.net_recovery_p10 || !line.net_recovery_p90 || line.net_recovery_p10->units() <= 0) return std::nullopt;
  return std::log(line.net_recovery_p90->to_double() / line.net_recovery_p10->to_double()) / kTenthToNinetieth;
}

ActionRecord record_of(const account::PlanRecord& plan, const PlanLine& line, const PlanAction& action) {
  ActionRecord record;
  record.marketplace = line.marketplace;
  record.sku = line.sku;
  record.title = line.title;
  record.owner = line.owner;
  record.tag = line.tag;
  record.currency = line.net_recovery.currency();
  record.channel = action.channel;
  record.start = action.start;
  record.end = action.end;
  record.price = action.price;
  record.discount = action.discount;
  record.expected_units = action.expected_units;
  record.expected_cash = action.expected_cash;
  record.units_out = action.units_out;
  record.gain = share_of_gain(line, action);
  record.reason = action.reason.en.empty() ? line.why : action.reason;
  record.checks = action.checks;
  record.plan = plan.id;
  record.held_units = action.held_units;
  record.held_cash = action.held_cash;
  record.spread = spread_of(line);
  return record;
}

Money scaled(const Money& money, double part) {
  return Money::from_double(money.to_double() * part, money.currency()).rounded();
}
int days_of(Date first, Date last) {
  return static_cast<int>(days_between(first, last)) + 1;
}

// What runs already goes on from the day it began, and what was promised of its days stays promised: the new plan
// speaks for the days beyond alone.
void keep_promise(const ActionRecord& old, ActionRecord& record) {
  const double kept = std::min(1.0, static_cast<double>(days_of(old.start, record.end)) / days_of(old.start, old.end));
  const double beyond = record.end > old.end
                            ? static_cast<double>(days_between(std::max(old.end, record.start - Days(1)), record.end)) /
                                  days_of(record.start, record.end)
                            : 0.0;
  const auto units = [&](const std::optional<double>& before, const std::optional<double>& now) {
    return before && now ? std::optional<double>(*before * kept + *now * beyond) : before ? before : now;
  };
  const auto money = [&](const std::optional<Money>& before, const std::optional<Money>& now) {
    return before && now ? std::optional<Money>(scaled(*before, kept) + scaled(*now, beyond)) : before ? before : now;
  };
  record.expected_units = units(old.expected_units, record.expected_units);
  record.expected_cash = money(old.expected_cash, record.expected_cash);
  record.held_units = units(old.held_units, record.held_units);
  record.held_cash = money(old.held_cash, record.held_cash);
  if (old.spread) record.spread = old.spread;
  record.start = std::min(record.start, old.start);
}

}  // namespace

std::vector<ActionRecord> renewed(std::span<const ActionRecord> before, const account::PlanRecord& plan,
                                  const NextNumber& next) {
  std::multimap<Key, size_t> known;
  for (size_t i = 0; i < before.size(); ++i)
    if (!before[i].own) known.emplace(Key(before[i].marketplace, before[i].sku, before[i].channel), i);
  std::vector<char> taken(before.size(), 0);
  std::vector<ActionRecord> actions;
  for (const PlanLine& line : plan.lines) {
    for (const PlanAction& action : line.actions) {
      if (!action.expected_cash) continue;
      ActionRecord record = record_of(plan, line, action);
      const auto [from, to] = known.equal_range(Key(line.marketplace, line.sku, action.channel));
      for (auto one = from; one != to && record.id.empty(); ++one) {
        const ActionRecord& old = before[one->second];
        if (taken[one->second] || !means_the_same(old, action)) continue;
        taken[one->second] = 1;
        record.id = old.id;
        if (old.start < plan.first_day) keep_promise(old, record);
      }
      if (record.id.empty()) {
        const std::string week = iso_week(record.start);
        record.id = fmt::format("DSK-{}-{:04}", week, next(week));
      }
      actions.push_back(std::move(record));
    }
  }
  for (size_t i = 0; i < before.size(); ++i) {
    if (taken[i]) continue;
    actions.push_back(before[i]);
    actions.back().in_plan = before[i].own && before[i].end >= plan.first_day;
  }
  return actions;
}

}  // namespace destock::desk
