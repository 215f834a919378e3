// An All Orders file of a million lines: `destock import` (parsed, aggregated, stored) against `sqlite3 .import` and
// one GROUP BY of the same file, turn about. The sums are compared before a time is printed.
//
//   bench_import FOLDER LINES DESTOCK

#include <fmt/format.h>
#include <filesystem>
#include <fstream>

#include "../bench.h"
#include "app/sample/sample_market.h"
#include "store/store.h"

namespace {

using namespace destock;
namespace fs = std::filesystem;

void write_orders(const std::string& path, int64_t lines) {
  app::sample::Random random(42);
  std::ofstream out(path, std::ios::binary);
  out << "amazon-order-id\tmerchant-order-id\tpurchase-date\tlast-updated-date\torder-status\tfulfillment-"
         "channel\tsales-channel\torder-channel\turl\tship-service-level\tproduct-name\tsku\tasin\titem-"
         "status\tquantity\t"
         "currency\titem-price\titem-tax\tshipping-price\tshipping-tax\tgift-wrap-price\tgift-wrap-tax\titem-promotion-"
         "discount\tship-promotion-discount\tship-city\tship-state\tship-postal-code\tship-country\t"
         "promotion-ids\tis-business-order\tpurchase-order-number\tprice-designation\n";
  constexpr int64_t kSkus = 5'000;
  const int64_t first = day_number(make_date(2025, 1, 1)) * 86'400;
  std::string text;
  for (int64_t i = 0; i < lines; ++i) {
    const int64_t when = first + i * (365 * 86'400) / lines;
    const Date day = date_of_day_number(when / 86'400);
    // A few SKUs sell most, as they do.
    const double u = random.uniform();
    const auto sku = static_cast<int64_t>(u * u * u * kSkus);
    const int64_t units = random.uniform() < 0.9 ? 1 : random.between(2, 4);
    const bool cancelled = random.uniform() < 0.02;
    const std::string stamp =
        fmt::format("{}T{:02d}:{:02d}:{:02d}+00:00", iso(day), when % 86'400 / 3600, when / 60 % 60, when % 60);
    text += fmt::format(
        "{:03d}-{:07d}-{:07d}\t\t{}\t{}\t{}\tAmazon\tAmazon.com\t\t\tExpedited\tProduct number {} with a title of a "
        "usual length, Black\tSKU-{:05d}\tB0{:08d}\t{}\t{}\tUSD\t{}.99\t1.20\t\t\t\t\t{}\t\tSEATTLE\tWA\t"
        "98101-1234\tUS\t{}\tfalse\t\t\n",
        100 + i % 15, i * 7919 % 10'000'000, i, stamp, stamp, cancelled ? "Cancelled" : "Shipped", sku, sku,
        10'000'000 + sku, cancelled ? "Cancelled" : "Shipped", cancelled ? 0 : units, 10 + sku % 40,
        i % 9 == 0 ? "2.00" : "", i % 9 == 0 ? "PAWS-V2-0001" : "");
    if (text.size() > (4u << 20)) {
      out << text;
      text.clear();
    }
  }
  out << text;
}

// What sqlite3 does with the same file.
void write_script(const std::string& path, const std::string& orders) {
  std::ofstream(path) << ".mode tabs\n.import " << orders << " orders\n"
                      << "CREATE TABLE sales AS SELECT sku, \"sales-channel\" AS channel, substr(\"purchase-date\", 1, "
                         "10) AS day, sum(quantity) AS units, sum(\"item-price\") AS revenue\n"
                      << "FROM orders WHERE \"order-status\" NOT IN ('Cancelled', 'Pending') GROUP BY 1, 2, 3;\n";
}

int64_t units_of_destock(const std::string& db) {
  auto store = store::Store::open(db);
  const auto account = store->account("default");
  const auto imports = store->imports(*account);
  int64_t units = 0;
  for (const auto& import : *imports)
    for (const auto& coverage : import.coverage) units += coverage.units;
  return units;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 4) return 2;
  const std::string folder = argv[1];
  const int64_t lines = std::atoll(argv[2]);
  const std::string destock = argv[3];
  fs::create_directories(folder);
  const std::string orders = folder + "/all_orders.txt";
  const std::string script = folder + "/import.sql";
  write_orders(orders, lines);
  write_script(script, orders);
  std::vector<double> ours, theirs, ratios;
  double peak = 0;
  constexpr int kRounds = 5;
  for (int round = 0; round < kRounds; ++round) {
    for (const char* name : {"ours.db", "ours.db-wal", "ours.db-shm", "theirs.db"}) fs::remove(folder + "/" + name);
    const auto a = bench::run({destock, "import", orders, "--db", folder + "/ours.db", "--lang", "en"});
    const auto b = bench::run({"sqlite3", "-init", script, folder + "/theirs.db", ""});
    if (a.exit_code != 0 || b.exit_code != 0) {
      fmt::print(stderr, "a contender failed: destock {}, sqlite3 {}\n", a.exit_code, b.exit_code);
      return 1;
    }
    ours.push_back(a.seconds);
    theirs.push_back(b.seconds);
    ratios.push_back(b.seconds / a.seconds);
    peak = std::max(peak, a.peak_mb);
  }
  const std::string sum = folder + "/sum.txt";
  const std::string query = fmt::format("sqlite3 {}/theirs.db 'SELECT sum(units) FROM sales' > {}", folder, sum);
  if (std::system(query.c_str()) != 0) return 1;
  int64_t expected = 0;
  std::ifstream(sum) >> expected;
  const int64_t found = units_of_destock(folder + "/ours.db");
  if (found != expected) {
    fmt::print(stderr, "the sums differ: destock {}, sqlite3 {}\n", found, expected);
    return 1;
  }
  std::sort(ratios.begin(), ratios.end());
  fmt::print("import      {} order lines, {:.0f} MB, {} units in both\n", lines,
             static_cast<double>(fs::file_size(orders)) / 1e6, found);
  fmt::print(
      "            sqlite3 .import + GROUP BY takes {:.2f} times as long as destock import (median of {}; {:.2f} … "
      "{:.2f})\n",
      bench::median(ratios), kRounds, ratios.front(), ratios.back());
  fmt::print("            seconds: destock {:.2f}, sqlite3 {:.2f}; peak memory of destock {:.0f} MB\n",
             bench::median(ours), bench::median(theirs), peak);
  return 0;
}
