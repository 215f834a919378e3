// The commands and their contract: figures, JSON fields, languages, exit codes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include "orders.h"
#include "program.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json json_of(const std::vector<std::string>& arguments) {
  const Ran ran = destock(arguments);
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return json::parse(ran.out);
}

TEST(Ladder, TheWorkedExample) {
  const json stages = json_of({"ladder", "--unit-cost", "42.67CNY", "--freight", "18.88CNY", "--fulfilment", "9.11USD",
                               "--referral", "15%", "--fx", "7.295", "--format", "json"})["stages"];
  ASSERT_EQ(stages.size(), 3u);
  const char* ids[] = {"break_even", "recover_purchase", "recover_half_purchase"};
  const char* prices[] = {"20.69", "17.59", "14.19"};
  const char* fees[] = {"3.10", "2.64", "2.13"};
  const char* profits[] = {"0.29", "-18.94", "-40.02"};
  for (size_t i = 0; i < 3; ++i) {
    EXPECT_EQ(stages[i]["stage"], ids[i]);
    EXPECT_EQ(stages[i]["price"], json({{"amount", prices[i]}, {"currency", "USD"}}));
    EXPECT_EQ(stages[i]["referral_fee"]["amount"], fees[i]);
    EXPECT_EQ(stages[i]["profit"], json({{"amount", profits[i]}, {"currency", "CNY"}}));
  }
  EXPECT_EQ(
      destock({"ladder", "--unit-cost", "42.67", "--freight", "1CNY", "--fulfilment", "9USD", "--referral", "15%"})
          .exit_code,
      2);
  EXPECT_THAT(
      destock({"ladder", "--unit-cost", "42.67CNY", "--freight", "1CNY", "--fulfilment", "9USD", "--referral", "15%"})
          .err,
      HasSubstr("--fx"));
}

// 2,840 units and 280 a month, by files.
std::string import_example(const TempDir& dir) {
  std::string orders = orders_header();
  int id = 0;
  const auto add = [&](const std::string& day, int units, const std::string& status = "Shipped") {
    ++id;
    orders += order(std::to_string(id), day, "BIG", units, status);
  };
  for (int day = 6; day <= 31; ++day) {
    add(day_of(12, day), 10);
    add(day_of(12, day), 3, "Cancelled");
  }
  for (int day = 1; day <= 4; ++day) add("2026-01-0" + std::to_string(day), 5);
  add("2025-12-05", 500);  // the 31st day back
  add("2026-01-05", 700);  // the snapshot's own
  dir.write("in/orders.txt", orders);
  dir.write("in/planning.csv",
            planning_header() +
                "2026-01-05,BIG,X0,B0,Big one,New,2800,800,1200,500,300,USD,999,29.99,0.2,cubic feet,US,100,40,0,0\n" +
                planning("2026-01-05", "SMALL", 40, 20));
  dir.write("in/fee_preview_2026-01-05.txt",
            "sku\tasin\tamazon-store\tyour-price\tcurrency\testimated-referral-fee-per-unit\t"
            "expected-fulfillment-fee-per-unit\nBIG\tB0\tUS\t29.99\tUSD\t4.50\t5.87\n");
  const Ran ran = destock({"import", dir.file("in"), "--db", dir.file("a.db")});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return dir.file("a.db");
}

TEST(Health, ThePlaybooksExampleFromFiles) {
  TempDir dir;
  const json health = json_of({"health", "--db", import_example(dir), "--format", "json"});
  EXPECT_EQ(health["as_of"], "2026-01-05");
  for (const char* field : {"skus", "excess_share", "excess_units", "excess_value", "holding_cost_next_month"})
    EXPECT_TRUE(health["summary"].contains(field)) << field;
  const json sku = health["skus"][0];
  EXPECT_EQ(sku["sku"], "BIG");
  EXPECT_EQ(sku["stock_total"], 2840);
  EXPECT_EQ(sku["units_last_month"],
            280);  // not the snapshot's day, not the cancelled lines, not the 31st day back, not t30
  EXPECT_NEAR(sku["stock_to_sales"].get<double>(), 10.142857, 1e-3);
  EXPECT_EQ(sku["band"], "excess");
  EXPECT_EQ(sku["excess_units"], 2000);
  EXPECT_EQ(sku["aged_units_181_plus"], 800);
  for (const char* field : {"marketplace", "asin", "title", "available", "reserved", "inbound", "velocity",
                            "days_of_supply", "age", "holding_cost_next_month", "flags"})
    EXPECT_TRUE(sku.contains(field)) << field;
  EXPECT_NEAR(sku["velocity"]["d30"].get<double>(), 280.0 / 30, 1e-3);
}

