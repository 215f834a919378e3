#include "account/line_bytes.h"

#include <gtest/gtest.h>

namespace destock::account {
namespace {

PlanLine a_line() {
  const Money money = Money::of("12.3456", "GBP");
  const Date day = make_date(2026, 1, 5);
  PlanLine line{"UK",
                "A-1",
                "Title",
                "Li",
                "Q4",
                "excess",
                12.5,
                money,
                money,
                {},
                money,
                {{1, money}, {8, money}},
                {"why", "因"},
                {},
                {},
                NextBest{"outlet", money},
                {{"a", "甲"}, {"b", ""}}};
  line.actions.push_back({3, day, day + Days(6), "coupon", money, 0.2, 1.0 / 3, money, 4, {"r", "理"}, {{"c", "查"}}});
  line.weeks.push_back({0, day, 1.0 / 3, 2, 3, money, {}});
  line.hold_weeks.push_back({1, day, 1, 2, 3, money, money});
  line.liquidate_weeks.push_back({30, day, 0, 0, 0, money, money});
  line.sure_out_by = day;
  line.elasticity = -2.1;
  line.if_offered = IfOffered{"woot", day, day, money, money};
  line.net_recovery_p10 = money;
  return line;
}

TEST(LineBytes, ComeBackAsTheyWere) {
  const std::string bytes = bytes_of(a_line());
  const auto read = line_of_bytes(bytes);
  ASSERT_TRUE(read);
  EXPECT_EQ(bytes_of(*read), bytes);
  EXPECT_EQ(read->sku, "A-1");
  EXPECT_EQ(read->net_recovery, Money::of("12.3456", "GBP"));
  EXPECT_EQ(read->upper_bound, read->net_recovery);
  EXPECT_FALSE(read->hold_net_recovery);
  EXPECT_EQ(read->cost_of_delay.at(8), read->net_recovery);
  EXPECT_EQ(read->actions.front().expected_units, 1.0 / 3);
  EXPECT_EQ(read->actions.front().checks.front().zh, "查");
  EXPECT_FALSE(read->weeks.front().storage);
  EXPECT_EQ(read->hold_weeks.front().week, 1);
  EXPECT_TRUE(read->playbook_weeks.empty());
  EXPECT_EQ(read->if_offered->channel, "woot");
  EXPECT_EQ(read->sure_out_by, make_date(2026, 1, 5));
}

TEST(LineBytes, WhatIsNoLineIsNone) {
  const std::string bytes = bytes_of(a_line());
  for (size_t size = 0; size < bytes.size(); ++size) EXPECT_FALSE(line_of_bytes(bytes.substr(0, size))) << size;
  EXPECT_FALSE(line_of_bytes(bytes + "x"));
  EXPECT_FALSE(line_of_bytes(std::string(2000, '\xff')));
}

}  // namespace
}  // namespace destock::account
