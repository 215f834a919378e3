#include "app/json_text.h"

#include <gtest/gtest.h>

namespace destock::app {
namespace {

std::string nested(int depth) {
  return std::string(static_cast<size_t>(depth), '[') + std::string(static_cast<size_t>(depth), ']');
}

TEST(JsonText, ReadsToItsDepthAndNoDeeper) {
  EXPECT_TRUE(parsed_json<nlohmann::json>(nested(kMostJsonDepth)).is_array());
  EXPECT_TRUE(parsed_json<nlohmann::json>(nested(kMostJsonDepth + 1)).is_discarded());
  EXPECT_TRUE(parsed_json<nlohmann::json>(nested(5'000'000)).is_discarded());
  EXPECT_TRUE(parsed_json<nlohmann::json>("{\"a\":" + nested(kMostJsonDepth) + "}").is_discarded());
}

TEST(JsonText, BracketsInStringsAreNoNesting) {
  const std::string brackets(1'000, '[');
  EXPECT_TRUE(parsed_json<nlohmann::json>("{\"a\":\"" + brackets + "\\\"" + brackets + "\"}").is_object());
  EXPECT_TRUE(parsed_json<nlohmann::json>("[[1],[2],[3]]").is_array());
}

TEST(JsonText, WhatIsNoneIsDiscarded) {
  for (const char* text : {"", "{", "[1,", "\"a", "}{", "nul"})
    EXPECT_TRUE(parsed_json<nlohmann::json>(text).is_discarded()) << text;
}

}  // namespace
}  // namespace destock::app
