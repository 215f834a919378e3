#include "store/cells.h"
#include "store/read_facts.h"

namespace destock::store {

std::vector<account::PurchaseOrder> read_purchase_orders(soci::session& sql, int64_t account) {
  std::vector<account::PurchaseOrder> orders;
  const long long owner = account;
  soci::rowset<soci::row> rows =
      (sql.prepare
           << "SELECT p.import_id, p.number, p.sku, p.marketplace, p.supplier, p.units, "
              "p.received_units, p.ordered_on, p.expected_on, p.received_on, p.unit_cost_currency, p.unit_cost, "
              "p.cancel_cost_currency, p.cancel_cost, p.deposit_currency, p.deposit, p.cancelled FROM "
              "purchase_order p JOIN import i ON i.id = p.import_id WHERE i.account_id = :account AND i.status = "
              "'in_force' ORDER BY p.import_id, p.id",
       soci::use(owner));
  for (const soci::row& row : rows) {
    Cells c(row);
    account::PurchaseOrder order;
    order.sheet = c.whole().value_or(0);
    for (auto* words : {&order.number, &order.sku, &order.marketplace, &order.supplier}) *words = c.text();
    order.units = c.whole().value_or(0);
    order.received_units = c.whole();
    for (auto* day : {&order.ordered_on, &order.expected_on, &order.received_on}) *day = c.day_if();
    for (auto* amount : {&order.unit_cost, &order.cancel_cost, &order.deposit}) {
      c.currency();
      *amount = c.money();
    }
    order.cancelled = c.whole().value_or(0) != 0;
    orders.push_back(std::move(order));
  }
  return orders;
}

}  // namespace destock::store
