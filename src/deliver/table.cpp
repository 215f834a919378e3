#include "deliver/table.h"

#include <fmt/format.h>
#include <cmath>

#include "base/csv_text.h"

namespace destock::deliver {
namespace {

std::string grouped(std::string digits) {
  const size_t point = digits.find('.');
  const size_t start = digits.starts_with('-') ? 1 : 0;
  for (size_t at = point == std::string::npos ? digits.size() : point; at > start + 3;) {
    at -= 3;
    digits.insert(at, 1, ',');
  }
  return digits;
}

std::string number(double value, int decimals, bool plain) {
  if (!std::isfinite(value)) return "";
  const std::string digits = fmt::format("{:.{}f}", value, decimals);
  return plain ? digits : grouped(digits);
}

}  // namespace

std::string shown(const Cell& cell, const Column& column, Lang lang, bool plain) {
  struct Show {
    const Column& column;
    Lang lang;
    bool plain;
    std::string operator()(std::monostate) const { return plain ? "" : lang == Lang::kZh ? "未提供" : "unknown"; }
    std::string operator()(const std::string& text) const { return text; }
    std::string operator()(const Text& text) const { return text.in(lang); }
    std::string operator()(int64_t value) const {
      return plain ? std::to_string(value) : grouped(std::to_string(value));
    }
    std::string operator()(double value) const {
      if (column.kind == Kind::kShare) return plain ? number(value, 4, true) : number(value * 100, 1, false) + "%";
      return number(value, column.kind == Kind::kUnits ? 0 : column.decimals, plain);
    }
    std::string operator()(const Money& money) const {
      return plain ? money.decimal() : money.currency().str() + " " + grouped(money.decimal());
    }
    std::string operator()(Date day) const { return iso(day); }
  };
  return std::visit(Show{column, lang, plain}, cell);
}

std::string csv(const Table& table, Lang lang) {
  std::string out = "\xEF\xBB\xBF";
  // A money column is followed by its currency: amounts of two marketplaces stand in one column.
  for (size_t i = 0; i < table.columns.size(); ++i) {
    out += (i ? "," : "") + csv_quoted(table.columns[i].id);
    if (table.columns[i].kind == Kind::kMoney) out += "," + table.columns[i].id + "_currency";
  }
  out += "\r\n";
  for (const auto& row : table.rows) {
    for (size_t i = 0; i < table.columns.size(); ++i) {
      const bool words = std::holds_alternative<std::string>(row[i]) || std::holds_alternative<Text>(row[i]);
      const std::string text = shown(row[i], table.columns[i], lang, true);
      out += (i ? "," : "") + (words ? csv_words(text) : csv_quoted(text));
      if (table.columns[i].kind != Kind::kMoney) continue;
      out += ',';
      if (const Money* money = std::get_if<Money>(&row[i])) out += money->currency().code();
    }
    out += "\r\n";
  }
  return out;
}

}  // namespace destock::deliver
