// Bad input, as files and places: each gets a clear message, nothing is lost, nothing half-done is seen, nothing
// crashes.

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sqlite3.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <zlib.h>
#include <nlohmann/json.hpp>

#include "orders.h"
#include "program.h"
#include "source_dir.h"

namespace destock::test {
namespace {

using nlohmann::json;
using testing::HasSubstr;

struct BadFile {
  const char* name;
  std::string content;
  const char* says;
};

TEST(BadInput, FilesThatCannotBeRead) {
  TempDir dir;
  const std::string gzip = read_file(test::source_dir().string() + "/src/ingest/planning/ok/utf8_tab.txt.gz");
  const BadFile files[] = {{"empty.csv", "", "the file is empty"},
                           {"header.csv", planning_header(), "a header and no rows"},
                           {"binary.txt", std::string("\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0", 18), "binary"},
                           {"cut.txt.gz", gzip.substr(0, gzip.size() / 2), "cut off"},
                           {"damaged.txt.gz", gzip.substr(0, 60) + "xxxxxxxxxxxxxxxxxxxx" + gzip.substr(80), "damaged"},
                           {"column.csv", "snapshot-date,sku,days-of-supply,inv-age-0-to-90-days\n2026-01-05,A,1,1\n",
                            "the required column available is missing"},
                           {"fake.xlsx", "PK\x03\x04 and nothing", "workbook cannot be read"}};
  for (const BadFile& file : files) {
    const Ran ran = destock({"import", dir.write(file.name, file.content), "--db", dir.file("a.db")});
    EXPECT_EQ(ran.exit_code, 1) << file.name;
    EXPECT_THAT(ran.err, HasSubstr(file.says)) << file.name;
    EXPECT_THAT(ran.err, HasSubstr(file.name));
    const Ran chinese = destock({"import", dir.file(file.name), "--db", dir.file("a.db"), "--lang", "zh"});
    EXPECT_THAT(chinese.err, HasSubstr("错误：")) << file.name;
  }
}

// One gzip member of a text.
std::string gzipped(const std::string& text) {
  z_stream zip{};
  deflateInit2(&zip, 9, Z_DEFLATED, 16 + MAX_WBITS, 8, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&zip, text.size()) + 64, '\0');
  zip.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
  zip.avail_in = static_cast<uInt>(text.size());
  zip.next_out = reinterpret_cast<Bytef*>(out.data());
  zip.avail_out = static_cast<uInt>(out.size());
  deflate(&zip, Z_FINISH);
  out.resize(zip.total_out);
  deflateEnd(&zip);
  return out;
}

TEST(BadInput, ALineOfTwoGigabytesNeedsNoMemory) {
  TempDir dir;
  // Members of one gzip follow each other: 128 of 16 MB make a line of two gigabytes in a small file.
  const std::string path = dir.file("long.txt.gz");
  {
    std::ofstream out(path, std::ios::binary);
    out << gzipped(orders_header() + order("1", "2025-12-30", "A", 2));
    const std::string member = gzipped(std::string(16 << 20, 'x'));
    for (int i = 0; i < 128; ++i) out << member;
    out << gzipped("\n" + order("3", "2025-12-31", "A", 1));
  }
  struct rusage children {};
  const Ran ran = destock({"import", path, "--db", dir.file("a.db"), "--format", "json"});
  getrusage(RUSAGE_CHILDREN, &children);
  ASSERT_EQ(ran.exit_code, 3) << ran.err;
  const json result = json::parse(ran.out);
  EXPECT_EQ(result["files"][0]["rows_imported"], 2);
  EXPECT_EQ(result["files"][0]["refused"][0]["line"], 3);
#if !defined(__SANITIZE_ADDRESS__)
  EXPECT_LT(children.ru_maxrss / 1024, 300);
#endif
}

TEST(BadInput, BytesOfAnotherEncodingInAnSkuAreRefused) {
  TempDir dir;
  std::string text = orders_header();
  for (int i = 0; i < 20'000; ++i)
    text += order(std::to_string(i), "2025-12-30", "A", 1);  // the head, by which encodings are told, is plain
  const Ran ran = destock({"import", dir.write("o.txt", text + order("x", "2025-12-30", "MAT-\xE9\xFF", 1)), "--db",
                           dir.file("a.db"), "--format", "json"});
  const json file = json::parse(ran.out)["files"][0];
  EXPECT_EQ(file["rows_imported"], 20'000);
  ASSERT_EQ(file["rows_refused"], 1);
  EXPECT_EQ(file["refused"][0]["column"], "sku");
  EXPECT_THAT(file["refused"][0]["reason"].get<std::string>(), HasSubstr("no known encoding"));
}

TEST(BadInput, RefusedRowsAreShownWithEverything) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  destock({"import",
           dir.write("p.csv", planning_header() + planning("2026-01-05", "A", 5) + planning("2026-01-05", "B", -5) +
                                  planning("2026-01-05", "A", 5) + planning("2031-01-05", "C", 5)),
           "--db", db});
  const json refused = json::parse(destock({"imports", "refused", "--db", db, "--format", "json"}).out)["refused"];
  ASSERT_EQ(refused.size(), 3u);
  EXPECT_EQ(refused[0]["line"], 3);
  EXPECT_EQ(refused[0]["column"], "available");
  EXPECT_EQ(refused[0]["value"], "-5");
  EXPECT_THAT(refused[0]["reason"].get<std::string>(), HasSubstr("negative"));
  EXPECT_FALSE(refused[0]["fix"].get<std::string>().empty());
  EXPECT_THAT(refused[1]["reason"].get<std::string>(), HasSubstr("second time"));
  EXPECT_THAT(refused[2]["reason"].get<std::string>(), HasSubstr("future"));
}

TEST(BadInput, MissingNumbersAreUnknownAndNotZero) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  std::string text =
      "snapshot-date,sku,available,currency,units-shipped-t30,your-price,item-volume,marketplace,days-of-supply\n2026-"
      "01-05,A,100,USD,--,,N/A,US,\n";
  EXPECT_EQ(destock({"import", dir.write("p.csv", text), "--db", db}).exit_code, 0);
  const json sku = json::parse(destock({"health", "--db", db, "--format", "json"}).out)["skus"][0];
  for (const char* field :
       {"units_last_month", "price", "holding_cost_now", "age", "reserved", "inbound", "unit_value", "stock_to_sales"})
    EXPECT_TRUE(sku[field].is_null()) << field << ": " << sku[field];
  EXPECT_EQ(sku["band"], "unknown");
  EXPECT_THAT(destock({"health", "--db", db}).out, HasSubstr("unknown"));
}

TEST(BadInput, TwoCurrenciesWithoutAnOwnRate) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  std::string british = planning_header() + planning("2026-01-05", "B", 50, 10);
  british.replace(british.find("USD"), 3, "GBP");
  british.replace(british.find(",US,"), 4, ",UK,");
  dir.write("in/us.csv", planning_header() + planning("2026-01-05", "A", 50, 10));
  dir.write("in/uk.csv", british);
  EXPECT_EQ(destock({"import", dir.file("in"), "--db", db}).exit_code, 0);
  const Ran before = destock({"health", "--db", db, "--format", "json"});
  EXPECT_EQ(json::parse(before.out)["summary"]["shipped_rates"].size(), 1u);
  EXPECT_THAT(before.out, HasSubstr("shipped with the program"));
  EXPECT_EQ(destock({"rate", "set", "GBP", "USD", "1.25", "--date", "2026-01-01", "--db", db}).exit_code, 0);
  const json after = json::parse(destock({"health", "--db", db, "--format", "json"}).out);
  EXPECT_TRUE(after["summary"]["shipped_rates"].empty());
  EXPECT_EQ(after["summary"]["stock_value"]["amount"], "3373.88");  // 50 · 29.99 · (1 + 1.25), half a cent up
}

