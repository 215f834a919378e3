#pragma once
// Many rows into one table through SOCI's vector binding, in batches.

#include <soci/soci.h>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/money.h"

namespace destock::store {

enum class ColumnType { kInteger, kReal, kText };
inline constexpr ColumnType kInt = ColumnType::kInteger;
inline constexpr ColumnType kReal = ColumnType::kReal;
inline constexpr ColumnType kText = ColumnType::kText;
struct ColumnDef {
  std::string name;
  ColumnType type;
};

// A cell; monostate is NULL.
using Value = std::variant<std::monostate, long long, double, std::string>;

inline Value value(int64_t number) {
  return static_cast<long long>(number);
}
inline Value value(const std::string& text) {
  return text;
}
inline Value value(double number) {
  return number;
}
inline Value value(Date day) {
  return static_cast<long long>(day_number(day));
}
inline Value value(const Money& money) {
  return static_cast<long long>(money.units());
}
template <typename T>
Value value(const std::optional<T>& held) {
  return held ? value(*held) : Value(std::monostate{});
}
inline Value null() {
  return std::monostate{};
}
inline Value currency_of_any(std::initializer_list<const std::optional<Money>*> amounts) {
  for (const auto* amount : amounts)
    if (*amount) return (*amount)->currency().str();
  return std::monostate{};
}

class BulkInsert {
public:
  BulkInsert(soci::session& sql, const std::string& table, std::vector<ColumnDef> columns);
  void add(std::initializer_list<Value> row);
  // Writes what is left; throws soci_error, as add() may.
  void finish() { flush(); }

private:
  struct Column {
    ColumnDef def;
    std::vector<long long> integers;
    std::vector<double> reals;
    std::vector<std::string> texts;
    std::vector<soci::indicator> indicators;
  };
  void flush();

  soci::session& sql_;
  std::string query_;
  std::vector<Column> columns_;
  size_t rows_ = 0;
};

}  // namespace destock::store
