#include <map>
#include <tuple>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/outcomes.h"

namespace destock::store {

void write_traffic(soci::session& sql, int64_t import, const account::ReportFacts& facts) {
  BulkInsert rows(sql, "traffic",
                  {{"import_id", kInt},
                   {"marketplace", kText},
                   {"asin", kText},
                   {"sku", kText},
                   {"first_day", kInt},
                   {"last_day", kInt},
                   {"sessions", kInt},
                   {"page_views", kInt},
                   {"units", kInt},
                   {"buy_box", ColumnType::kReal},
                   {"currency", kText},
                   {"revenue", kInt},
                   {"parent", kText}});
  for (const account::TrafficRow& row : facts.traffic)
    rows.add({value(import), value(row.marketplace), value(row.asin), value(row.sku), value(row.first_day),
              value(row.last_day), value(row.sessions), value(row.page_views), value(row.units), value(row.buy_box),
              currency_of_any({&row.revenue}), value(row.revenue), value(row.parent)});
  rows.finish();
}

std::vector<account::TrafficRow> read_traffic(soci::session& sql, int64_t account, std::optional<Date> since) {
  std::map<std::tuple<std::string, std::string, std::string, Date, std::optional<Date>>, account::TrafficRow> newest;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.marketplace, t.asin, t.sku, t.first_day, t.last_day, t.sessions, t.page_views, t.units, t.buy_box, "
          "t.currency, t.revenue, t.parent",
          "traffic", account, since ? " AND t.last_day >= " + std::to_string(day_number(*since)) : std::string());
  for (const soci::row& row : rows) {
    Cells c(row);
    account::TrafficRow one;
    for (auto* words : {&one.marketplace, &one.asin, &one.sku}) *words = c.text();
    one.first_day = c.day_if();
    one.last_day = c.day();
    for (auto* figure : {&one.sessions, &one.page_views, &one.units}) *figure = c.whole();
    one.buy_box = c.real();
    c.currency();
    one.revenue = c.money();
    one.parent = c.text();
    newest.insert_or_assign({one.marketplace, one.asin, one.sku, one.last_day, one.first_day}, std::move(one));
  }
  std::vector<account::TrafficRow> traffic;
  traffic.reserve(newest.size());
  for (auto& [key, row] : newest) traffic.push_back(std::move(row));
  return traffic;
}

}  // namespace destock::store
