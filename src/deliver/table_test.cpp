#include "deliver/table.h"

#include <gtest/gtest.h>

namespace destock::deliver {
namespace {

const Column kMoney{"cash", {"Cash", "回款"}, Kind::kMoney};
const Column kShare{"share", {"Share", "占比"}, Kind::kShare};
const Column kUnits{"units", {"Units", "件数"}, Kind::kUnits};

TEST(Table, UnknownIsAWordAndNeverZero) {
  EXPECT_EQ(shown(std::monostate{}, kMoney, Lang::kEn, false), "unknown");
  EXPECT_EQ(shown(std::monostate{}, kMoney, Lang::kZh, false), "未提供");
  EXPECT_EQ(shown(std::monostate{}, kMoney, Lang::kEn, true), "");
}

TEST(Table, NumbersAreGrouped) {
  EXPECT_EQ(shown(int64_t{1234567}, kUnits, Lang::kEn, false), "1,234,567");
  EXPECT_EQ(shown(int64_t{-1234}, kUnits, Lang::kEn, false), "-1,234");
  EXPECT_EQ(shown(Money::of("1234567.891", "USD"), kMoney, Lang::kEn, false), "USD 1,234,567.89");
  EXPECT_EQ(shown(0.577, kShare, Lang::kEn, false), "57.7%");
}

TEST(Table, CsvKeepsCurrenciesApartAndDefusesFormulas) {
  const Table table{"t",
                    {"T", "表"},
                    {{"sku", {"SKU", "SKU"}, Kind::kText}, kMoney},
                    {{std::string("=cmd|x"), Money::of("20.69", "USD")}, {std::string("a,\"b\""), std::monostate{}}}};
  EXPECT_EQ(csv(table, Lang::kEn), "\xEF\xBB\xBFsku,cash,cash_currency\r\n'=cmd|x,20.69,USD\r\n\"a,\"\"b\"\"\",,\r\n");
}

}  // namespace
}  // namespace destock::deliver
