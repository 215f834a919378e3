// The forecast by the command line: from orders alone, as of any day, in both languages.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <algorithm>
#include <nlohmann/json.hpp>

#include "orders.h"
#include "program.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;
using testing::Not;

// Every day of 2025 up to a month's end, three SKUs; after the first of `changed_from` the numbers are others.
std::string year_of_orders(int last_month, int changed_from = 13) {
  std::string orders = orders_header();
  int id = 0;
  for (int month = 1; month <= last_month; ++month)
    for (int day = 1; day <= 28; ++day)
      for (int sku = 0; sku < 3; ++sku) {
        ++id;
        int units = 1 + (id * 7 + day * sku) % (3 + sku);
        if (month >= changed_from) units *= 9;
        orders += order("o" + std::to_string(id), day_of(month, day), "SKU" + std::to_string(sku), units);
      }
  return orders;
}

std::string import_orders(const TempDir& dir, const std::string& name, const std::string& orders) {
  const std::string db = "sqlite:///" + dir.file(name + ".db");
  const Ran ran = destock({"import", dir.write(name + ".txt", orders), "--db", db});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return db;
}

json forecast_of(const std::string& db, std::vector<std::string> more = {}) {
  std::vector<std::string> arguments = {"forecast", "--db", db, "--format", "json"};
  arguments.insert(arguments.end(), more.begin(), more.end());
  const Ran ran = destock(arguments);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return json::parse(ran.out);
}

TEST(Forecast, OrdersAloneAreEnough) {
  const TempDir dir;
  const json forecast = forecast_of(import_orders(dir, "orders", year_of_orders(12)));
  ASSERT_EQ(forecast["skus"].size(), 3u);
  for (const json& sku : forecast["skus"]) {
    ASSERT_EQ(sku["weeks"].size(), 52u);
    const json& week = sku["weeks"][0];
    EXPECT_EQ(week["start"], "2025-12-29");
    EXPECT_LE(week["p10"], week["p50"]);
    EXPECT_LE(week["p50"], week["p90"]);
    EXPECT_GT(week["mean"], 4);
    EXPECT_TRUE(sku["method"].is_string());
    EXPECT_LT(sku["elasticity"]["mean"], 0);
    EXPECT_EQ(sku["elasticity"]["source"], "prior_only");
    EXPECT_EQ(sku["basis"], "history");
  }
}

// What comes after the day, in the same file or in another, is not looked at.
TEST(Forecast, NeverLooksPastItsDay) {
  const TempDir dir;
  const std::vector<std::string> day = {"--as-of", "2025-10-01", "--sku", "SKU1"};
  const json whole = forecast_of(import_orders(dir, "whole", year_of_orders(12)), day);
  const json other = forecast_of(import_orders(dir, "other", year_of_orders(12, 10)), day);
  EXPECT_EQ(whole, other);
  EXPECT_EQ(whole["skus"][0]["weeks"][0]["start"], "2025-10-01");
  EXPECT_EQ(whole["skus"][0]["history"].back()["start"], "2025-09-24");
  const json later = forecast_of(import_orders(dir, "later", year_of_orders(12, 10)), {"--sku", "SKU1"});
  EXPECT_GT(later["skus"][0]["weeks"][0]["mean"], 3 * whole["skus"][0]["weeks"][0]["mean"].get<double>());
}

TEST(Forecast, DrawsOneSkuInBothLanguages) {
  const TempDir dir;
  const std::string db = import_orders(dir, "orders", year_of_orders(12));
  const Ran english = destock({"forecast", "--sku", "SKU2", "--db", db, "--lang", "en"});
  EXPECT_EQ(english.exit_code, 0) << english.err;
  EXPECT_THAT(english.out, HasSubstr("units a week"));
  EXPECT_THAT(english.out, HasSubstr("█"));
  EXPECT_THAT(english.out, HasSubstr("its price never moved"));
  const Ran chinese = destock({"forecast", "--sku", "SKU2", "--db", db, "--lang", "zh"});
  EXPECT_THAT(chinese.out, HasSubstr("每周件数"));
  EXPECT_THAT(chinese.out, HasSubstr("价格弹性"));
  EXPECT_THAT(chinese.out, Not(HasSubstr("units a week")));
  const Ran csv = destock({"forecast", "--sku", "SKU2", "--db", db, "--format", "csv", "--weeks", "4"});
  EXPECT_EQ(std::count(csv.out.begin(), csv.out.end(), '\n'), 5);
}

TEST(Forecast, SaysWhatItCannotDo) {
  const TempDir dir;
  const std::string db = import_orders(dir, "orders", year_of_orders(2));
  const Ran unknown = destock({"forecast", "--sku", "NOPE", "--db", db});
  EXPECT_EQ(unknown.exit_code, 1);
  EXPECT_THAT(unknown.err, HasSubstr("no such SKU: NOPE"));
  EXPECT_EQ(destock({"forecast", "--weeks", "0", "--db", db}).exit_code, 2);
  const Ran before = destock({"forecast", "--as-of", "2020-01-01", "--db", db, "--format", "json"});
  EXPECT_EQ(before.exit_code, 0) << before.err;
  const json nothing = json::parse(before.out);
  for (const json& sku : nothing["skus"]) {
    EXPECT_EQ(sku["basis"], "no_history");
    EXPECT_TRUE(sku["weeks"].empty());
  }
}

}  // namespace
}  // namespace destock::test