TEST(Plan, HasTheContractsFieldsAndIsStored) {
  TempDir dir;
  const std::string db = import_example(dir);
  const json plan = json_of({"plan", "--policy", "playbook", "--db", db, "--format", "json"});
  EXPECT_EQ(plan["policy"], "playbook");
  EXPECT_EQ(plan["plan_id"], 1);
  for (const char* field : {"expected_net_recovery", "upper_bound", "gap", "playbook_net_recovery", "hold_net_recovery",
                            "cash_by_week", "lines"})
    EXPECT_TRUE(plan.contains(field)) << field;
  EXPECT_EQ(plan["cash_by_week"].size(), 26u);
  const json line = plan["lines"][0];
  for (const char* field :
       {"marketplace", "sku", "units", "net_recovery", "upper_bound", "cost_of_delay", "why", "actions", "next_best"})
    EXPECT_TRUE(line.contains(field)) << field;
  for (const char* weeks : {"1", "2", "4", "8"}) EXPECT_TRUE(line["cost_of_delay"].contains(weeks));
  for (const char* field :
       {"week", "start", "end", "channel", "price", "discount", "expected_units", "expected_cash", "units_out"})
    EXPECT_TRUE(line["actions"][0].contains(field)) << field;
  const json hold = json_of({"plan", "--policy", "hold", "--db", db, "--format", "json"});
  EXPECT_EQ(hold["plan_id"], 2);
  EXPECT_EQ(hold["lines"][0]["actions"].size(), 0u);
  const json best = json_of({"plan", "--dry-run", "--db", db, "--format", "json"});
  EXPECT_EQ(hold["lines"][0]["net_recovery"], best["lines"][0]["hold_net_recovery"]);
  EXPECT_TRUE(json_of({"plan", "--dry-run", "--db", db, "--format", "json"})["plan_id"] == 0);
  EXPECT_EQ(json_of({"plan", "--db", db, "--format", "json"})["plan_id"], 3);  // the dry run was not stored
}

TEST(Restock, HasTheContractsFields) {
  TempDir dir;
  const json restock = json_of({"restock", "--db", import_example(dir), "--format", "json"});
  ASSERT_EQ(restock["skus"].size(), 2u);
  for (const char* field : {"sku", "reorder_point", "order_up_to", "order_now", "reason"})
    EXPECT_TRUE(restock["skus"][0].contains(field)) << field;
}

TEST(Fees, HaveTheContractsFields) {
  const json fees = json_of({"fees", "--marketplace", "US", "--dims", "10x6x3in", "--weight", "1.2lb", "--price",
                             "24.99", "--category", "Home & Kitchen", "--date", "2026-03-01", "--format", "json"});
  EXPECT_EQ(fees["size_tier"], "large_standard");
  EXPECT_NEAR(fees["shipping_weight"]["value"].get<double>(), 180.0 / 139, 1e-3);
  EXPECT_EQ(fees["fulfilment"], json({{"amount", "5.42"}, {"currency", "USD"}}));
  EXPECT_EQ(fees["referral"]["amount"], "3.75");
  for (const char* field :
       {"storage_per_month", "aged_surcharge_per_month", "removal", "liquidation", "sources", "unknown"})
    EXPECT_TRUE(fees.contains(field)) << field;
  EXPECT_GE(fees["sources"].size(), 4u);
  // Centimetres and grams say the same.
  EXPECT_EQ(json_of({"fees", "--dims", "25.4x15.24x7.62cm", "--weight", "544.31g", "--price", "24.99", "--date",
                     "2026-03-01", "--format", "json"})["fulfilment"],
            fees["fulfilment"]);
  EXPECT_EQ(destock({"fees", "--dims", "10x6", "--weight", "1lb", "--price", "9"}).exit_code, 2);
  EXPECT_EQ(destock({"fees"}).exit_code, 2);
}

