// Import as a user does it: folders, the same file twice, newer snapshots, reports that look wrong.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <nlohmann/json.hpp>

#include "orders.h"
#include "program.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

json import_json(const std::string& db, const std::vector<std::string>& paths, int expected_exit) {
  std::vector<std::string> arguments = {"import"};
  arguments.insert(arguments.end(), paths.begin(), paths.end());
  arguments.insert(arguments.end(), {"--db", db, "--format", "json"});
  const Ran ran = destock(arguments);
  EXPECT_EQ(ran.exit_code, expected_exit) << ran.err;
  return json::parse(ran.out);
}

json health_json(const std::string& db) {
  const Ran ran = destock({"health", "--db", db, "--format", "json"});
  EXPECT_EQ(ran.exit_code, 0) << ran.err;
  return json::parse(ran.out);
}

TEST(Import, TheSameFileTwiceChangesNothing) {
  TempDir dir;
  const std::string file = dir.write("orders.txt", orders_header() + order("1", "2025-12-30", "A", 2));
  const json first = import_json(dir.file("a.db"), {file}, 0);
  EXPECT_EQ(first["files"][0]["status"], "imported");
  EXPECT_EQ(first["files"][0]["report"], "all_orders");
  EXPECT_EQ(first["files"][0]["rows_imported"], 1);
  dir.write("copy/renamed.txt", read_file(file));
  const json again = import_json(dir.file("a.db"), {dir.file("copy/renamed.txt")}, 0);
  EXPECT_EQ(again["files"][0]["status"], "already_imported");
  EXPECT_EQ(again["files"][0]["rows_imported"], 0);
  const Ran said = destock({"import", file, "--db", dir.file("a.db")});
  EXPECT_EQ(said.exit_code, 0);
  EXPECT_THAT(said.err, HasSubstr("nothing changed"));
}

TEST(Import, ABadFileNeverStopsAFolder) {
  TempDir dir;
  dir.write("in/a_good.txt", orders_header() + order("1", "2025-12-30", "A", 2) +
                                 "2\tnever\tShipped\tAmazon.com\tA\tB0A\tT\t1\tUSD\t20.00\tShipped\n");
  dir.write("in/b_empty.csv", "");
  dir.write("in/c_unknown.csv", "name,age\nAda,36\n");
  dir.write("in/readme.md", "not a report");
  const json result = import_json(dir.file("a.db"), {dir.file("in")}, 3);
  ASSERT_EQ(result["files"].size(), 3u);
  EXPECT_EQ(result["files"][0]["rows_imported"], 1);
  EXPECT_EQ(result["files"][0]["refused"][0]["line"], 3);
  EXPECT_EQ(result["files"][0]["refused"][0]["column"], "purchase-date");
  EXPECT_EQ(result["files"][0]["refused"][0]["value"], "never");
  EXPECT_THAT(result["files"][1]["error"]["what"].get<std::string>(), HasSubstr("empty"));
  EXPECT_EQ(result["files"][2]["status"], "failed");
  EXPECT_EQ(result["ignored"].size(), 1u);
}

TEST(Import, WhenNothingCouldBeReadTheExitCodeIsOne) {
  TempDir dir;
  EXPECT_EQ(destock({"import", dir.write("x.csv", "name,age\nAda,36\n"), "--db", dir.file("a.db")}).exit_code, 1);
  EXPECT_EQ(destock({"import", dir.file("no such file.csv"), "--db", dir.file("a.db")}).exit_code, 1);
  EXPECT_EQ(destock({"import", "--db", dir.file("a.db")}).exit_code, 2);
}

std::string planning_of(const std::string& day, int rows, int units) {
  std::string text = planning_header();
  for (int i = 0; i < rows; ++i) text += planning(day, "SKU-" + std::to_string(i), units, 10);
  return text;
}

