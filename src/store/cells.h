#pragma once
// A row of a SELECT, read column after column.

#include <optional>
#include <string>

#include "base/date.h"
#include "base/money.h"
#include "store/database.h"

namespace destock::store {

class Cells {
public:
  explicit Cells(const soci::row& row) : row_(row) {}
  std::optional<int64_t> whole() {
    const size_t i = at_++;
    if (row_.get_indicator(i) == soci::i_null) return std::nullopt;
    return row_.get<long long>(i);
  }
  std::optional<double> real() {
    const size_t i = at_++;
    if (row_.get_indicator(i) == soci::i_null) return std::nullopt;
    return row_.get<double>(i);
  }
  std::string text() {
    const size_t i = at_++;
    return row_.get_indicator(i) == soci::i_null ? std::string() : row_.get<std::string>(i);
  }
  Date day() { return date_of_day_number(whole().value_or(0)); }
  std::optional<Date> day_if() {
    const auto number = whole();
    return number ? std::optional<Date>(date_of_day_number(*number)) : std::nullopt;
  }
  void currency() { currency_ = Currency::parse(text()); }
  std::optional<Money> money() {
    const auto units = whole();
    if (!units || !currency_) return std::nullopt;
    return Money::from_units(*units, *currency_);
  }

private:
  const soci::row& row_;
  size_t at_ = 0;
  std::optional<Currency> currency_;
};

}  // namespace destock::store
