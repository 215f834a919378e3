#include <map>
#include <set>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/outcomes.h"

namespace destock::store {
namespace {

// Which import speaks for a day of a settlement.
class Speakers {
public:
  Speakers(soci::session& sql, int64_t account, std::initializer_list<const char*> tables,
           const std::string& and_where = {}) {
    for (const char* table : tables) {
      soci::rowset<soci::row> rows =
          sql.prepare << "SELECT DISTINCT t.settlement, t.day, t.whole, t.import_id FROM " + std::string(table) +
                             " t JOIN import i ON i.id = t.import_id WHERE i.account_id = " + std::to_string(account) +
                             " AND i.status = 'in_force'" + and_where;
      for (const soci::row& row : rows) {
        Cells c(row);
        std::pair<std::string, int64_t> key{c.text(), 0};
        key.second = c.whole().value_or(0);
        const bool whole = c.whole().value_or(0) != 0;
        const std::pair<bool, int64_t> told{whole, c.whole().value_or(0)};
        auto& held = best_.try_emplace(std::move(key), told).first->second;
        held = std::max(held, told);
      }
    }
  }
  bool speaks(const std::string& settlement, Date day, int64_t import) const {
    const auto held = best_.find({settlement, day_number(day)});
    return held != best_.end() && held->second.second == import;
  }

private:
  std::map<std::pair<std::string, int64_t>, std::pair<bool, int64_t>> best_;
};

}  // namespace

void write_settled(soci::session& sql, int64_t import, const account::ReportFacts& facts) {
  BulkInsert days(sql, "settled_day",
                  {{"import_id", kInt},
                   {"settlement", kText},
                   {"whole", kInt},
                   {"marketplace", kText},
                   {"sku", kText},
                   {"day", kInt},
                   {"currency", kText},
                   {"units", kInt},
                   {"principal", kInt},
                   {"tax", kInt},
                   {"promotion", kInt},
                   {"referral", kInt},
                   {"fulfilment", kInt},
                   {"other_fees", kInt}});
  for (const account::SettledDay& row : facts.settled_days)
    days.add({value(import), value(row.settlement), value(int64_t{row.whole}), value(row.marketplace), value(row.sku),
              value(row.day), value(row.currency.str()), value(row.units), value(row.principal), value(row.tax),
              value(row.promotion), value(row.referral), value(row.fulfilment), value(row.other_fees)});
  days.finish();
  BulkInsert amounts(sql, "settled_amount",
                     {{"import_id", kInt},
                      {"settlement", kText},
                      {"whole", kInt},
                      {"marketplace", kText},
                      {"order_id", kText},
                      {"merchant_order_id", kText},
                      {"sku", kText},
                      {"day", kInt},
                      {"transaction_type", kText},
                      {"amount_type", kText},
                      {"description", kText},
                      {"units", kInt},
                      {"currency", kText},
                      {"amount", kInt}});
  for (const account::SettledAmount& row : facts.settled_amounts)
    amounts.add({value(import), value(row.settlement), value(int64_t{row.whole}), value(row.marketplace),
                 value(row.order_id), value(row.merchant_order_id), value(row.sku), value(row.day),
                 value(row.transaction), value(row.type), value(row.description), value(row.units),
                 value(row.amount.currency().str()), value(row.amount)});
  amounts.finish();
}

// Whole columns at a time: a large seller has some hundred thousand rows.
std::vector<account::SettledDay> read_settled_days(soci::session& sql, int64_t account, Date from, Date to) {
  const std::string of_days =
      " AND t.day BETWEEN " + std::to_string(day_number(from)) + " AND " + std::to_string(day_number(to));
  const Speakers speakers(sql, account, {"settled_day"}, of_days);
  constexpr size_t kBatch = 20'000;
  std::vector<long long> figures[10];
  std::vector<std::string> words[4];
  const auto make_room = [&] {
    for (auto& column : figures) column.resize(kBatch);
    for (auto& column : words) column.resize(kBatch);
  };
  make_room();
  soci::statement statement =
      (sql.prepare << "SELECT t.import_id, t.whole, t.day, t.units, t.principal, t.tax, t.promotion, t.referral, "
                      "t.fulfilment, t.other_fees, t.settlement, t.marketplace, t.sku, t.currency FROM import i JOIN "
                      "settled_day t ON t.import_id = i.id WHERE i.account_id = " +
                          std::to_string(account) + " AND i.status = 'in_force'" + of_days,
       soci::into(figures[0]), soci::into(figures[1]), soci::into(figures[2]), soci::into(figures[3]),
       soci::into(figures[4]), soci::into(figures[5]), soci::into(figures[6]), soci::into(figures[7]),
       soci::into(figures[8]), soci::into(figures[9]), soci::into(words[0]), soci::into(words[1]), soci::into(words[2]),
       soci::into(words[3]));
  statement.execute();
  std::vector<account::SettledDay> days;
  while (statement.fetch()) {
    for (size_t i = 0; i < figures[0].size(); ++i) {
      const Date day = date_of_day_number(figures[2][i]);
      const auto currency = Currency::parse(words[3][i]);
      if (!currency || !speakers.speaks(words[0][i], day, figures[0][i])) continue;
      days.push_back({words[0][i], figures[1][i] != 0, words[1][i], words[2][i], day, *currency, figures[3][i],
                      figures[4][i], figures[5][i], figures[6][i], figures[7][i], figures[8][i], figures[9][i]});
    }
    make_room();
  }
  return days;
}

std::vector<account::SettledAmount> read_settled_amounts(soci::session& sql, int64_t account) {
  std::vector<account::SettledAmount> amounts;
  const Speakers speakers(sql, account, {"settled_day", "settled_amount"});
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.import_id, t.settlement, t.whole, t.marketplace, t.order_id, t.merchant_order_id, t.sku, t.day, "
          "t.transaction_type, t.amount_type, t.description, t.units, t.currency, t.amount",
          "settled_amount", account);
  for (const soci::row& row : rows) {
    Cells c(row);
    const int64_t import = c.whole().value_or(0);
    account::SettledAmount one{{}, true, {}, {}, {}, {}, {}, {}, {}, {}, {}, Money::zero(currency_of("USD"))};
    one.settlement = c.text();
    one.whole = c.whole().value_or(0) != 0;
    for (auto* words : {&one.marketplace, &one.order_id, &one.merchant_order_id, &one.sku}) *words = c.text();
    one.day = c.day();
    for (auto* words : {&one.transaction, &one.type, &one.description}) *words = c.text();
    one.units = c.whole();
    c.currency();
    const auto amount = c.money();
    if (!amount || !speakers.speaks(one.settlement, one.day, import)) continue;
    one.amount = *amount;
    amounts.push_back(std::move(one));
  }
  return amounts;
}

}  // namespace destock::store
