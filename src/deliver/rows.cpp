#include "deliver/rows.h"

#include <algorithm>
#include <bit>
#include <functional>

#include "base/check.h"

namespace destock::deliver {
namespace {

enum CellKind : uint8_t { kNothing, kWords, kBoth, kWhole, kReal, kAmount, kOnDay };
constexpr int kKindBits = 3;
constexpr size_t kMostCurrencies = 1u << (8 - kKindBits);
constexpr int kLengthBits = 24;  // of a text
constexpr size_t kLately = 4096;

}  // namespace

Cell cell_of(const CellSeen& seen) {
  return std::visit(
      [](const auto& value) -> Cell {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::string_view>)
          return std::string(value);
        else if constexpr (std::is_same_v<T, TextSeen>)
          return Text{std::string(value.en), std::string(value.zh)};
        else
          return value;
      },
      seen);
}

void Rows::reserve(size_t rows) {
  for (Column& column : columns_) {
    column.kinds.reserve(rows);
    column.values.reserve(rows);
  }
}

void Rows::push_back(const Row& row) {
  if (rows_ == 0) columns_.resize(row.size());
  DESTOCK_CHECK(row.size() == columns_.size());
  for (size_t i = 0; i < row.size(); ++i) add(columns_[i], row[i]);
  ++rows_;
}

void Rows::add_column(const std::vector<Cell>& cells) {
  DESTOCK_CHECK(cells.size() == rows_);
  Column& column = columns_.emplace_back();
  column.kinds.reserve(rows_);
  column.values.reserve(rows_);
  for (const Cell& cell : cells) add(column, cell);
}

void Rows::add(Column& column, const Cell& cell) {
  auto kind = static_cast<uint8_t>(cell.index());
  uint64_t value = 0;
  switch (kind) {
    case kWords: value = place_of(std::get<std::string>(cell)); break;
    case kBoth: value = place_of(std::get<Text>(cell)); break;
    case kWhole: value = static_cast<uint64_t>(std::get<int64_t>(cell)); break;
    case kReal: value = std::bit_cast<uint64_t>(std::get<double>(cell)); break;
    case kAmount: {
      const Money& money = std::get<Money>(cell);
      kind = static_cast<uint8_t>(kind | place_of(money.currency()) << kKindBits);
      value = static_cast<uint64_t>(money.units());
      break;
    }
    case kOnDay: value = static_cast<uint64_t>(day_number(std::get<Date>(cell))); break;
    default: break;
  }
  column.kinds.push_back(kind);
  column.values.push_back(value);
}

uint64_t Rows::place_of(std::string_view text) {
  if (text.empty()) return 0;
  DESTOCK_CHECK(text.size() < size_t{1} << kLengthBits);
  if (words_.empty()) words_.resize(kLately);
  const uint64_t hash = std::hash<std::string_view>{}(text);
  Known& known = words_[hash % kLately];
  if (known.hash == hash && text_at(known.place) == text) return known.place;
  const uint64_t place = letters_.size() << kLengthBits | text.size();
  letters_ += text;
  known = {hash, place};
  return place;
}

uint64_t Rows::place_of(const Text& text) {
  if (both_.empty()) both_.resize(kLately);
  const uint64_t hash = std::hash<std::string>{}(text.en) * 31 + std::hash<std::string>{}(text.zh);
  Known& known = both_[hash % kLately];
  if (known.hash == hash && known.place < texts_.size() && text_at(texts_[known.place].first) == text.en &&
      text_at(texts_[known.place].second) == text.zh)
    return known.place;
  texts_.emplace_back(place_of(std::string_view(text.en)), place_of(std::string_view(text.zh)));
  known = {hash, texts_.size() - 1};
  return known.place;
}

uint8_t Rows::place_of(Currency currency) {
  const auto found = std::find(currencies_.begin(), currencies_.end(), currency);
  const auto place = static_cast<size_t>(found - currencies_.begin());
  DESTOCK_CHECK(place < kMostCurrencies);
  if (found == currencies_.end()) currencies_.push_back(currency);
  return static_cast<uint8_t>(place);
}

std::string_view Rows::text_at(uint64_t place) const {
  constexpr uint64_t kLength = (uint64_t{1} << kLengthBits) - 1;
  return std::string_view(letters_).substr(place >> kLengthBits, place & kLength);
}

CellSeen Rows::seen(size_t row, size_t column) const {
  const uint8_t kind = columns_[column].kinds[row];
  const uint64_t value = columns_[column].values[row];
  switch (kind & ((1u << kKindBits) - 1)) {
    case kWords: return text_at(value);
    case kBoth: return TextSeen{text_at(texts_[value].first), text_at(texts_[value].second)};
    case kWhole: return static_cast<int64_t>(value);
    case kReal: return std::bit_cast<double>(value);
    case kAmount: return Money::from_units(static_cast<int64_t>(value), currencies_[kind >> kKindBits]);
    case kOnDay: return date_of_day_number(static_cast<int64_t>(value));
    default: return std::monostate{};
  }
}

Rows::Row Rows::operator[](size_t row) const {
  Row cells;
  cells.reserve(columns_.size());
  for (size_t column = 0; column < columns_.size(); ++column) cells.push_back(cell_of(seen(row, column)));
  return cells;
}

}  // namespace destock::deliver
