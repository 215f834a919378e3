#include "store/bulk_insert.h"

#include "base/check.h"

namespace destock::store {
namespace {
constexpr size_t kBatch = 1'000;
}

BulkInsert::BulkInsert(soci::session& sql, const std::string& table, std::vector<ColumnDef> columns) : sql_(sql) {
  std::string names;
  std::string marks;
  for (ColumnDef& def : columns) {
    add_to_list(names, def.name);
    marks += (marks.empty() ? ":" : ", :") + def.name;
    columns_.push_back({std::move(def), {}, {}, {}, {}});
  }
  query_ = "INSERT INTO " + table + " (" + names + ") VALUES (" + marks + ")";
}

void BulkInsert::add(std::initializer_list<Value> row) {
  DESTOCK_CHECK(row.size() == columns_.size());
  auto column = columns_.begin();
  for (const Value& cell : row) {
    const bool is_null = std::holds_alternative<std::monostate>(cell);
    column->indicators.push_back(is_null ? soci::i_null : soci::i_ok);
    switch (column->def.type) {
      case ColumnType::kInteger: column->integers.push_back(is_null ? 0 : std::get<long long>(cell)); break;
      case ColumnType::kReal: column->reals.push_back(is_null ? 0 : std::get<double>(cell)); break;
      case ColumnType::kText: column->texts.push_back(is_null ? std::string() : std::get<std::string>(cell)); break;
    }
    ++column;
  }
  if (++rows_ == kBatch) flush();
}

void BulkInsert::flush() {
  if (rows_ == 0) return;
  soci::statement statement(sql_);
  statement.alloc();
  statement.prepare(query_);
  for (Column& column : columns_) {
    switch (column.def.type) {
      case ColumnType::kInteger: statement.exchange(soci::use(column.integers, column.indicators)); break;
      case ColumnType::kReal: statement.exchange(soci::use(column.reals, column.indicators)); break;
      case ColumnType::kText: statement.exchange(soci::use(column.texts, column.indicators)); break;
    }
  }
  statement.define_and_bind();
  statement.execute(true);
  for (Column& column : columns_) {
    column.integers.clear();
    column.reals.clear();
    column.texts.clear();
    column.indicators.clear();
  }
  rows_ = 0;
}

}  // namespace destock::store