TEST(Fees, AuditAndExplainOpenTheFigures) {
  TempDir dir;
  const std::string db = import_example(dir);
  dir.write("fees_2026-01-05.txt",
            "sku\tfnsku\tasin\tamazon-store\tproduct-name\tproduct-group\tyour-price\tlongest-side\tmedian-"
            "side\tshortest-side\tunit-of-dimension\titem-package-weight\tunit-of-weight\tproduct-size-tier\tcurrency\t"
            "estimated-fee-total\testimated-referral-fee-per-unit\texpected-fulfillment-fee-per-unit\n"
            "BIG\tX0\tB0\tUS\tBig "
            "one\tHome\t29.99\t9\t6\t2\tinches\t1.0\tpounds\tUsLargeStandardSize\tUSD\t9.70\t4.50\t5.20\n");
  ASSERT_EQ(destock({"import", dir.file("fees_2026-01-05.txt"), "--db", db}).exit_code, 0);
  const json audit = json_of({"fees", "--audit", "--db", db, "--format", "json"});
  ASSERT_EQ(audit["differences"].size(), 1u);
  EXPECT_EQ(audit["differences"][0]["card_fee"]["amount"], "4.84");  // the 2024 card still, 4.55, and the peak 0.29
  EXPECT_EQ(audit["differences"][0]["charged_fee"]["amount"], "5.20");
  EXPECT_GT(std::stod(audit["differences"][0]["a_year"]["amount"].get<std::string>()), 0);
  const json explained = json_of({"explain", "--sku", "BIG", "--until", "2026-04-30", "--db", db, "--format", "json"});
  EXPECT_EQ(explained["net_of_sale"]["amount"], "20.29");  // 29.99 − 4.50 − 5.20
  EXPECT_EQ(explained["holding"].size(), 4u);
  EXPECT_FALSE(explained["holding_total"].is_null());
  EXPECT_EQ(destock({"explain", "--sku", "NOBODY", "--db", db}).exit_code, 1);
}

TEST(Facts, SayWhatIsKnownAndWhatIsNot) {
  const json facts = json_of({"facts", "--date", "2026-03-01", "--format", "json"})["facts"];
  bool us_storage = false, french_storage = true;
  for (const auto& fact : facts) {
    if (fact["marketplace"] == "US" && fact["id"] == "storage")
      us_storage = fact["known"].get<bool>() && fact["confidence"] == "confirmed" && fact["age_days"].get<int>() > 0;
    if (fact["marketplace"] == "FR" && fact["id"] == "storage") french_storage = fact["known"].get<bool>();
  }
  EXPECT_TRUE(us_storage);
  EXPECT_FALSE(french_storage);
  TempDir dir;
  dir.write("own/ratecards/us.toml",
            "marketplace = \"US\"\ncurrency = \"USD\"\n[[storage]]\nsize_class = \"standard\"\n");
  const Ran broken = destock({"facts", "--facts", dir.file("own")});
  EXPECT_EQ(broken.exit_code, 1);
  EXPECT_THAT(broken.err, HasSubstr("us.toml:"));
}

TEST(Output, IsEnglishOrChineseAndCsv) {
  TempDir dir;
  const std::string db = import_example(dir);
  EXPECT_THAT(destock({"health", "--db", db}).out, HasSubstr("Excess share"));
  EXPECT_THAT(destock({"health", "--db", db, "--lang", "zh"}).out, HasSubstr("冗余占比"));
  EXPECT_THAT(destock({"health", "--db", db}, {{"LC_ALL", "zh_CN.UTF-8"}}).out, HasSubstr("冗余占比"));
  const Ran csv = destock({"health", "--db", db, "--format", "csv"});
  EXPECT_THAT(csv.out, HasSubstr("\r\nP0,US,BIG,"));
  EXPECT_THAT(csv.out, HasSubstr("holding_cost_now,holding_cost_now_currency"));
  EXPECT_THAT(destock({"plan", "--help", "--lang", "zh"}).out, HasSubstr("方案周数"));
}

TEST(Output, OldDataIsFlagged) {
  TempDir dir;
  const std::string db = import_example(dir);
  EXPECT_THAT(destock({"restock", "--db", db}).err, HasSubstr("days old"));
  EXPECT_THAT(destock({"restock", "--db", db, "--as-of", "2026-01-20"}).err,
              HasSubstr("FBA Inventory US is 15 days older than 2026-01-20"));
}

TEST(Output, AnEmptyAccountSaysWhatToDo) {
  TempDir dir;
  const Ran ran = destock({"health", "--db", dir.file("new.db")});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("there is no database here"));
  EXPECT_THAT(ran.err, HasSubstr("destock import"));
}

TEST(Accounts, AreApart) {
  TempDir dir;
  const std::string db = import_example(dir);
  EXPECT_EQ(destock({"health", "--db", db, "--account", "other"}).exit_code, 1);
  EXPECT_EQ(destock({"import", dir.file("in"), "--db", db, "--account", "other"}).exit_code, 0);
  EXPECT_EQ(json_of({"health", "--db", db, "--account", "other", "--format", "json"})["account"], "other");
}

}  // namespace
}  // namespace destock::test