TEST(Import, AShortReportIsSetAsideUntilAccepted) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  import_json(db, {dir.write("good.csv", planning_of("2026-01-04", 200, 50))}, 0);
  const json bad = import_json(db, {dir.write("short.csv", planning_of("2026-01-05", 10, 50))}, 3);
  EXPECT_EQ(bad["files"][0]["status"], "set_aside");
  EXPECT_THAT(bad["files"][0]["notes"][0].get<std::string>(), HasSubstr("10 rows, 5% of the 200"));
  json health = health_json(db);
  EXPECT_EQ(health["as_of"], "2026-01-04");  // the last good one stays in force
  EXPECT_EQ(health["skus"].size(), 200u);
  EXPECT_EQ(health["reports"][0]["newer_set_aside"], true);
  const std::string id = std::to_string(bad["files"][0]["import_id"].get<int>());
  EXPECT_EQ(destock({"imports", "accept", id, "--db", db}).exit_code, 0);
  EXPECT_EQ(health_json(db)["as_of"], "2026-01-05");
  EXPECT_EQ(destock({"imports", "discard", id, "--db", db}).exit_code, 0);
  EXPECT_EQ(health_json(db)["as_of"], "2026-01-04");
  EXPECT_EQ(destock({"imports", "accept", "999", "--db", db}).exit_code, 1);
}

TEST(Import, ABloatedReportIsSetAside) {
  TempDir dir;
  import_json(dir.file("a.db"), {dir.write("good.csv", planning_of("2026-01-04", 50, 50))}, 0);
  EXPECT_EQ(import_json(dir.file("a.db"), {dir.write("bloated.csv", planning_of("2026-01-05", 9'500, 50))},
                        3)["files"][0]["status"],
            "set_aside");
}

TEST(Import, MissingBestSellersSetAReportAside) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  std::string orders = orders_header();
  for (int i = 0; i < 20; ++i)
    for (int day = 6; day <= 31; ++day)
      orders += order(std::to_string(i * 100 + day), day_of(12, day), "SKU-" + std::to_string(i), 5);
  import_json(db, {dir.write("orders.txt", orders)}, 0);
  std::string planning_text = planning_header();
  for (int i = 8; i < 60; ++i) planning_text += planning("2026-01-05", "SKU-" + std::to_string(i), 50, 10);
  const json result = import_json(db, {dir.write("planning.csv", planning_text)}, 3);
  EXPECT_EQ(result["files"][0]["status"], "set_aside");
  EXPECT_THAT(result["files"][0]["notes"][0].get<std::string>(), HasSubstr("best-sellers are missing"));
}

TEST(Import, ManageInventoryOfTheSameDayIsAWitness) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  std::string manage =
      "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\tafn-reserved-quantity\tafn-"
      "inbound-shipped-quantity\tafn-inbound-receiving-quantity\n";
  for (int i = 0; i < 100; ++i) manage += "SKU-" + std::to_string(i) + "\tX\tB\tT\tNew\t9.99\t500\t0\t0\t0\n";
  import_json(db, {dir.write("manage_US_2026-01-05.txt", manage)}, 0);
  const json result = import_json(db, {dir.write("planning.csv", planning_of("2026-01-05", 100, 20))}, 3);
  EXPECT_EQ(result["files"][0]["status"], "set_aside");
  EXPECT_THAT(result["files"][0]["notes"][0].get<std::string>(), HasSubstr("Manage FBA Inventory of 2026-01-05"));
}

TEST(Import, ChangedColumnsAreNamed) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  import_json(db, {dir.write("a.csv", planning_of("2026-01-04", 30, 50))}, 0);
  std::string text = planning_of("2026-01-05", 30, 51);
  text.replace(text.find("reserved-quantity"), 17, "Total Reserved Quantity");
  const json result = import_json(db, {dir.write("b.csv", text)}, 0);
  std::string notes;
  for (const auto& note : result["files"][0]["notes"]) notes += note.get<std::string>() + "\n";
  EXPECT_THAT(notes, HasSubstr("renamed columns: reserved-quantity → Total Reserved Quantity"));
}

