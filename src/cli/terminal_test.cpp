#include "cli/terminal.h"

#include <gtest/gtest.h>

#include "cli/amount.h"
#include "cli/chart.h"

namespace destock::cli {
namespace {

TEST(Terminal, ChineseIsTwoColumnsWide) {
  EXPECT_EQ(shown_width("库存 5"), 6u);
  EXPECT_EQ(fitted("库存健康", 5), "库存…");
  EXPECT_EQ(fitted("short", 10), "short");
}

TEST(Terminal, ATableFitsItsWidth) {
  deliver::Table table{"t",
                       {"T", "表"},
                       {{"sku", {"SKU", "SKU"}, deliver::Kind::kText},
                        {"units", {"Units", "件数"}, deliver::Kind::kUnits},
                        {"why", {"Why", "原因"}, deliver::Kind::kText}},
                       {}};
  for (int i = 0; i < 5; ++i)
    table.rows.push_back({std::string("SKU-") + std::to_string(i), int64_t{1000} * i, std::string(200, 'x')});
  const std::string text = terminal_table(table, Lang::kEn, 3, 60);
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    EXPECT_LE(shown_width(text.substr(at, end - at)),
              75u);  // the line that tells of more rows is longer than the table
    at = end + 1;
  }
  EXPECT_NE(text.find("and 2 more"), std::string::npos);
  EXPECT_NE(terminal_table({"e", {"E", "空"}, table.columns, {}}, Lang::kZh, 0, 80).find("（无）"), std::string::npos);
}

TEST(Amount, AsPeopleTypeIt) {
  EXPECT_EQ(amount_of("42.67CNY"), Money::of("42.67", "CNY"));
  EXPECT_EQ(amount_of("USD 9.11"), Money::of("9.11", "USD"));
  EXPECT_FALSE(amount_of("42.67").has_value());
  EXPECT_FALSE(amount_of("CNY").has_value());
  EXPECT_DOUBLE_EQ(*share_of("15%"), 0.15);
  EXPECT_DOUBLE_EQ(*share_of("0.15"), 0.15);
}

TEST(Amount, APriceIsOfItsStore) {
  const Currency usd = currency_of("USD");
  for (const char* same : {"20", "20.00", "20USD", "$20", "USD 20"})
    EXPECT_EQ(price_in(same, usd), Money::of("20", "USD"));
  for (const char* other : {"20EUR", "€20", "20%", "20元", "20x", ""}) EXPECT_FALSE(price_in(other, usd)) << other;
  EXPECT_EQ(price_in("¥1,980", currency_of("JPY")), Money::of("1980", "JPY"));
}

TEST(Terminal, AListWrapsAtWordsAndCutsNothing) {
  deliver::Table table{"t", {"T", "表"}, {{"what", {"What", "项目"}}, {"says", {"Says", "说明"}}}, {}};
  table.rows.push_back({std::string("Season"), std::string("one two three four five six seven eight")});
  table.rows.push_back({std::string("季"), std::string("预测预测预测预测预测预测预测预测")});
  const std::string text = terminal_list(table, Lang::kEn, 28);
  EXPECT_NE(text.find("Season  one two three four"), std::string::npos) << text;
  EXPECT_NE(text.find("\n        five six seven"), std::string::npos) << text;
  for (size_t at = 0; at < text.size();) {
    const size_t end = text.find('\n', at);
    EXPECT_LE(shown_width(text.substr(at, end - at)), 28u);
    at = end + 1;
  }
}

TEST(Chart, FitsItsWidthAndShowsBothSidesOfToday) {
  std::vector<ChartWeek> weeks;
  for (int i = -60; i < 52; ++i) {
    ChartWeek week;
    week.begin = make_date(2026, 1, 5) + Days(7 * i);
    week.past = i < 0;
    week.sold = i < 0 ? 10 + i % 5 : 0;
    week.expected = 10;
    week.low = 5;
    week.high = 15;
    weeks.push_back(week);
  }
  for (size_t width : {40u, 80u, 200u}) {
    const std::string chart = weeks_chart(weeks, {}, Lang::kEn, width);
    EXPECT_NE(chart.find("█"), std::string::npos);
    EXPECT_NE(chart.find("•"), std::string::npos);
    size_t lines = 0;
    for (size_t at = 0; at < chart.size() && lines < 14; ++lines) {
      const size_t end = chart.find('\n', at);
      EXPECT_LE(shown_width(chart.substr(at, end - at)), width) << width;
      at = end + 1;
    }
  }
}

TEST(Chart, NothingSoldIsAnEmptyChart) {
  ChartWeek week;
  week.begin = make_date(2026, 1, 5);
  EXPECT_NE(weeks_chart({week}, {}, Lang::kZh, 80).find("每周件数"), std::string::npos);
  EXPECT_NE(weeks_chart({}, {}, Lang::kEn, 80).find("units a week"), std::string::npos);
}

}  // namespace
}  // namespace destock::cli
