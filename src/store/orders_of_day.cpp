#include "store/orders_of_day.h"

#include <sodium.h>

#include "store/bulk_insert.h"
#include "store/cells.h"

namespace destock::store {
namespace {

constexpr int kVariant = sodium_base64_VARIANT_ORIGINAL_NO_PADDING;
constexpr size_t kBytes = 4;  // of an order

std::string packed(const std::vector<uint32_t>& orders) {
  std::string bytes;
  bytes.reserve(orders.size() * kBytes);
  for (const uint32_t order : orders)
    for (size_t i = 0; i < kBytes; ++i) bytes += static_cast<char>(order >> (8 * i) & 0xFFU);
  std::string text(sodium_base64_encoded_len(bytes.size(), kVariant), '\0');
  sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                    kVariant);
  text.pop_back();  // the end that C wants
  return text;
}

std::vector<uint32_t> unpacked(const std::string& text) {
  std::vector<unsigned char> bytes(text.size());
  size_t length = 0;
  if (sodium_base642bin(bytes.data(), bytes.size(), text.data(), text.size(), nullptr, &length, nullptr, kVariant) != 0)
    return {};
  std::vector<uint32_t> orders(length / kBytes);
  for (size_t i = 0; i < orders.size() * kBytes; ++i)
    orders[i / kBytes] |= static_cast<uint32_t>(bytes[i]) << (8 * (i % kBytes));
  return orders;
}

}  // namespace

void write_orders_of_day(soci::session& sql, int64_t import, std::span<const account::OrdersOfDay> days) {
  BulkInsert rows(sql, "orders_of_day",
                  {{"import_id", kInt}, {"marketplace", kText}, {"day", kInt}, {"orders", kText}});
  for (const account::OrdersOfDay& day : days)
    rows.add({value(import), value(day.marketplace), value(day.day), value(packed(day.orders))});
  rows.finish();
}

std::vector<account::OrdersOfDay> read_orders_of_day(soci::session& sql, int64_t import, const std::string& marketplace,
                                                     Date from, Date to) {
  std::vector<account::OrdersOfDay> days;
  const long long id = import, first = day_number(from), last = day_number(to);
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT day, orders FROM orders_of_day WHERE import_id = :id AND "
                      "marketplace = :marketplace AND day BETWEEN :from AND :to ORDER BY day",
       soci::use(id), soci::use(marketplace), soci::use(first), soci::use(last));
  for (const soci::row& row : rows) {
    Cells cells(row);
    const Date day = cells.day();
    days.push_back({marketplace, day, unpacked(cells.text())});
  }
  return days;
}

std::map<int64_t, std::set<int64_t>> read_beside(soci::session& sql, int64_t account) {
  std::map<int64_t, std::set<int64_t>> beside;
  const long long owner = account;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT CAST(b.import_id AS TEXT), CAST(b.other_id AS TEXT) FROM import_beside b JOIN import "
                      "i ON i.id = b.import_id WHERE i.account_id = :account",
       soci::use(owner));
  for (const soci::row& row : rows) {
    Cells cells(row);
    const int64_t one = std::stoll(cells.text());
    const int64_t other = std::stoll(cells.text());
    beside[one].insert(other);
    beside[other].insert(one);
  }
  return beside;
}

}  // namespace destock::store
