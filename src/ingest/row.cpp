#include "ingest/row.h"

#include <cmath>

#include "ingest/encoding.h"

namespace destock::ingest {
namespace {

// Long values are cut: a refusal shows what was found, it does not keep the file.
std::string shown(std::string_view value) {
  constexpr size_t kMost = 80;
  std::string text = valid_utf8(value.substr(0, kMost));
  if (value.size() > kMost) text += "…";
  return text;
}

}  // namespace

void Row::refuse_as_too_large(size_t column, int64_t most) {
  refuse(column,
         {"larger than " + std::to_string(most) + ", which no such figure is",
          "大于 " + std::to_string(most) + "，不可能是这样的数值"},
         {"look whether another column slipped in (a bar code, an order number), and correct the value",
          "请检查是否错填了其他列（如条码、订单号），并更正该值"});
}

std::string_view Row::text(size_t column) const {
  const int position = layout_->position[column];
  if (position < 0 || static_cast<size_t>(position) >= fields_->size()) return {};
  const std::string_view value = trimmed((*fields_)[static_cast<size_t>(position)]);
  // ="00123": how a sheet is told to leave a text as it is.
  if (value.size() >= 3 && value[0] == '=' && value[1] == '"' && value.back() == '"')
    return value.substr(2, value.size() - 3);
  return value;
}

std::string Row::words(size_t column) const {
  const std::string_view value = text(column);
  if (is_missing(value)) return {};
  return valid_utf8(value);
}

std::optional<int64_t> Row::count(size_t column) {
  const std::string_view value = text(column);
  if (value.size() == 1 && value[0] >= '0' && value[0] <= '9') return value[0] - '0';  // most quantities
  if (is_missing(value)) return std::nullopt;
  const auto number = parse_count(value, conventions_->numbers);
  if (!number)
    cannot_read(column, {"not a whole number", "不是整数"},
                {"correct the value in the file and import it again", "请更正该值后重新导入"});
  if (!number || (*number <= kMostCount && *number >= -kMostCount)) return number;
  refuse_as_too_large(column, kMostCount);
  return std::nullopt;
}

std::optional<int64_t> Row::stock(size_t column) {
  const auto number = count(column);
  if (!number || *number >= 0) return number;
  cannot_read(column, {"stock cannot be negative", "库存不能为负数"},
              {"download the report again, or correct the value", "请重新下载报告，或更正该值"});
  return std::nullopt;
}

std::optional<double> Row::real(size_t column) {
  const std::string_view value = text(column);
  if (is_missing(value)) return std::nullopt;
  const auto number = parse_real(value, conventions_->numbers);
  if (!number)
    cannot_read(column, {"not a number", "不是数字"},
                {"correct the value in the file and import it again", "请更正该值后重新导入"});
  if (!number || std::fabs(*number) <= kMostReal) return number;
  refuse_as_too_large(column, static_cast<int64_t>(kMostReal));
  return std::nullopt;
}

std::optional<Money> Row::money(size_t column, Currency currency) {
  const std::string_view value = text(column);
  if (is_missing(value)) return std::nullopt;
  const auto units = parse_scaled(value, conventions_->numbers, 4);
  if (!units) {
    cannot_read(column, {"not an amount of money", "不是金额"},
                {"correct the value in the file and import it again", "请更正该值后重新导入"});
    return std::nullopt;
  }
  const Money money = Money::from_units(*units, currency);
  if (money.is_plausible()) return money;
  refuse_as_too_large(column, kMostWhole);
  return std::nullopt;
}

std::optional<Money> Row::price(size_t column, Currency currency) {
  const auto amount = money(column, currency);
  return amount && amount->is_zero() ? std::nullopt : amount;
}

std::optional<Date> Row::day(size_t column) {
  const std::string_view value = text(column);
  if (is_missing(value)) return std::nullopt;
  const auto date = parse_report_date(value, conventions_->dates);
  if (!date) {
    cannot_read(column, {"not a date", "不是日期"}, {"write dates as 2026-07-14", "请按 2026-07-14 的格式填写日期"});
    return std::nullopt;
  }
  if (*date > conventions_->today) {
    cannot_read(column,
                {"a date in the future (today is " + iso(conventions_->today) + ")",
                 "日期在未来（今天是 " + iso(conventions_->today) + "）"},
                {"check the order of day and month, and this computer's clock", "请检查日月顺序以及本机时钟"});
    return std::nullopt;
  }
  return date;
}

void Row::cannot_read(size_t column, Text reason, Text fix) {
  if (layout_->required[column]) {
    refuse(column, std::move(reason), std::move(fix));
    return;
  }
  Unread& unread = unread_[column];
  if (unread.cells++ > 0) return;
  unread.first_line = line_;
  unread.first_value = shown(text(column));
}

std::vector<Text> Row::unread_notes() const {
  std::vector<Text> notes;
  for (const auto& [column, unread] : unread_) {
    const std::string cells = std::to_string(unread.cells), line = std::to_string(unread.first_line);
    const std::string name(column_name(column));
    notes.push_back({cells + (unread.cells == 1 ? " cell" : " cells") + " of " + name + " cannot be read and " +
                         (unread.cells == 1 ? "is" : "are") + " unknown; the first, line " + line + ": “" +
                         unread.first_value + "”",
                     name + " 列有 " + cells + " 个单元格无法读取，按未提供处理；首个在第 " + line + " 行：“" +
                         unread.first_value + "”"});
  }
  return notes;
}

void Row::refuse(size_t column, Text reason, Text fix) {
  if (refused_) return;  // the first reason stands
  refused_ = account::RefusedRow{line_, std::string(column_name(column)), shown(text(column)), std::move(reason),
                                 std::move(fix)};
}

void Row::refuse_row(Text reason, Text fix) {
  if (refused_) return;
  refused_ = account::RefusedRow{line_, {}, {}, std::move(reason), std::move(fix)};
}

}  // namespace destock::ingest
