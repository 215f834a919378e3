#include "server/answer_cache.h"

#include <gtest/gtest.h>

namespace destock::server {
namespace {

Response of(size_t bytes) {
  Response response;
  response.set_body(std::string(bytes, 'x'));
  return response;
}

TEST(AnswerCache, LetsTheLeastLatelyAskedForGoFirst) {
  AnswerCache cache(104);  // four answers and their keys
  cache.keep("a", of(25));
  cache.keep("b", of(25));
  cache.keep("c", of(25));
  cache.keep("d", of(25));
  ASSERT_TRUE(cache.find("a"));
  cache.keep("e", of(25));
  EXPECT_TRUE(cache.find("a"));
  EXPECT_FALSE(cache.find("b"));
  EXPECT_EQ(cache.find("e")->body->size(), 25u);
}

TEST(AnswerCache, CountsKeysToo) {
  AnswerCache cache(1'000);
  for (char c = 'a'; c <= 'z'; ++c) cache.keep(std::string(400, c), of(1));
  EXPECT_FALSE(cache.find(std::string(400, 'a')));
  EXPECT_TRUE(cache.find(std::string(400, 'z')));
}

TEST(AnswerCache, KeepsNothingTooLargeAndNothingTwice) {
  AnswerCache cache(100);
  cache.keep("large", of(26));
  EXPECT_FALSE(cache.find("large"));
  cache.keep("a", of(10));
  cache.keep("a", of(20));
  EXPECT_EQ(cache.find("a")->body->size(), 10u);
}

}  // namespace
}  // namespace destock::server