TEST(BadInput, ACostSheetWithFormulaErrorsAndUnknownSkus) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  destock({"import",
           dir.write("p.csv",
                     planning_header() + planning("2026-01-05", "A", 50, 10) + planning("2026-01-05", "B", 50, 10)),
           "--db", db});
  const Ran ran = destock(
      {"import",
       dir.write("costs.csv", "SKU,unit cost,freight,currency\nA,5.00,1.00,USD\nB,#VALUE!,1.00,USD\nNOBODY,4,1,USD\n"),
       "--db", db});
  EXPECT_EQ(ran.exit_code, 3);
  EXPECT_THAT(ran.err, HasSubstr("costs.csv:3: unit cost \"#VALUE!\": the cell holds a formula error"));
  const Ran health = destock({"health", "--db", db});
  EXPECT_THAT(health.err, HasSubstr("1 SKU of the cost sheet matches no listing: NOBODY"));
}

TEST(BadInput, ADatabaseOfAnotherProgram) {
  TempDir dir;
  sqlite3* db = nullptr;
  sqlite3_open(dir.file("other.db").c_str(), &db);
  sqlite3_exec(db, "CREATE TABLE customers (name TEXT)", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  const std::string before = read_file(dir.file("other.db"));
  const Ran ran = destock({"health", "--db", dir.file("other.db")});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("a database of another program"));
  EXPECT_EQ(read_file(dir.file("other.db")), before);
}

