#include "base/number.h"

#include <gtest/gtest.h>

namespace destock {
namespace {

struct Accepted {
  const char* text;
  NumberStyle style;
  double value;
};

TEST(Number, AcceptsWhatReportsWrite) {
  const Accepted table[] = {{"1,234.50", NumberStyle::kPoint, 1234.5},
                            {"1.234,50", NumberStyle::kComma, 1234.5},
                            {"1 234,50", NumberStyle::kComma, 1234.5},
                            {"1\xC2\xA0"
                             "234,50",
                             NumberStyle::kComma, 1234.5},
                            {"12%", NumberStyle::kPoint, 12},
                            {"$12.99", NumberStyle::kPoint, 12.99},
                            {"￥1,200", NumberStyle::kPoint, 1200},
                            {"365+", NumberStyle::kPoint, 365},
                            {"(5)", NumberStyle::kPoint, -5},
                            {"-5", NumberStyle::kPoint, -5},
                            {"1,234", NumberStyle::kPoint, 1234},
                            {"1,234", NumberStyle::kComma, 1.234},
                            {"0.78", NumberStyle::kComma, 0.78},
                            {"42.67 CNY", NumberStyle::kPoint, 42.67},
                            {"1,23,456.78", NumberStyle::kPoint, 123456.78}};
  for (const Accepted& row : table) {
    const auto value = parse_real(row.text, row.style);
    ASSERT_TRUE(value.has_value()) << row.text;
    EXPECT_DOUBLE_EQ(*value, row.value) << row.text;
  }
}

TEST(Number, RefusesWhatIsNone) {
  for (const char* text : {"many", "1.2.3,4.5", "--5", "12abcd", "", "1e5", "#REF!", "5-3"})
    EXPECT_FALSE(parse_real(text, NumberStyle::kPoint).has_value()) << text;
}

TEST(Number, MissingStaysMissing) {
  for (const char* text : {"", "  ", "--", "-", "N/A", "未提供"}) EXPECT_TRUE(is_missing(text)) << text;
  EXPECT_FALSE(is_missing("0"));
}

TEST(Number, CountsHaveNoFraction) {
  EXPECT_EQ(parse_count("3.0", NumberStyle::kPoint), 3);
  EXPECT_EQ(parse_count("1,200", NumberStyle::kPoint), 1200);
  EXPECT_FALSE(parse_count("3.5", NumberStyle::kPoint).has_value());
  EXPECT_FALSE(parse_count("99999999999999999999", NumberStyle::kPoint).has_value());
}

}  // namespace
}  // namespace destock
