#pragma once
// One row of a report, read by the names of its format's columns; what cannot be read is refused with its reason.

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "account/import_record.h"
#include "account/marketplace_book.h"
#include "base/date.h"
#include "base/money.h"
#include "base/number.h"
#include "ingest/header.h"

namespace destock::ingest {

// How a file spells numbers and dates, and what holds for all its rows.
struct Conventions {
  NumberStyle numbers = NumberStyle::kPoint;
  DateOrder dates = DateOrder::kMonthFirst;
  Date today;                                    // later days are refused: no report knows the future
  Date snapshot;                                 // of reports that carry no date
  std::string marketplace;                       // of reports that name none
  std::string sheet_marketplace;                 // that a workbook's sheet is named after; empty: none
  bool marketplace_assumed = false;              // nothing says so
  std::vector<std::string> open_marketplaces{};  // of which it may be each; no one is taken then
};

class Row {
public:
  Row(const Layout& layout, const Conventions& conventions) : layout_(&layout), conventions_(&conventions) {}

  void set(int64_t line, const std::vector<std::string_view>& fields) {
    line_ = line;
    fields_ = &fields;
    refused_.reset();
  }

  int64_t line() const { return line_; }
  const Conventions& conventions() const { return *conventions_; }
  bool has(size_t column) const { return layout_->position[column] >= 0; }
  std::string_view column_name(size_t column) const { return layout_->name_of(column); }

  // The field without spaces around it; empty where the file has no such column or the row ends early.
  std::string_view text(size_t column) const;
  // As text(), but a word for "not given" is empty too, and the result is valid UTF-8.
  std::string words(size_t column) const;

  // Missing stays missing; a value that is no number, or beyond base/bounds.h, gives nothing. In a required column it
  // refuses the row; in another it is unknown, and counted.
  std::optional<int64_t> count(size_t column);
  // As count(); a negative one refuses the row as well.
  std::optional<int64_t> stock(size_t column);
  std::optional<double> real(size_t column);
  std::optional<Money> money(size_t column, Currency currency);
  // As money(); a price of nought is none: what is not for sale, or was never given.
  std::optional<Money> price(size_t column, Currency currency);
  // A calendar day; one after today is none.
  std::optional<Date> day(size_t column);

  void refuse(size_t column, Text reason, Text fix);
  void refuse_row(Text reason, Text fix);
  // As refuse() in a required column; in another the value is unknown, and counted.
  void cannot_read(size_t column, Text reason, Text fix);
  bool refused() const { return refused_.has_value(); }
  const account::RefusedRow& refusal() const { return *refused_; }
  // What was unknown for that reason, a sentence a column.
  std::vector<Text> unread_notes() const;

private:
  void refuse_as_too_large(size_t column, int64_t most);

  const Layout* layout_;
  const Conventions* conventions_;
  const std::vector<std::string_view>* fields_ = nullptr;
  int64_t line_ = 0;
  std::optional<account::RefusedRow> refused_;
  struct Unread {
    int64_t cells = 0, first_line = 0;
    std::string first_value;
  };
  std::map<size_t, Unread> unread_;  // by column
};

}  // namespace destock::ingest