TEST(Import, StockThatThePlanningReportLeavesOutIsDiagnosed) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  dir.write("in/planning.csv", planning_of("2026-01-05", 30, 50));
  dir.write(
      "in/manage_fba_US_2026-01-05.txt",
      "sku\tfnsku\tasin\tproduct-name\tcondition\tyour-price\tafn-fulfillable-quantity\tafn-reserved-quantity\tafn-"
      "inbound-shipped-quantity\tafn-inbound-receiving-quantity\nDEAD-1\tX0D\tB0D\tDead\tNew\t15.99\t240\t0\t0\t0\n");
  dir.write("in/ledger.csv",
            "Date,FNSKU,ASIN,MSKU,Title,Disposition,Starting Warehouse Balance,Receipts,Customer Shipments,Customer "
            "Returns,Ending Warehouse "
            "Balance,Location\n2025-06-01,X0D,B0D,DEAD-1,Dead,SELLABLE,0,240,0,0,240,US\n2026-01-04,X0D,B0D,DEAD-1,"
            "Dead,SELLABLE,240,0,0,0,240,US\n"
            "2025-02-01,X0L,B0L,DEAD-2,Dead,SELLABLE,0,90,0,0,90,US\n2026-01-04,X0L,B0L,DEAD-2,Dead,SELLABLE,90,0,0,0,"
            "90,US\n");
  import_json(db, {dir.file("in")}, 0);
  int found = 0;
  const json health = health_json(db);
  for (const auto& sku : health["skus"]) {
    if (sku["sku"] == "DEAD-1") {
      ++found;
      EXPECT_EQ(sku["band"], "dead");
      EXPECT_EQ(sku["excess_units"], 240);
      EXPECT_EQ(sku["age"]["181-270"], 240);  // received 218 days before
      EXPECT_THAT(sku["flags"].dump(), HasSubstr("not_in_planning"));
    }
    if (sku["sku"] == "DEAD-2") {
      ++found;
      EXPECT_EQ(sku["band"], "dead");
      EXPECT_EQ(sku["stock_source"], "inventory_ledger");
    }
  }
  EXPECT_EQ(found, 2);
}

TEST(Import, BuyersAreNeverStored) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  import_json(db,
              {dir.write("s.txt",
                         "amazon-order-id\tshipment-date\tbuyer-email\tbuyer-name\tsku\tproduct-name\tquantity-"
                         "shipped\tcurrency\titem-price\trecipient-name\tship-address-1\tsales-channel\n"
                         "1\t2026-01-03T20:00:00+00:00\tzz@marketplace.amazon.com\tZebediah "
                         "Buyer\tA\tMat\t1\tUSD\t20.00\tZebediah Buyer\t77 Quince Street\tAmazon.com\n"
                         "2\tnever\tzz@marketplace.amazon.com\tZebediah Buyer\tA\tMat\t1\tUSD\t20.00\tZebediah "
                         "Buyer\t77 Quince Street\tAmazon.com\n")},
              3);
  std::string everything;
  for (const auto& entry : std::filesystem::directory_iterator(dir.path()))
    if (entry.path().filename().string().starts_with("a.db")) everything += read_file(entry.path().string());
  EXPECT_THAT(everything, HasSubstr("Mat"));
  for (const char* secret : {"Zebediah", "Quince", "zz@marketplace"})
    EXPECT_EQ(everything.find(secret), std::string::npos) << secret;
}

TEST(Import, MemoryDoesNotGrowWithTheFile) {
#if defined(__SANITIZE_ADDRESS__)
  GTEST_SKIP() << "the sanitizer keeps freed memory: measured in Release";
#endif
  TempDir dir;
  const auto peak_of = [&](const std::string& name, int lines) {
    {  // the test's own memory would count as the child's
      std::ofstream out(dir.file(name), std::ios::binary);
      out << orders_header();
      for (int i = 0; i < lines; ++i)
        out << order(std::to_string(i), day_of(12, i % 28 + 1), "SKU-" + std::to_string(i % 50), 1);
    }
    // GNU time is not always there: the kernel's own count of the child.
    struct rusage before {
    }, after{};
    getrusage(RUSAGE_CHILDREN, &before);
    EXPECT_EQ(destock({"import", dir.file(name), "--db", dir.file(name + ".db")}).exit_code, 0);
    getrusage(RUSAGE_CHILDREN, &after);
    return after.ru_maxrss / 1024;
  };
  const long small = peak_of("small.txt", 20'000);
  const long large = peak_of("large.txt", 1'000'000);  // 100 MB
  EXPECT_LT(large, small + 60) << small << " MB, then " << large << " MB";
}

}  // namespace
}  // namespace destock::test
