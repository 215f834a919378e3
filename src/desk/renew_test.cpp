#include "desk/renew.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

namespace destock::desk::renew_test {
namespace {

using account::ActionRecord;
using account::PlanAction;
using account::PlanLine;
using account::PlanRecord;
using testing::ElementsAre;

Date day(const char* text) {
  return *parse_iso_date(text);
}
Money usd(const char* amount) {
  return Money::of(amount, "USD");
}

PlanAction priced(const char* start, const char* end, const char* price, const char* cash = "100") {
  PlanAction action;
  action.start = day(start);
  action.end = day(end);
  action.channel = "markdown";
  action.price = usd(price);
  action.expected_units = 10;
  action.expected_cash = usd(cash);
  return action;
}

PlanAction leaving(const char* on, double units) {
  PlanAction action;
  action.start = action.end = day(on);
  action.channel = "liquidation";
  action.expected_cash = usd("50");
  action.units_out = units;
  return action;
}

PlanRecord plan_of(std::vector<PlanAction> actions, const char* first_day = "2026-11-30") {
  PlanRecord plan;
  plan.first_day = day(first_day);
  PlanLine line{"US", "A", "", "", "", "excess", 100, usd("400"), {}, {}, {}, {}, {}, {}, {}, {}, {}};
  line.hold_net_recovery = usd("250");
  line.actions = std::move(actions);
  plan.lines.push_back(std::move(line));
  return plan;
}

std::vector<ActionRecord> renew(const std::vector<ActionRecord>& before, const PlanRecord& plan,
                                std::map<std::string, int64_t>& numbers) {
  return renewed(before, plan, [&](const std::string& week) { return ++numbers[week]; });
}

std::vector<std::string> ids(const std::vector<ActionRecord>& actions, bool in_plan = true) {
  std::vector<std::string> list;
  for (const ActionRecord& action : actions)
    if (action.in_plan == in_plan) list.push_back(action.id);
  return list;
}

TEST(Renew, ActionsAreNumberedByTheWeekTheyBeginIn) {
  std::map<std::string, int64_t> numbers;
  const auto actions = renew({},
                             plan_of({priced("2026-11-30", "2026-12-13", "17.99"), leaving("2026-11-30", 20),
                                      priced("2026-12-14", "2026-12-27", "15.99")}),
                             numbers);
  EXPECT_THAT(ids(actions), ElementsAre("DSK-2026W49-0001", "DSK-2026W49-0002", "DSK-2026W51-0001"));
}

TEST(Renew, WhatGoesOnKeepsItsNameAndItsFirstDay) {
  std::map<std::string, int64_t> numbers;
  const auto first = renew({}, plan_of({priced("2026-11-30", "2026-12-13", "17.99")}), numbers);
  const auto next = renew(first, plan_of({priced("2026-12-07", "2026-12-27", "17.99")}, "2026-12-07"), numbers);
  ASSERT_EQ(next.size(), 1u);
  EXPECT_EQ(next[0].id, first[0].id);
  EXPECT_EQ(iso(next[0].start), "2026-11-30");
  EXPECT_EQ(iso(next[0].end), "2026-12-27");
}

TEST(Renew, AnotherPriceIsAnotherAction) {
  std::map<std::string, int64_t> numbers;
  const auto first = renew({}, plan_of({priced("2026-11-30", "2026-12-13", "17.99")}), numbers);
  const auto next = renew(first, plan_of({priced("2026-11-30", "2026-12-13", "16.99")}), numbers);
  EXPECT_THAT(ids(next), ElementsAre("DSK-2026W49-0002"));
  EXPECT_THAT(ids(next, false), ElementsAre("DSK-2026W49-0001"));
}

TEST(Renew, TheSamePriceAfterAGapIsAnotherAction) {
  std::map<std::string, int64_t> numbers;
  const auto first = renew({}, plan_of({priced("2026-11-30", "2026-12-06", "17.99")}), numbers);
  const auto next = renew(first, plan_of({priced("2026-12-14", "2026-12-20", "17.99")}, "2026-12-14"), numbers);
  EXPECT_THAT(ids(next), ElementsAre("DSK-2026W51-0001"));
}

TEST(Renew, AnExitOfOtherUnitsIsAnotherAction) {
  std::map<std::string, int64_t> numbers;
  const auto first = renew({}, plan_of({leaving("2026-11-30", 120)}), numbers);
  EXPECT_THAT(ids(renew(first, plan_of({leaving("2026-12-01", 120)}), numbers)), ElementsAre("DSK-2026W49-0001"));
  EXPECT_THAT(ids(renew(first, plan_of({leaving("2026-11-30", 60)}), numbers)), ElementsAre("DSK-2026W49-0002"));
}

TEST(Renew, WhatWasPromisedOfDaysThatRunStaysPromised) {
  std::map<std::string, int64_t> numbers;
  const auto first = renew({}, plan_of({priced("2026-11-30", "2026-12-13", "17.99", "100")}), numbers);
  // Another 14 days, of which 7 are new: 10 + 30 · 7/14 units, 100 + 300 · 7/14.
  PlanAction longer = priced("2026-12-07", "2026-12-20", "17.99", "300");
  longer.expected_units = 30;
  const auto next = renew(first, plan_of({longer}, "2026-12-07"), numbers);
  EXPECT_DOUBLE_EQ(*next[0].expected_units, 25);
  EXPECT_EQ(next[0].expected_cash, usd("250"));
  // The new plan ends it half way: half of the promise goes.
  const auto shorter =
      renew(first, plan_of({priced("2026-12-04", "2026-12-06", "17.99", "999")}, "2026-12-04"), numbers);
  EXPECT_DOUBLE_EQ(*shorter[0].expected_units, 5);
  EXPECT_EQ(shorter[0].expected_cash, usd("50"));
}

TEST(Renew, TheLinesGainIsSharedByWhatEachMoves) {
  std::map<std::string, int64_t> numbers;
  PlanAction deal = priced("2026-11-30", "2026-12-13", "17.99");
  deal.held_units = 7;  // three of its ten are more than nothing would sell
  const auto actions = renew({}, plan_of({deal, leaving("2026-11-30", 27)}), numbers);
  EXPECT_EQ(actions[0].gain, usd("15"));
  EXPECT_EQ(actions[1].gain, usd("135"));
}

TEST(Renew, WhereNothingMovesMoreItIsSharedByMoney) {
  std::map<std::string, int64_t> numbers;
  PlanAction one = priced("2026-11-30", "2026-12-13", "17.99", "100");
  PlanAction two = priced("2026-12-14", "2026-12-27", "15.99", "200");
  one.held_units = two.held_units = 10;
  const auto actions = renew({}, plan_of({one, two}), numbers);
  EXPECT_EQ(actions[0].gain, usd("50"));
  EXPECT_EQ(actions[1].gain, usd("100"));
}

TEST(Renew, WhatHasNoFigureIsNoAction) {
  std::map<std::string, int64_t> numbers;
  PlanAction proposal = priced("2026-11-30", "2026-12-13", "17.99");
  proposal.expected_cash.reset();
  EXPECT_TRUE(renew({}, plan_of({proposal}), numbers).empty());
}

}  // namespace
}  // namespace destock::desk::renew_test
