#include "cli/terminal.h"

#include <gtest/gtest.h>

#include "cli/amount.h"

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

}  // namespace
}  // namespace destock::cli
