#pragma once
// A listing's days of an import in one cell: [[day, figure, …], …] by day. A row of the database a day costs thirty
// times as much to write and to read.

#include <soci/soci.h>
#include <array>
#include <charconv>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "store/bulk_insert.h"

namespace destock::store {

// Listings one after another, each with its days ascending, into one of the tables of runs.
class DayRuns {
public:
  DayRuns(soci::session& sql, const std::string& table, int64_t import);
  void add(int64_t listing, int32_t day, std::span<const int64_t> figures);
  // Writes what is left; throws soci_error, as add() may.
  void finish();

private:
  void close();
  BulkInsert rows_;
  int64_t import_;
  int64_t listing_ = 0;
  int32_t first_ = 0, last_ = 0;
  std::string days_;  // of the listing that is open
};

// Each day of a cell with its figures; those left out are nought.
template <size_t kFigures, typename Take>
void each_day_in(std::string_view days, Take take) {
  const char* const end = days.data() + days.size();
  std::array<int64_t, kFigures + 1> row{};
  size_t at = 0;
  for (const char* c = days.data(); c < end;) {
    if (*c == '[') {
      row.fill(0);
      at = 0;
    } else if (*c == ']' && at > 0) {
      take(static_cast<int32_t>(row[0]), std::span<const int64_t, kFigures>(row.data() + 1, kFigures));
      at = 0;
    } else if (*c != ',' && *c != ']' && at < row.size()) {
      const auto [after, error] = std::from_chars(c, end, row[at]);
      if (error == std::errc{}) {
        ++at;
        c = after;
        continue;
      }
    }
    ++c;
  }
}

// take(listing id, days) of an import's listings, by id. Throws soci_error.
template <typename Take>
void each_run(soci::session& sql, const std::string& table, int64_t import, Take take) {
  const long long id = import;
  long long listing = 0;
  std::string days;
  soci::statement statement =
      (sql.prepare << "SELECT listing_id, days FROM " + table + " WHERE import_id = :id ORDER BY listing_id",
       soci::use(id), soci::into(listing), soci::into(days));
  statement.execute();
  while (statement.fetch()) take(listing, std::string_view(days));
}

}  // namespace destock::store
