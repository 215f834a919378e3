#include "desk/life.h"

#include <gtest/gtest.h>

namespace destock::desk::life_test {
namespace {

using account::ActionRecord;
using account::DeskEvent;
using account::DeskEventKind;

Date day(const char* text) {
  return *parse_iso_date(text);
}

ActionRecord action() {
  ActionRecord record;
  record.id = "DSK-2026W49-0001";
  record.start = day("2026-11-30");
  record.end = day("2026-12-13");
  return record;
}

DeskEvent event(DeskEventKind kind, const char* at = "2026-11-30T09:00:00Z", int64_t id = 0) {
  DeskEvent one;
  one.id = id;
  one.action = "DSK-2026W49-0001";
  one.kind = kind;
  one.person = "wang";
  one.at = at;
  return one;
}

State after(std::vector<DeskEvent> events, const char* today = "2026-11-30", const char* reported = nullptr) {
  Today now{day(today), reported ? std::optional<Date>(day(reported)) : std::nullopt, 2};
  return life_of(action(), events, now).state;
}

TEST(Life, GoesFromProposedToFinished) {
  EXPECT_EQ(after({}), State::kProposed);
  EXPECT_EQ(after({event(DeskEventKind::kApproved)}), State::kApproved);
  EXPECT_EQ(after({event(DeskEventKind::kApproved), event(DeskEventKind::kWritten)}), State::kWritten);
  DeskEvent seen = event(DeskEventKind::kSeen);
  seen.day = day("2026-12-01");
  EXPECT_EQ(after({event(DeskEventKind::kApproved), event(DeskEventKind::kWritten), seen}), State::kLive);
  EXPECT_EQ(after({event(DeskEventKind::kApproved), event(DeskEventKind::kWritten), seen}, "2026-12-14"),
            State::kFinished);
  DeskEvent ended = event(DeskEventKind::kEnded);
  ended.day = day("2026-12-05");
  EXPECT_EQ(after({event(DeskEventKind::kWritten), seen, ended}, "2026-12-14"), State::kEnded);
}

TEST(Life, IsNeverSeenOnlyWhereAReportWouldShowIt) {
  const std::vector<DeskEvent> written = {event(DeskEventKind::kApproved), event(DeskEventKind::kWritten)};
  EXPECT_EQ(after(written, "2026-12-07"), State::kWritten) << "no report of that kind was ever imported";
  EXPECT_EQ(after(written, "2026-12-07", "2026-12-02"), State::kWritten) << "its window is not over";
  EXPECT_EQ(after(written, "2026-12-07", "2026-12-03"), State::kNeverSeen);
}

TEST(Life, AWindowBeginsWhenItIsHandedOver) {
  const std::vector<DeskEvent> late = {event(DeskEventKind::kApproved),
                                       event(DeskEventKind::kWritten, "2026-12-04T09:00:00Z")};
  EXPECT_EQ(after(late, "2026-12-07", "2026-12-06"), State::kWritten);
  EXPECT_EQ(after(late, "2026-12-07", "2026-12-07"), State::kNeverSeen);
}

TEST(Life, PutOffComesUpAgainOnItsDay) {
  DeskEvent off = event(DeskEventKind::kPutOff);
  off.until = day("2026-12-07");
  EXPECT_EQ(after({off}, "2026-12-06"), State::kPutOff);
  EXPECT_EQ(after({off}, "2026-12-07"), State::kProposed);
  EXPECT_EQ(after({event(DeskEventKind::kApproved), off}, "2026-12-07"), State::kApproved);
}

TEST(Life, WhatIsHandedOverIsNotWithdrawn) {
  EXPECT_EQ(after({event(DeskEventKind::kApproved), event(DeskEventKind::kWritten), event(DeskEventKind::kWithdrawn)}),
            State::kWritten);
  EXPECT_EQ(after({event(DeskEventKind::kApproved), event(DeskEventKind::kWritten), event(DeskEventKind::kNotDone),
                   event(DeskEventKind::kWithdrawn)}),
            State::kProposed);
}

TEST(Life, ARefusalKeepsAmazonsWords) {
  DeskEvent refused = event(DeskEventKind::kRefused);
  refused.why = "8541: too high";
  const Life life = life_of(
      action(), std::vector<DeskEvent>{event(DeskEventKind::kApproved), event(DeskEventKind::kWritten), refused},
      {day("2026-11-30")});
  EXPECT_EQ(life.state, State::kRefused);
  EXPECT_EQ(life.refusal, "8541: too high");
  EXPECT_TRUE(life.approved);
}

TEST(Life, WhatWasTakenBackCountsForNothing) {
  std::vector<DeskEvent> events = {event(DeskEventKind::kApproved, "2026-11-30T09:00:00Z", 1),
                                   event(DeskEventKind::kLeftOut, "2026-11-30T09:01:00Z", 2)};
  DeskEvent undone = event(DeskEventKind::kUndone, "2026-11-30T09:02:00Z", 3);
  undone.undoes = 2;
  events.push_back(undone);
  const auto lists = by_action(events);
  EXPECT_EQ(life_of(action(), lists.at("DSK-2026W49-0001"), {day("2026-11-30")}).state, State::kApproved);
}

TEST(Life, SaysWhyADecisionDoesNotFit) {
  Life life;
  life.state = State::kFinished;
  EXPECT_TRUE(does_not_fit(DeskEventKind::kApproved, life));
  EXPECT_TRUE(does_not_fit(DeskEventKind::kDone, life));
  life.state = State::kProposed;
  EXPECT_FALSE(does_not_fit(DeskEventKind::kApproved, life));
  EXPECT_TRUE(does_not_fit(DeskEventKind::kConfirmed, life)) << "a second yes needs a first";
  EXPECT_TRUE(does_not_fit(DeskEventKind::kNotDone, life));
}

}  // namespace
}  // namespace destock::desk::life_test
