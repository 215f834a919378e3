#include "store/read_facts.h"

namespace destock::store {

std::vector<account::ExchangeRateRow> read_rates(soci::session& sql, int64_t account) {
  std::vector<account::ExchangeRateRow> rates;
  const long long owner = account;
  soci::rowset<soci::row> rows =
      (sql.prepare << "SELECT r.day, r.from_currency, r.to_currency, r.rate FROM exchange_rate r LEFT JOIN import i ON "
                      "i.id = r.import_id WHERE r.account_id = :account AND (r.import_id IS NULL OR i.status = "
                      "'in_force') ORDER BY r.id",
       soci::use(owner));
  for (const soci::row& row : rows) {
    const auto from = Currency::parse(row.get<std::string>(1));
    const auto to = Currency::parse(row.get<std::string>(2));
    if (from && to) rates.push_back({date_of_day_number(row.get<long long>(0)), *from, *to, row.get<double>(3)});
  }
  return rates;
}

}  // namespace destock::store
