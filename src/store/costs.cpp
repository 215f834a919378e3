#include "store/costs.h"

#include "store/bulk_insert.h"
#include "store/cells.h"

namespace destock::store {

void write_costs(soci::session& sql, int64_t import, std::span<const account::CostRow> costs) {
  BulkInsert rows(sql, "cost",
                  {{"import_id", kInt},
                   {"sku", kText},
                   {"marketplace", kText},
                   {"unit_cost", kInt},
                   {"unit_cost_currency", kText},
                   {"freight", kInt},
                   {"freight_currency", kText},
                   {"lead_time_days", kInt},
                   {"moq", kInt},
                   {"carton", kInt},
                   {"category", kText},
                   {"season", kText},
                   {"owner", kText},
                   {"tag", kText},
                   {"launch", kInt},
                   {"lead_time_from", kInt},
                   {"lead_time_to", kInt},
                   {"elsewhere", kInt},
                   {"carton_m3", kReal},
                   {"supplier", kText},
                   {"supplier_minimum", kInt},
                   {"supplier_minimum_currency", kText},
                   {"from_day", kInt}});
  for (const account::CostRow& row : costs)
    rows.add({value(import),
              value(row.sku),
              value(row.marketplace),
              value(row.unit_cost),
              currency_of_any({&row.unit_cost}),
              value(row.freight),
              currency_of_any({&row.freight}),
              value(row.lead_time_days),
              value(row.moq),
              value(row.carton),
              value(row.category),
              value(row.season),
              value(row.owner),
              value(row.tag),
              value(row.launch),
              value(row.lead_time_from),
              value(row.lead_time_to),
              value(row.elsewhere),
              value(row.carton_m3),
              value(row.supplier),
              value(row.supplier_minimum),
              currency_of_any({&row.supplier_minimum}),
              value(row.from)});
  rows.finish();
}

std::vector<account::CostRow> read_costs(soci::session& sql, int64_t account, Date day) {
  std::vector<account::CostRow> costs;
  const long long owner = account, on = day_number(day);
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT c.sku, c.marketplace, c.unit_cost_currency, c.unit_cost, c.freight_currency, c.freight, "
                      "c.lead_time_days, c.moq, c.carton, c.category, c.season, c.owner, c.tag, c.launch, "
                      "c.lead_time_from, c.lead_time_to, c.elsewhere, c.carton_m3, c.supplier, "
                      "c.supplier_minimum_currency, c.supplier_minimum, c.from_day FROM cost c JOIN import i ON i.id = "
                      "c.import_id JOIN (SELECT content_hash, max(id) AS last FROM import WHERE account_id = :account "
                      "AND status = 'in_force' GROUP BY content_hash) f ON f.content_hash = i.content_hash WHERE "
                      "i.account_id = :again AND i.status = 'in_force' AND COALESCE(c.from_day, 0) <= :day ORDER BY "
                      "f.last, c.marketplace <> '', COALESCE(c.from_day, 0), c.import_id, c.id",
       soci::use(owner, "account"), soci::use(owner, "again"), soci::use(on, "day"));
  for (const soci::row& one : rows) {
    Cells c(one);
    account::CostRow row;
    row.sku = c.text();
    row.marketplace = c.text();
    c.currency();
    row.unit_cost = c.money();
    c.currency();
    row.freight = c.money();
    for (auto* figure : {&row.lead_time_days, &row.moq, &row.carton}) *figure = c.whole();
    for (auto* words : {&row.category, &row.season, &row.owner, &row.tag}) *words = c.text();
    row.launch = c.day_if();
    for (auto* figure : {&row.lead_time_from, &row.lead_time_to, &row.elsewhere}) *figure = c.whole();
    row.carton_m3 = c.real();
    row.supplier = c.text();
    c.currency();
    row.supplier_minimum = c.money();
    row.from = c.day_if();
    costs.push_back(std::move(row));
  }
  return costs;
}

}  // namespace destock::store
