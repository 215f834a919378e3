#include "app/report_check.h"

#include <gtest/gtest.h>
#include <filesystem>

#include "market/facts.h"
#include "source_dir.h"

namespace destock::app {
namespace {

const market::ReportChecks& checks() {
  static const auto loaded = market::load_facts(test::source_dir() / "data");
  return loaded->checks;
}

CheckInput input_of(int64_t rows, int64_t units) {
  return {"US", rows, units, Comparison{{"FBA Inventory of 2026-01-04", "2026-01-04 的FBA 库存"}, 7'241, 100'000},
          {},   0,    {}};
}

TEST(ReportCheck, AGoodReportPasses) {
  EXPECT_TRUE(suspicions(input_of(7'100, 98'000), checks()).empty());
}

// 7,241 rows, then 5 % of them; and 190 times too many (amzn/selling-partner-api-models #5149, #5282).
TEST(ReportCheck, ShortAndBloatedReportsAreSeen) {
  const auto low = suspicions(input_of(362, 5'000), checks());
  ASSERT_FALSE(low.empty());
  EXPECT_NE(low[0].en.find("362 rows, 5% of the 7241"), std::string::npos) << low[0].en;
  EXPECT_FALSE(suspicions(input_of(1'375'790, 100'000), checks()).empty());
}

TEST(ReportCheck, MissingBestSellersAreNamed) {
  CheckInput input = input_of(7'241, 100'000);
  input.best_sellers = 20;
  input.best_sellers_missing = {"A", "B", "C", "D", "E", "F"};
  const auto found = suspicions(input, checks());
  ASSERT_EQ(found.size(), 1u);
  EXPECT_NE(found[0].en.find("A, B, C"), std::string::npos);
  input.best_sellers_missing = {"A"};
  EXPECT_TRUE(suspicions(input, checks()).empty());
}

TEST(ReportCheck, AnotherReportOfTheDayIsAWitness) {
  CheckInput input = input_of(7'241, 100'000);
  input.last_good.reset();
  input.same_day.push_back({{"Manage FBA Inventory of 2026-01-05", "x"}, 0, 1'000'000});
  EXPECT_FALSE(suspicions(input, checks()).empty());
}

TEST(ReportCheck, SmallReportsAreNotCompared) {
  CheckInput input{"US", 1, 5, Comparison{{"x", "x"}, 10, 500}, {}, 0, {}};
  EXPECT_TRUE(suspicions(input, checks()).empty());
}

}  // namespace
}  // namespace destock::app
