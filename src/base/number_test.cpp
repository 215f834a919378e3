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
                            {"1,23,456.78", NumberStyle::kPoint, 123456.78},
                            {"1.234.567,8", NumberStyle::kComma, 1234567.8},
                            {"1,234,567", NumberStyle::kPoint, 1234567},
                            {"1 234 567", NumberStyle::kPoint, 1234567},
                            {"1'234.50", NumberStyle::kPoint, 1234.5},
                            {"'12.50", NumberStyle::kPoint, 12.5},
                            {"USD 12.50", NumberStyle::kPoint, 12.5},
                            {"12.50 USD", NumberStyle::kPoint, 12.5},
                            {"usd12.50", NumberStyle::kPoint, 12.5},
                            {"12,50 €", NumberStyle::kComma, 12.5},
                            {"１，２３４．５０", NumberStyle::kPoint, 1234.5},
                            {"￥２５", NumberStyle::kPoint, 25},
                            {"US$ 12.50", NumberStyle::kPoint, 12.5},
                            {"CN¥42", NumberStyle::kPoint, 42},
                            {"R$ 1.234,50", NumberStyle::kComma, 1234.5},
                            {"42.67元", NumberStyle::kPoint, 42.67},
                            {"12 美元", NumberStyle::kPoint, 12},
                            {"-$5.00", NumberStyle::kPoint, -5},
                            {"$-5.00", NumberStyle::kPoint, -5},
                            {"\xE2\x88\x92"
                             "5",
                             NumberStyle::kPoint, -5},
                            {"($5.00)", NumberStyle::kPoint, -5},
                            {"+5", NumberStyle::kPoint, 5},
                            {"约19", NumberStyle::kPoint, 19},
                            {"25天", NumberStyle::kPoint, 25},
                            {"25 days", NumberStyle::kPoint, 25},
                            {"500pcs", NumberStyle::kPoint, 500},
                            {".5", NumberStyle::kPoint, 0.5},
                            {"12.", NumberStyle::kPoint, 12},
                            {"12 %", NumberStyle::kPoint, 12}};
  for (const Accepted& row : table) {
    const auto value = parse_real(row.text, row.style);
    ASSERT_TRUE(value.has_value()) << row.text;
    EXPECT_DOUBLE_EQ(*value, row.value) << row.text;
  }
}

TEST(Number, RefusesWhatIsNone) {
  for (const char* text :
       {"many",      "1.2.3,4.5",    "--5",        "12abcd",  "",          "1e5",    "#REF!",        "5-3",
        "15 to 20",  "15 20",        "10x20x30",   "3 or 5",  "7d 8h",     "1a2b3c", "15-20",        "15~20",
        "15/20",     "1 2 3",        "15  200",    "1 23",    "12 34 567", "1 2345", "1 234 56",     "1.5 234",
        "1 234'567", "12'34",        "12 USD 5",   "12USD50", "1$2",

        "5 元 3",    "12k",          "12 kg",      "3 weeks", "3周",       "1.2万",  "12 bn",        "12 mio",
        "5%5",       "5+5",          "+-5",        "(-5)",    "((5))",     "5)",     "(5",           "1,2,345",
        "1,23,4.5",  "12,34.5",      "1,2345,678", "1.2.345", "1..2",      "1,,234", "1.234,5,6",    ",",
        "USD",       "USD 12 EUR x", "12e",        "0x10",    "NaN",       "inf",    "1 000 000 00", "12 ' 345",
        "五",        "12.50.1",      "2026-01-05", "12:30",   "约",        "约约19"})
    for (NumberStyle style : {NumberStyle::kPoint, NumberStyle::kComma})
      EXPECT_FALSE(parse_real(text, style).has_value()) << text;
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
