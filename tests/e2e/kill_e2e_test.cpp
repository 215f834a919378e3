// kill −9 at any moment leaves the database as it was before the import.

#include <gtest/gtest.h>
#include <sqlite3.h>
#include <nlohmann/json.hpp>
#include <random>

#include "orders.h"
#include "program.h"

namespace destock::test {
namespace {

struct Counts {
  int64_t imports = 0, sales = 0, listings = 0;
  std::string integrity;
  bool operator==(const Counts&) const = default;
};

Counts counts_of(const std::string& path) {
  sqlite3* db = nullptr;
  sqlite3_open(path.c_str(), &db);
  Counts counts;
  const auto number = [&](const char* query) {
    sqlite3_stmt* statement = nullptr;
    int64_t value = -1;
    if (sqlite3_prepare_v2(db, query, -1, &statement, nullptr) == SQLITE_OK && sqlite3_step(statement) == SQLITE_ROW)
      value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return value;
  };
  counts.imports = number("SELECT count(*) FROM import");
  counts.sales = number("SELECT count(*) FROM sales_day");
  counts.listings = number("SELECT count(*) FROM listing");
  sqlite3_stmt* check = nullptr;
  sqlite3_prepare_v2(db, "PRAGMA integrity_check", -1, &check, nullptr);
  if (sqlite3_step(check) == SQLITE_ROW)
    counts.integrity = reinterpret_cast<const char*>(sqlite3_column_text(check, 0));
  sqlite3_finalize(check);
  sqlite3_close(db);
  return counts;
}

pid_t start_import(const std::string& file, const std::string& db) {
  const pid_t child = fork();
  if (child != 0) return child;
  if (!freopen("/dev/null", "w", stdout) || !freopen("/dev/null", "w", stderr)) _exit(126);
  execl(DESTOCK_PROGRAM, DESTOCK_PROGRAM, "import", file.c_str(), "--db", db.c_str(), static_cast<char*>(nullptr));
  _exit(127);
}

TEST(Kill, LeavesTheDatabaseAsBefore) {
  TempDir dir;
  const std::string db = dir.file("a.db");
  ASSERT_EQ(destock({"import", dir.write("first.txt", orders_header() + order("1", "2025-12-30", "A", 2)), "--db", db})
                .exit_code,
            0);
  const Counts before = counts_of(db);
  ASSERT_EQ(before.imports, 1);
  std::string big = orders_header();
  for (int i = 0; i < 300'000; ++i)
    big += order(std::to_string(i), day_of(12, i % 28 + 1), "SKU-" + std::to_string(i % 9'000), 1);
  const std::string file = dir.write("big.txt", big);
  // How long it takes when nobody kills it.
  const auto started = std::chrono::steady_clock::now();
  ASSERT_EQ(destock({"import", dir.file("first.txt"), file, "--db", dir.file("whole.db")}).exit_code, 0);
  const auto whole =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - started).count();
  const Counts after = counts_of(dir.file("whole.db"));
  std::mt19937 random(20'260'105);
  int killed = 0;
  for (int round = 0; round < 25; ++round) {
    const pid_t child = start_import(file, db);
    const auto wait = std::chrono::microseconds(std::uniform_int_distribution<int64_t>(whole / 50, whole)(random));
    const auto until = std::chrono::steady_clock::now() + wait;
    int status = 0;
    pid_t ended = 0;
    while (std::chrono::steady_clock::now() < until && ended == 0) ended = waitpid(child, &status, WNOHANG);
    if (ended == 0) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
    }
    const Counts now = counts_of(db);
    if (now == before) {
      killed += WIFSIGNALED(status);
      continue;
    }
    // It was through before the blow: all of it is there. Back to the same state.
    ASSERT_EQ(now, after) << "killed after " << wait.count() << " µs";
    for (const char* part : {"", "-wal", "-shm"}) std::filesystem::remove(db + part);
    ASSERT_EQ(destock({"import", dir.file("first.txt"), "--db", db}).exit_code, 0);
  }
  EXPECT_GE(killed, 10) << "too few were killed in the middle to say anything";
  EXPECT_EQ(destock({"import", file, "--db", db}).exit_code, 0);
  EXPECT_EQ(counts_of(db).imports, 2);
}

}  // namespace
}  // namespace destock::test
