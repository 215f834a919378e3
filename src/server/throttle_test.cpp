#include "server/throttle.h"

#include <gtest/gtest.h>

namespace destock::server {
namespace {

class ThrottleTest : public testing::Test {
protected:
  int64_t now_ = 1'000'000;
  Throttle throttle_{[this] { return now_; }};
  const std::vector<Throttle::Rule> rules_{{"boss from a", 5, 900}, {"from a", 20, 900}, {"boss", 50, 30}};
};

TEST_F(ThrottleTest, FiveTriesAreFreeThenEachWaitsTwiceAsLong) {
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle_.begin(rules_), 0);
  EXPECT_EQ(throttle_.begin(rules_), 32);
  now_ += 32;
  EXPECT_EQ(throttle_.begin(rules_), 0);
  EXPECT_EQ(throttle_.begin(rules_), 64);
  for (int i = 0; i < 10; ++i) {
    now_ += 900;
    throttle_.begin(rules_);
  }
  EXPECT_EQ(throttle_.begin(rules_), 900);
}

TEST_F(ThrottleTest, AnotherClientIsNotLockedOut) {
  for (int i = 0; i < 40; ++i) throttle_.begin(rules_);
  EXPECT_GT(throttle_.begin(rules_), 0);
  EXPECT_EQ(throttle_.begin({{"boss from b", 5, 900}, {"from b", 20, 900}, {"boss", 50, 30}}), 0);
}

TEST_F(ThrottleTest, ANameIsGuessedSlowlyFromEverywhere) {
  int looked_at = 0;
  for (int i = 0; i < 1'000; ++i)
    looked_at +=
        throttle_.begin({{"boss from " + std::to_string(i), 5, 900}, {"from", 10'000, 900}, {"boss", 50, 30}}) == 0;
  EXPECT_EQ(looked_at, 50);
  now_ += 30;
  EXPECT_EQ(throttle_.begin({{"boss from x", 5, 900}, {"boss", 50, 30}}), 0) << "slowly, not never";
}

TEST_F(ThrottleTest, WhatWorkedIsForgotten) {
  for (int i = 0; i < 4; ++i) throttle_.begin(rules_);
  EXPECT_EQ(throttle_.begin(rules_), 0);
  throttle_.worked(rules_);
  for (int i = 0; i < 5; ++i) EXPECT_EQ(throttle_.begin(rules_), 0);
  EXPECT_GT(throttle_.begin(rules_), 0);
}

TEST_F(ThrottleTest, AFloodOfNamesDoesNotFreeOneThatWaits) {
  for (int i = 0; i < 6; ++i) throttle_.begin({{"boss", 5, 900}});
  for (int i = 0; i < 60'000; ++i) throttle_.begin({{"other " + std::to_string(i), 5, 900}});
  EXPECT_EQ(throttle_.begin({{"boss", 5, 900}}), 32) << "within the same second it still waits";
}

TEST(ClientOf, OfIpv6TheNetworkCounts) {
  EXPECT_EQ(client_of("10.0.0.1"), "10.0.0.1");
  EXPECT_EQ(client_of("2001:db8:1:2:3:4:5:6"), client_of("2001:db8:1:2:ffff::1"));
  EXPECT_NE(client_of("2001:db8:1:2::1"), client_of("2001:db8:1:3::1"));
}

}  // namespace
}  // namespace destock::server
