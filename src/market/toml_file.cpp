#include "market/toml_file.h"

#include <sstream>

#include "base/number.h"

namespace destock::market {
namespace {

std::string place(const std::string& file, const toml::source_region& region) {
  return file + ":" + std::to_string(region.begin.line);
}

}  // namespace

const toml::node& FactRow::cell(size_t i) const {
  if (i >= row_->size())
    throw FactError{where_, "a row of it is too short: it needs " + std::to_string(i + 1) + " figures"};
  return (*row_)[i];
}

double FactRow::number(size_t i) const {
  const auto value = cell(i).value<double>();
  if (!value) throw FactError{where_, "a row of it needs a number in place " + std::to_string(i + 1)};
  return *value;
}

std::string FactRow::text(size_t i) const {
  const auto value = cell(i).value<std::string>();
  if (!value) throw FactError{where_, "a row of it needs a text in place " + std::to_string(i + 1)};
  return *value;
}

Money FactRow::money(size_t i, Currency currency) const {
  const auto units = parse_scaled(text(i), NumberStyle::kPoint, 4);
  if (!units) throw FactError{where_, "a row of it needs a decimal in quotes in place " + std::to_string(i + 1)};
  return Money::from_units(*units, currency);
}

Money FactTable::money_of(std::string_view key, const std::string& decimal, Currency currency) const {
  const auto units = parse_scaled(decimal, NumberStyle::kPoint, 4);
  if (!units) wrong(key, "must be decimals in quotes, as \"0.78\"");
  return Money::from_units(*units, currency);
}

std::vector<FactRow> FactTable::rows(std::string_view key) const {
  std::vector<FactRow> found;
  if (!has(key)) return found;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, "must be a list of rows");
  for (const auto& item : *array) {
    if (!item.is_array()) wrong(key, "must be a list of rows");
    found.emplace_back(*item.as_array(), place(file_, item.source()));
  }
  return found;
}

std::string FactTable::written() const {
  std::ostringstream out;
  out << *table_;
  return out.str();
}

void FactTable::wrong(std::string_view key, const std::string& reason) const {
  const toml::node* found = table_->get(key);
  throw FactError{place(file_, found ? found->source() : table_->source()), std::string(key) + ": " + reason};
}

const toml::node& FactTable::node(std::string_view key) const {
  const toml::node* found = table_->get(key);
  if (!found) wrong(key, "is missing");
  return *found;
}

std::string FactTable::text(std::string_view key) const {
  const auto value = node(key).value<std::string>();
  if (!value) wrong(key, "must be a text");
  return *value;
}

std::string FactTable::text_or(std::string_view key, std::string fallback) const {
  return has(key) ? text(key) : std::move(fallback);
}

double FactTable::number(std::string_view key) const {
  const auto value = node(key).value<double>();
  if (!value) wrong(key, "must be a number");
  return *value;
}

std::optional<double> FactTable::number_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return number(key);
}

int64_t FactTable::whole(std::string_view key) const {
  const auto value = node(key).value<int64_t>();
  if (!value) wrong(key, "must be a whole number");
  return *value;
}

std::optional<int64_t> FactTable::whole_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return whole(key);
}

bool FactTable::flag_or(std::string_view key, bool fallback) const {
  if (!has(key)) return fallback;
  const auto value = node(key).value<bool>();
  if (!value) wrong(key, "must be true or false");
  return *value;
}

Date FactTable::day(std::string_view key) const {
  const auto value = node(key).value<toml::date>();
  if (!value) wrong(key, "must be a date, as 2026-01-15");
  return make_date(value->year, value->month, value->day);
}

std::optional<Date> FactTable::day_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return day(key);
}

Money FactTable::money(std::string_view key, Currency currency) const {
  const auto units = parse_scaled(text(key), NumberStyle::kPoint, 4);
  if (!units) wrong(key, "must be a decimal in quotes, as \"0.78\"");
  return Money::from_units(*units, currency);
}

std::optional<Money> FactTable::money_if(std::string_view key, Currency currency) const {
  if (!has(key)) return std::nullopt;
  return money(key, currency);
}

std::vector<double> FactTable::numbers(std::string_view key) const {
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, "must be a list of numbers");
  std::vector<double> values;
  for (const auto& item : *array) {
    const auto value = item.value<double>();
    if (!value) wrong(key, "must be a list of numbers");
    values.push_back(*value);
  }
  return values;
}

std::vector<std::string> FactTable::texts_or_empty(std::string_view key) const {
  std::vector<std::string> values;
  if (!has(key)) return values;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, "must be a list of texts");
  for (const auto& item : *array) {
    const auto value = item.value<std::string>();
    if (!value) wrong(key, "must be a list of texts");
    values.push_back(*value);
  }
  return values;
}

std::vector<std::string> FactTable::texts_of_one_or_more(std::string_view key) const {
  return node(key).is_array() ? texts_or_empty(key) : std::vector<std::string>{text(key)};
}

Text FactTable::both_languages(std::string_view key) const {
  const FactTable pair = table(key);
  return {pair.text("en"), pair.text("zh")};
}

FactTable FactTable::table(std::string_view key) const {
  const toml::table* found = node(key).as_table();
  if (!found) wrong(key, "must be a table");
  return {*found, file_};
}

std::vector<FactTable> FactTable::tables(std::string_view key) const {
  std::vector<FactTable> rows;
  if (!has(key)) return rows;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, "must be a list of tables");
  for (const auto& item : *array) {
    if (!item.is_table()) wrong(key, "must be a list of tables");
    rows.emplace_back(*item.as_table(), file_);
  }
  return rows;
}

void FactTable::read_source(Sourced& sourced) const {
  sourced.effective_from = day("effective_from");
  sourced.effective_to = day_if("effective_to");
  if (sourced.effective_to && *sourced.effective_to < sourced.effective_from)
    wrong("effective_to", "is before effective_from");
  sourced.source = text("source");
  if (sourced.source.empty()) wrong("source", "is empty");
  if (!has("confidence")) wrong("confidence", "is missing");
  sourced.confidence = confidence();
}

Confidence FactTable::confidence() const {
  const std::string word = text_or("confidence", "single");
  if (word == "confirmed") return Confidence::kConfirmed;
  if (word == "single") return Confidence::kSingle;
  if (word == "inferred") return Confidence::kInferred;
  if (word == "playbook") return Confidence::kPlaybook;
  wrong("confidence", "must be confirmed, single, inferred or playbook, not \"" + word + "\"");
}

Result<void> read_fact_file(const std::filesystem::path& file, const std::function<void(const FactTable&)>& read) {
  const auto failure = [](const std::string& where, const std::string& what) {
    return fail(ErrorKind::kBadInput, {"a fact file is wrong: " + what, "数据文件有误：" + what}, where,
                {"correct the file, or remove your own copy to use the shipped one",
                 "请更正该文件，或删除自己的副本以使用自带文件"});
  };
  try {
    const toml::table root = toml::parse_file(file.string());
    read(FactTable(root, file.string()));
    return {};
  } catch (const toml::parse_error& error) {
    return failure(place(file.string(), error.source()), std::string(error.description()));
  } catch (const FactError& error) {
    return failure(error.where, error.what);
  }
}

}  // namespace destock::market
