#include "server/http_seats.h"

#include <gtest/gtest.h>

#include <vector>

namespace destock::server {
namespace {

TEST(Seats, OneAddressHasItsShareAndTheOthersTheirs) {
  const auto seats = std::make_shared<Seats>(8, 2);
  std::vector<Seats::Seat> taken;
  taken.push_back(seats->take("a"));
  taken.push_back(seats->take("a"));
  EXPECT_FALSE(seats->take("a"));
  taken.push_back(seats->take("b"));
  EXPECT_TRUE(taken.back());
  taken.erase(taken.begin());
  EXPECT_TRUE(seats->take("a")) << "one was given back";
}

TEST(Seats, WhoWaitsIsToldOnceWhenOneIsFree) {
  const auto seats = std::make_shared<Seats>(2, 2);
  int told = 0;
  seats->when_free([&] { ++told; });
  EXPECT_EQ(told, 1) << "one is free by now";
  Seats::Seat first = seats->take("a");
  Seats::Seat second = seats->take("b");
  seats->when_free([&] { ++told; });
  EXPECT_EQ(told, 1);
  first.reset();
  second.reset();
  EXPECT_EQ(told, 2);
}

TEST(BodyBudget, GivesAsMuchAsThereIs) {
  BodyBudget budget(100);
  EXPECT_TRUE(budget.take(60));
  EXPECT_FALSE(budget.take(41));
  EXPECT_TRUE(budget.take(40));
  budget.give_back(60);
  EXPECT_TRUE(budget.take(60));
}

}  // namespace
}  // namespace destock::server