TEST(BadInput, AFullDiskChangesNothing) {
  if (geteuid() != 0) GTEST_SKIP() << "a full disk is made with a small tmpfs, which needs root";
  TempDir dir;
  const std::string disk = dir.file("disk");
  mkdir(disk.c_str(), 0700);
  if (mount("tmpfs", disk.c_str(), "tmpfs", 0, "size=1m") != 0) GTEST_SKIP() << "no tmpfs can be mounted here";
  const std::string db = disk + "/a.db";
  const std::string small = dir.write("small.txt", orders_header() + order("1", "2025-12-30", "A", 2));
  std::string big = orders_header();
  for (int i = 0; i < 40'000; ++i)
    big += order(std::to_string(i), day_of(12, i % 28 + 1), "SKU-" + std::to_string(i), 1);
  EXPECT_EQ(destock({"import", small, "--db", db}).exit_code, 0);
  const Ran full = destock({"import", dir.write("big.txt", big), "--db", db});
  EXPECT_EQ(full.exit_code, 1);
  EXPECT_THAT(full.err, HasSubstr("the disk is full"));
  const json imports = json::parse(destock({"imports", "--db", db, "--format", "json"}).out);
  EXPECT_EQ(imports["imports"].size(), 1u);
  umount2(disk.c_str(), MNT_DETACH);
}

TEST(BadInput, AReadOnlyFolderSaysSo) {
  if (geteuid() != 0)
    GTEST_SKIP() << "as a plain user the folder's own permissions would do; this test is written for root";
  TempDir dir;
  const std::string folder = dir.file("folder");
  mkdir(folder.c_str(), 0700);
  if (mount("tmpfs", folder.c_str(), "tmpfs", MS_RDONLY, "size=1m") != 0)
    GTEST_SKIP() << "no tmpfs can be mounted here";
  const Ran ran = destock(
      {"import", dir.write("o.txt", orders_header() + order("1", "2025-12-30", "A", 2)), "--db", folder + "/a.db"});
  EXPECT_EQ(ran.exit_code, 1);
  EXPECT_THAT(ran.err, HasSubstr("cannot be written"));
  const Ran workbook = destock({"demo", folder + "/demo"});
  EXPECT_EQ(workbook.exit_code, 1);
  EXPECT_THAT(workbook.err, HasSubstr("the folder cannot be made"));
  umount2(folder.c_str(), MNT_DETACH);
}

TEST(BadInput, WrongUsageIsTwo) {
  EXPECT_EQ(destock({}).exit_code, 2);
  EXPECT_EQ(destock({"health", "--format", "xml"}).exit_code, 2);
  EXPECT_EQ(destock({"nonsense"}).exit_code, 2);
  EXPECT_EQ(destock({"plan", "--policy", "wish", "--db", "/tmp/none.db"}).exit_code, 2);
  EXPECT_EQ(destock({"health", "--as-of", "05/01/2026"}).exit_code, 2);
  EXPECT_EQ(destock({"--help"}).exit_code, 0);
}

}  // namespace
}  // namespace destock::test
