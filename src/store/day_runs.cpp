#include "store/day_runs.h"

namespace destock::store {

DayRuns::DayRuns(soci::session& sql, const std::string& table, int64_t import)
    : rows_(sql, table,
            {{"import_id", kInt}, {"listing_id", kInt}, {"first_day", kInt}, {"last_day", kInt}, {"days", kText}}),
      import_(import) {}

void DayRuns::add(int64_t listing, int32_t day, std::span<const int64_t> figures) {
  if (listing != listing_) close();
  if (days_.empty()) {
    listing_ = listing;
    first_ = day;
  }
  last_ = day;
  size_t kept = figures.size();
  while (kept > 0 && figures[kept - 1] == 0) --kept;
  std::array<char, 24> digits{};
  const auto put = [&](char before, int64_t number) {
    const auto [end, error] = std::to_chars(digits.data(), digits.data() + digits.size(), number);
    days_ += before;
    days_.append(digits.data(), end);
  };
  days_ += days_.empty() ? '[' : ',';
  put('[', day);
  for (size_t i = 0; i < kept; ++i) put(',', figures[i]);
  days_ += ']';
}

void DayRuns::close() {
  if (days_.empty()) return;
  days_ += ']';
  rows_.add({value(import_), value(listing_), value(int64_t{first_}), value(int64_t{last_}), value(days_)});
  days_.clear();
}

void DayRuns::finish() {
  close();
  rows_.finish();
}

}  // namespace destock::store
