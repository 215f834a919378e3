#include "deliver/rows.h"

#include <gtest/gtest.h>

namespace destock::deliver {
namespace {

TEST(Rows, GiveBackWhatWasPutIn) {
  const std::vector<Cell> first = {
      std::monostate{},         std::string("HOSE-1"),  Text{"excess", "冗余"}, int64_t{-5}, 0.1,
      Money::of("-2.5", "USD"), make_date(1969, 12, 31)};
  const std::vector<Cell> second = {
      std::string(), Text{"", "未"},        Text{"excess", "冗余"}, std::numeric_limits<int64_t>::max(),
      -0.0,          Money::of("9", "JPY"), std::monostate{}};
  Rows rows = {first, second};
  ASSERT_EQ(rows.size(), 2u);
  EXPECT_EQ(rows[0], first);
  EXPECT_EQ(rows[1], second);
  EXPECT_EQ(rows.back(), second);
  rows.add_column({Cell(int64_t{7}), Cell(std::string("HOSE-1"))});
  EXPECT_EQ(rows[0].back(), Cell(int64_t{7}));
  EXPECT_EQ(rows[1].back(), Cell(std::string("HOSE-1")));
  size_t seen = 0;
  for (const auto& row : rows) seen += row.size();
  EXPECT_EQ(seen, 16u);
}

TEST(Rows, TextsOfManyRowsAreTheirOwn) {
  Rows rows;
  for (int i = 0; i < 20'000; ++i) {
    const std::string own = "SKU-" + std::to_string(i);
    rows.push_back({own, Text{own, "号" + std::to_string(i % 7)}, std::string(i % 2 ? "US" : "DE")});
  }
  for (size_t i = 0; i < rows.size(); i += 997) {
    const std::string own = "SKU-" + std::to_string(i);
    EXPECT_EQ(std::get<std::string_view>(rows.seen(i, 0)), own);
    EXPECT_EQ(std::get<TextSeen>(rows.seen(i, 1)).en, own);
    EXPECT_EQ(std::get<TextSeen>(rows.seen(i, 1)).in(Lang::kZh), "号" + std::to_string(i % 7));
    EXPECT_EQ(std::get<std::string_view>(rows.seen(i, 2)), i % 2 ? "US" : "DE");
  }
}

}  // namespace
}  // namespace destock::deliver
