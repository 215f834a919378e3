#pragma once
// The rows of a table, packed: nine bytes a cell, each text once where it comes again and again. Read cell by cell
// without a copy, or row by row as cells.

#include <array>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/money.h"
#include "base/text.h"

namespace destock::deliver {

// Unknown is std::monostate, and is shown as the word, never as 0 or a blank.
using Cell = std::variant<std::monostate, std::string, Text, int64_t, double, Money, Date>;

// A cell where it lies; good as long as its rows are, and no row is added.
struct TextSeen {
  std::string_view en, zh;
  std::string_view in(Lang lang) const { return lang == Lang::kZh && !zh.empty() ? zh : en; }
};
using CellSeen = std::variant<std::monostate, std::string_view, TextSeen, int64_t, double, Money, Date>;
Cell cell_of(const CellSeen& seen);

class Rows {
public:
  using Row = std::vector<Cell>;
  Rows() = default;
  Rows(std::initializer_list<Row> rows) {
    for (const Row& row : rows) push_back(row);
  }

  size_t size() const { return rows_; }
  bool empty() const { return rows_ == 0; }
  void reserve(size_t rows);
  void push_back(const Row& row);  // as wide as the first
  // A cell more in every row; one for each.
  void add_column(const std::vector<Cell>& cells);

  CellSeen seen(size_t row, size_t column) const;
  Row operator[](size_t row) const;
  Row back() const { return (*this)[rows_ - 1]; }

  class Iterator {
  public:
    using difference_type = std::ptrdiff_t;
    using value_type = Row;
    Iterator() = default;
    Iterator(const Rows* rows, size_t at) : rows_(rows), at_(at) {}
    Row operator*() const { return (*rows_)[at_]; }
    Iterator& operator++() {
      ++at_;
      return *this;
    }
    Iterator operator++(int) {
      Iterator before = *this;
      ++at_;
      return before;
    }
    bool operator==(const Iterator& other) const { return at_ == other.at_; }

  private:
    const Rows* rows_ = nullptr;
    size_t at_ = 0;
  };
  Iterator begin() const { return {this, 0}; }
  Iterator end() const { return {this, rows_}; }

private:
  struct Column {
    std::vector<uint8_t> kinds;  // of the variant; a currency's place above
    std::vector<uint64_t> values;
  };
  struct Known {
    uint64_t hash = 0, place = 0;
  };
  void add(Column& column, const Cell& cell);
  uint64_t place_of(std::string_view text);
  uint64_t place_of(const Text& text);
  uint8_t place_of(Currency currency);
  std::string_view text_at(uint64_t place) const;

  size_t rows_ = 0;
  std::vector<Column> columns_;
  std::string letters_;                               // all texts, one after another
  std::vector<std::pair<uint64_t, uint64_t>> texts_;  // in both languages
  std::vector<Currency> currencies_;
  std::vector<Known> words_, both_;  // texts that came lately, by hash
};

}  // namespace destock::deliver
