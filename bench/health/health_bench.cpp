// The diagnosis of 100,000 SKUs with 400 days of sales, against the same figures (units of 3, 7, 14 and 30 days,
// weighted velocity, ratio, band, excess) by one SQL statement in sqlite3 over a table in memory, indexed for it. Both
// answers are compared before a time is printed.
//
//   bench_health SKUS

#include <fmt/format.h>
#include <sqlite3.h>
#include <thread>

#include "../bench.h"
#include "account/assemble.h"
#include "app/context.h"
#include "app/sample/sample_market.h"
#include "health/diagnose.h"

namespace {

using namespace destock;

constexpr int kDays = 400;

account::FactsInForce make_facts(size_t skus) {
  app::sample::Random random(7);
  account::FactsInForce facts;
  facts.account = "bench";
  facts.as_of = make_date(2026, 1, 5);
  const auto end = static_cast<int32_t>(day_number(facts.as_of));
  for (size_t i = 0; i < skus; ++i) {
    facts.listings.push_back({"US", fmt::format("SKU-{:06d}", i), "", "", ""});
    const double rate = 0.02 + 1.2 * random.uniform() * random.uniform();
    for (int32_t day = end - kDays; day < end; ++day)
      if (const int64_t units = random.poisson(rate); units > 0)
        facts.sales.push_back({static_cast<account::ListingIndex>(i), day, units, units * 199'900, units, 0, 0});
    account::PlanningRow row;
    row.listing = static_cast<account::ListingIndex>(i);
    row.snapshot = facts.as_of;
    row.available = random.between(0, 300);
    row.inbound_shipped = random.between(0, 40);
    row.fc_transfer = random.between(0, 5);
    row.volume_cuft = 0.1;
    row.price = Money::of("19.99", "USD");
    row.ages = {{0, 90, *row.available}, {91, 180, 0}, {181, 270, 0}, {271, 365, 0}};
    facts.planning.push_back(std::move(row));
  }
  facts.sales_spans.push_back({"US", facts.as_of - Days(kDays), facts.as_of - Days(1)});
  return facts;
}

void check(int code, sqlite3* db) {
  if (code == SQLITE_OK || code == SQLITE_DONE || code == SQLITE_ROW) return;
  fmt::print(stderr, "sqlite3: {}\n", sqlite3_errmsg(db));
  std::exit(1);
}

sqlite3* load(const account::Account& account) {
  sqlite3* db = nullptr;
  check(sqlite3_open(":memory:", &db), db);
  check(sqlite3_exec(db,
                     "CREATE TABLE stock (listing INTEGER PRIMARY KEY, units INTEGER); CREATE TABLE sales (listing "
                     "INTEGER, day INTEGER, units INTEGER, PRIMARY KEY (listing, day)) WITHOUT ROWID; BEGIN",
                     nullptr, nullptr, nullptr),
        db);
  sqlite3_stmt* stock = nullptr;
  sqlite3_stmt* sales = nullptr;
  check(sqlite3_prepare_v2(db, "INSERT INTO stock VALUES (?, ?)", -1, &stock, nullptr), db);
  check(sqlite3_prepare_v2(db, "INSERT INTO sales VALUES (?, ?, ?)", -1, &sales, nullptr), db);
  for (size_t i = 0; i < account.size(); ++i) {
    sqlite3_bind_int64(stock, 1, static_cast<sqlite3_int64>(i));
    sqlite3_bind_int64(stock, 2, account.stock[i].total());
    check(sqlite3_step(stock), db);
    sqlite3_reset(stock);
    for (uint64_t k = account.sales.days.offsets[i]; k < account.sales.days.offsets[i + 1]; ++k) {
      sqlite3_bind_int64(sales, 1, static_cast<sqlite3_int64>(i));
      sqlite3_bind_int(sales, 2, account.sales.days.values[k]);
      sqlite3_bind_int(sales, 3, account.sales.units[k]);
      check(sqlite3_step(sales), db);
      sqlite3_reset(sales);
    }
  }
  sqlite3_finalize(stock);
  sqlite3_finalize(sales);
  check(sqlite3_exec(db, "COMMIT; ANALYZE", nullptr, nullptr, nullptr), db);
  return db;
}

struct SqlAnswer {
  int64_t excess = 0, month = 0;
  double velocity = 0;
};

SqlAnswer diagnose_by_sql(sqlite3* db, int64_t end) {
  const std::string query = fmt::format(
      "WITH windows AS (SELECT s.listing AS listing, s.units AS stock, coalesce(sum(CASE WHEN d.day >= {0} - 3 THEN "
      "d.units END), 0) AS u3, coalesce(sum(CASE WHEN d.day >= {0} - 7 THEN d.units END), 0) AS u7, "
      "coalesce(sum(CASE WHEN d.day >= {0} - 14 THEN d.units END), 0) AS u14, coalesce(sum(d.units), 0) AS u30 FROM "
      "stock s LEFT JOIN sales d ON d.listing = s.listing AND d.day BETWEEN {0} - 30 AND {0} - 1 GROUP BY s.listing) "
      "SELECT listing, 0.1 * u3 / 3.0 + 0.4 * u7 / 7.0 + 0.3 * u14 / 14.0 + 0.2 * u30 / 30.0 AS velocity, u30, CASE "
      "WHEN u30 > 0 THEN 1.0 * stock / u30 END AS ratio, "
      "CASE WHEN u30 = 0 AND stock > 0 THEN 'dead' WHEN u30 = 0 THEN 'no_stock' WHEN 1.0 * stock / u30 < 2 THEN "
      "'stockout_risk' WHEN 1.0 * stock / u30 <= 3 THEN 'healthy' ELSE 'excess' END AS band, "
      "CASE WHEN u30 = 0 THEN stock ELSE max(0, stock - 3 * u30) END AS excess FROM windows",
      end);
  sqlite3_stmt* statement = nullptr;
  check(sqlite3_prepare_v2(db, query.c_str(), -1, &statement, nullptr), db);
  SqlAnswer answer;
  while (sqlite3_step(statement) == SQLITE_ROW) {
    answer.velocity += sqlite3_column_double(statement, 1);
    answer.month += sqlite3_column_int64(statement, 2);
    answer.excess += sqlite3_column_int64(statement, 5);
  }
  sqlite3_finalize(statement);
  return answer;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  const auto context = app::make_context("");
  if (!context) return 1;
  const account::Account account = account::assemble(make_facts(std::strtoull(argv[1], nullptr, 10)), context->book);
  sqlite3* db = load(account);
  const auto skus = static_cast<double>(account.size());
  std::vector<double> one, all, sql, ratio_one, ratio_all;
  constexpr int kRounds = 5;
  SqlAnswer ours{}, theirs{};
  for (int round = 0; round < kRounds; ++round) {
    auto start = std::chrono::steady_clock::now();
    theirs = diagnose_by_sql(db, day_number(account.as_of));
    sql.push_back(bench::seconds_since(start));
    start = std::chrono::steady_clock::now();
    const auto report = health::diagnose_account(account, context->facts, 1);
    one.push_back(bench::seconds_since(start));
    start = std::chrono::steady_clock::now();
    const auto again =
        health::diagnose_account(account, context->facts, std::max(1u, std::thread::hardware_concurrency()));
    all.push_back(bench::seconds_since(start));
    ours = {};
    for (const auto& d : report.diagnoses) {
      ours.excess += d.excess_units;
      ours.month += d.velocity.units_last_month.value_or(0);
      ours.velocity += d.velocity.weighted.value_or(0);
    }
    ratio_one.push_back(sql.back() / one.back());
    ratio_all.push_back(sql.back() / all.back());
  }
  sqlite3_close(db);
  if (ours.excess != theirs.excess || ours.month != theirs.month ||
      std::abs(ours.velocity - theirs.velocity) > 1e-6 * theirs.velocity) {
    fmt::print(stderr, "the answers differ: excess {} and {}, month {} and {}, velocity {} and {}\n", ours.excess,
               theirs.excess, ours.month, theirs.month, ours.velocity, theirs.velocity);
    return 1;
  }
  fmt::print("health      {:.0f} SKUs x {} days, {} days with sales; same excess ({}), month and velocity from both\n",
             skus, kDays, account.sales.days.values.size(), ours.excess);
  fmt::print("            one core {:.0f} SKUs/s, all cores {:.0f} SKUs/s, SQL in sqlite3 {:.0f} SKUs/s\n",
             skus / bench::median(one), skus / bench::median(all), skus / bench::median(sql));
  fmt::print(
      "            {:.1f} times SQL on one core, {:.1f} times on all (ours also does ages, holding cost, value, "
      "flags)\n",
      bench::median(ratio_one), bench::median(ratio_all));
  return 0;
}
