#include <algorithm>
#include <map>
#include <tuple>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/outcomes.h"

namespace destock::store {

std::string rows_in_force(const std::string& columns, const std::string& table, int64_t account,
                          const std::string& and_where) {
  return "SELECT " + columns + " FROM " + table +
         " t JOIN import i ON i.id = t.import_id WHERE i.account_id = " + std::to_string(account) +
         " AND i.status = 'in_force'" + and_where + " ORDER BY t.import_id, t.id";
}

void write_removals(soci::session& sql, int64_t import, const account::ReportFacts& facts) {
  BulkInsert orders(sql, "removal_order",
                    {{"import_id", kInt},
                     {"marketplace", kText},
                     {"order_id", kText},
                     {"sku", kText},
                     {"fnsku", kText},
                     {"disposition", kText},
                     {"order_type", kText},
                     {"order_status", kText},
                     {"order_source", kText},
                     {"requested_on", kInt},
                     {"updated_at", kInt},
                     {"requested", kInt},
                     {"cancelled", kInt},
                     {"disposed", kInt},
                     {"shipped", kInt},
                     {"in_process", kInt},
                     {"currency", kText},
                     {"fee", kInt}});
  for (const account::RemovalOrderRow& row : facts.removal_orders)
    orders.add({value(import), value(row.marketplace), value(row.order_id), value(row.sku), value(row.fnsku),
                value(row.disposition), value(row.type), value(row.status), value(row.source), value(row.requested_on),
                value(row.updated_at), value(row.requested), value(row.cancelled), value(row.disposed),
                value(row.shipped), value(row.in_process), currency_of_any({&row.fee}), value(row.fee)});
  orders.finish();
  BulkInsert parcels(sql, "removal_shipment",
                     {{"import_id", kInt},
                      {"marketplace", kText},
                      {"order_id", kText},
                      {"sku", kText},
                      {"fnsku", kText},
                      {"disposition", kText},
                      {"order_type", kText},
                      {"carrier", kText},
                      {"tracking", kText},
                      {"requested_on", kInt},
                      {"shipped_on", kInt},
                      {"units", kInt}});
  for (const account::RemovalShipmentRow& row : facts.removal_shipments)
    parcels.add({value(import), value(row.marketplace), value(row.order_id), value(row.sku), value(row.fnsku),
                 value(row.disposition), value(row.type), value(row.carrier), value(row.tracking),
                 value(row.requested_on), value(row.shipped_on), value(row.units)});
  parcels.finish();
}

std::vector<account::RemovalOrderRow> read_removal_orders(soci::session& sql, int64_t account) {
  std::vector<account::RemovalOrderRow> orders;
  std::map<std::tuple<std::string, std::string, std::string, std::string>, size_t> at;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.marketplace, t.order_id, t.sku, t.fnsku, t.disposition, t.order_type, t.order_status, t.order_source, "
          "t.requested_on, t.updated_at, t.requested, t.cancelled, t.disposed, t.shipped, t.in_process, t.currency, "
          "t.fee",
          "removal_order", account);
  for (const soci::row& row : rows) {
    Cells c(row);
    account::RemovalOrderRow order;
    for (auto* words : {&order.marketplace, &order.order_id, &order.sku, &order.fnsku, &order.disposition, &order.type,
                        &order.status, &order.source})
      *words = c.text();
    order.requested_on = c.day();
    order.updated_at = c.whole();
    for (auto* units : {&order.requested, &order.cancelled, &order.disposed, &order.shipped, &order.in_process})
      *units = c.whole();
    c.currency();
    order.fee = c.money();
    const auto [held, fresh] =
        at.try_emplace({order.order_id, order.sku, order.fnsku, order.disposition}, orders.size());
    if (fresh)
      orders.push_back(std::move(order));
    else if (order.updated_at >= orders[held->second].updated_at)
      orders[held->second] = std::move(order);
  }
  std::stable_sort(orders.begin(), orders.end(),
                   [](const auto& a, const auto& b) { return a.requested_on < b.requested_on; });
  return orders;
}

std::vector<account::RemovalShipmentRow> read_removal_shipments(soci::session& sql, int64_t account) {
  struct Told {
    long long import = 0;
    std::vector<account::RemovalShipmentRow> parcels;
  };
  // Several rows of one import may be alike but for their units: they stand together, by the newest import.
  std::map<std::tuple<Date, std::string, std::string, std::string, std::string, std::string>, Told> told;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.import_id, t.marketplace, t.order_id, t.sku, t.fnsku, t.disposition, t.order_type, t.carrier, t.tracking, "
          "t.requested_on, t.shipped_on, t.units",
          "removal_shipment", account);
  for (const soci::row& row : rows) {
    Cells c(row);
    const long long import = c.whole().value_or(0);
    account::RemovalShipmentRow parcel;
    for (auto* words : {&parcel.marketplace, &parcel.order_id, &parcel.sku, &parcel.fnsku, &parcel.disposition,
                        &parcel.type, &parcel.carrier, &parcel.tracking})
      *words = c.text();
    parcel.requested_on = c.day_if();
    parcel.shipped_on = c.day();
    parcel.units = c.whole().value_or(0);
    Told& held =
        told[{parcel.shipped_on, parcel.order_id, parcel.sku, parcel.fnsku, parcel.disposition, parcel.tracking}];
    if (held.import != import) held = {import, {}};
    held.parcels.push_back(std::move(parcel));
  }
  std::vector<account::RemovalShipmentRow> parcels;
  for (auto& [key, held] : told)
    for (account::RemovalShipmentRow& parcel : held.parcels) parcels.push_back(std::move(parcel));
  return parcels;
}

}  // namespace destock::store
