#include "base/parallel.h"

#include <gtest/gtest.h>
#include <stdexcept>

namespace destock {
namespace {

TEST(Parallel, EveryPieceIsDoneOnce) {
  for (unsigned threads : {1U, 2U, 7U}) {
    std::vector<std::atomic<int>> done(1000);
    in_parts(done.size(), threads, 10, [&](size_t begin, size_t end) {
      for (size_t i = begin; i < end; ++i) ++done[i];
    });
    share_out(done.size(), threads, [&](size_t, size_t i) { ++done[i]; });
    for (const auto& times : done) ASSERT_EQ(times, 2);
  }
}

// The piece that throws is the caller's, another thread's, the last: it comes out as itself, and all threads are
// joined.
TEST(Parallel, WhatIsThrownReachesTheCaller) {
  for (size_t bad : {size_t{0}, size_t{500}, size_t{999}}) {
    std::atomic<int> running = 0;
    const auto each = [&](size_t i) {
      ++running;
      if (i == bad) {
        --running;
        throw std::range_error("piece " + std::to_string(i));
      }
      --running;
    };
    try {
      in_parts(1000, 4, 1, [&](size_t begin, size_t end) {
        for (size_t i = begin; i < end; ++i) each(i);
      });
      FAIL() << "nothing was thrown";
    } catch (const std::range_error& error) {
      EXPECT_EQ(error.what(), "piece " + std::to_string(bad));
    }
    EXPECT_EQ(running, 0);
    EXPECT_THROW(share_out(1000, 4, [&](size_t, size_t i) { each(i); }), std::range_error);
    EXPECT_EQ(running, 0);
  }
}

TEST(Parallel, AllThrowAndOneIsTold) {
  EXPECT_THROW(in_parts(8, 8, 1, [](size_t, size_t) { throw std::range_error("each"); }), std::range_error);
  EXPECT_THROW(share_out(8, 8, [](size_t, size_t) { throw std::range_error("each"); }), std::range_error);
}

TEST(Parallel, NothingIsBegunAfterAFailure) {
  std::atomic<int> begun = 0;
  EXPECT_THROW(share_out(1'000'000, 2,
                         [&](size_t, size_t) {
                           ++begun;
                           throw std::range_error("first");
                         }),
               std::range_error);
  EXPECT_LE(begun, 2);
}

}  // namespace
}  // namespace destock
