#include "market/toml_file.h"

#include <algorithm>
#include <cstdlib>
#include <sstream>

#include "base/number.h"
#include "market/toml_reason.h"

namespace destock::market {
namespace {

std::string place(const std::string& file, const toml::source_region& region) {
  return file + ":" + std::to_string(region.begin.line);
}

// How many letters must change to make one word of the other.
size_t apart(std::string_view a, std::string_view b) {
  std::vector<size_t> row(b.size() + 1);
  for (size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (size_t i = 1; i <= a.size(); ++i) {
    size_t corner = row[0];
    row[0] = i;
    for (size_t j = 1; j <= b.size(); ++j) {
      const size_t above = row[j];
      row[j] = std::min({above + 1, row[j - 1] + 1, corner + (a[i - 1] == b[j - 1] ? 0 : 1)});
      corner = above;
    }
  }
  return row[b.size()];
}

struct Unknown {
  std::string key, nearest;
  uint32_t line;
};

void find_unknown(const toml::table& table, const FactReading::KeysAsked& asked, std::vector<Unknown>& unknown) {
  const auto found = asked.find(&table);
  static const std::set<std::string, std::less<>> kNone;
  const auto& known = found == asked.end() ? kNone : found->second;
  for (const auto& [key, node] : table) {
    if (key == "source" || key == "confidence") continue;  // what it rests on may stand anywhere
    if (!known.contains(key.str())) {
      size_t best = std::max<size_t>(2, key.str().size() / 3) + 1;
      Unknown one{std::string(key.str()), {}, key.source().begin.line};
      for (const std::string& other : known)
        if (const size_t here = apart(key.str(), other); here < best) {
          best = here;
          one.nearest = other;
        }
      unknown.push_back(std::move(one));
    } else if (const toml::table* inner = node.as_table()) {
      find_unknown(*inner, asked, unknown);
    } else if (const toml::array* list = node.as_array()) {
      for (const auto& item : *list)
        if (const toml::table* row = item.as_table()) find_unknown(*row, asked, unknown);
    }
  }
}

}  // namespace

template <typename T>
T FactRow::told(Text what, T instead) const {
  if (!reading_->gathers) throw FactError{where_, std::move(what)};
  reading_->wrong.push_back({where_, std::move(what)});
  return instead;
}

// Null: the row has none there, which is told of the first.
const toml::node* FactRow::cell(size_t i) const {
  if (i < row_->size()) return &(*row_)[i];
  const std::string needed = std::to_string(i + 1);
  if (i == row_->size() || !reading_->gathers)
    told({"a row of it is too short: it needs " + needed + " figures", "其中一行过短：需要 " + needed + " 个数值"}, 0);
  return nullptr;
}

double FactRow::number(size_t i) const {
  const toml::node* found = cell(i);
  const auto value = found ? found->value<double>() : std::nullopt;
  const std::string place = std::to_string(i + 1);
  if (value || !found) return value.value_or(1.0);
  return told({"a row of it needs a number in place " + place, "其中一行第 " + place + " 位须为数字"}, 1.0);
}

std::string FactRow::text(size_t i) const {
  const toml::node* found = cell(i);
  const auto value = found ? found->value<std::string>() : std::nullopt;
  const std::string place = std::to_string(i + 1);
  if (value || !found) return value.value_or(std::string());
  return told({"a row of it needs a text in place " + place, "其中一行第 " + place + " 位须为文字"}, std::string());
}

namespace {

// Digits and one point, in 1/10,000: a comma is a thousand to one reader and a decimal to another, and the file has one
// currency.
std::optional<int64_t> card_decimal(std::string_view text) {
  constexpr int kScale = 4;
  const size_t point = text.find('.');
  const std::string_view whole = text.substr(0, point);
  const std::string_view parts = point == std::string_view::npos ? std::string_view() : text.substr(point + 1);
  const auto digits = [](std::string_view some) {
    return std::all_of(some.begin(), some.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  const bool minus = whole.starts_with('-');
  if (whole.size() <= (minus ? 1 : 0) || !digits(whole.substr(minus ? 1 : 0)) || !digits(parts)) return std::nullopt;
  if (point != std::string_view::npos && (parts.empty() || parts.size() > kScale)) return std::nullopt;
  return parse_scaled(text, NumberStyle::kPoint, kScale);
}

}  // namespace

Money FactRow::money(size_t i, Currency currency) const {
  const toml::node* found = cell(i);
  const auto decimal = found ? found->value<std::string>() : std::nullopt;
  const auto units = decimal ? card_decimal(*decimal) : std::nullopt;
  const Money instead = Money::from_units(Money::kUnitsPerWhole, currency);
  if (units && *units >= 0) return Money::from_units(*units, currency);
  if (!found) return instead;
  const std::string place = std::to_string(i + 1);
  return told(
      {"a row of it needs a decimal in quotes in place " + place, "其中一行第 " + place + " 位须为引号内的小数"},
      instead);
}

FactError FactTable::error(std::string_view key, const Text& reason) const {
  const toml::node* found = table_->get(key);
  const std::string name(key);
  return {place(file_, found ? found->source() : table_->source()), {name + ": " + reason.en, name + "：" + reason.zh}};
}

template <typename T>
T FactTable::told(std::string_view key, const Text& reason, T instead) const {
  if (!reading_->gathers) throw error(key, reason);
  reading_->wrong.push_back(error(key, reason));
  return instead;
}

const toml::node* FactTable::find(std::string_view key) const {
  auto& asked = reading_->asked[table_];
  if (!asked.contains(key)) asked.emplace(key);
  return table_->get(key);
}

template <typename T, typename As>
As FactTable::value(std::string_view key, const Text& must_be, As instead) const {
  const toml::node* found = find(key);
  if (!found) return told(key, {"is missing", "缺少"}, std::move(instead));
  const auto value = found->value<T>();
  return value ? As(*value) : told(key, must_be, std::move(instead));
}

Money FactTable::money_of(std::string_view key, const std::string& decimal, Currency currency) const {
  const auto units = card_decimal(decimal);
  const Money instead = Money::from_units(Money::kUnitsPerWhole, currency);
  if (units && *units < 0) return told(key, {"must not be below nothing", "不得为负数"}, instead);
  if (!units) return told(key, {"must be a decimal in quotes, as \"0.78\"", "须为引号内的小数，如 \"0.78\""}, instead);
  return Money::from_units(*units, currency);
}

std::vector<FactRow> FactTable::rows(std::string_view key) const {
  std::vector<FactRow> found;
  if (!has(key)) return found;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of rows", "须为行的列表"});
  for (const auto& item : *array) {
    if (!item.is_array()) wrong(key, {"must be a list of rows", "须为行的列表"});
    found.emplace_back(*item.as_array(), place(file_, item.source()), reading_);
  }
  return found;
}

std::string FactTable::written() const {
  std::ostringstream out;
  out << *table_;
  return out.str();
}

void FactTable::wrong(std::string_view key, const Text& reason) const {
  throw error(key, reason);
}

void FactTable::tell(std::string_view key, const Text& reason) const {
  told(key, reason, 0);
}

bool FactTable::has(std::string_view key) const {
  return find(key) != nullptr;
}

void FactTable::check_keys() const {
  std::vector<Unknown> unknown;
  find_unknown(*table_, reading_->asked, unknown);
  if (unknown.empty()) return;
  std::sort(unknown.begin(), unknown.end(), [](const Unknown& a, const Unknown& b) { return a.line < b.line; });
  Text what;
  for (const Unknown& one : unknown) {
    const bool first = &one == &unknown.front();
    const std::string line = first ? "" : std::to_string(one.line);
    what.en += (first ? "" : "; line " + line + ": ") + one.key + ": is no key or table that is read here" +
               (one.nearest.empty() ? "" : ", did you mean " + one.nearest + "?");
    what.zh += (first ? "" : "；第 " + line + " 行：") + one.key + "：此处没有该键或表" +
               (one.nearest.empty() ? "" : "，是否指 " + one.nearest + "？");
  }
  throw FactError{file_ + ":" + std::to_string(unknown.front().line), what, true};
}

const toml::node& FactTable::node(std::string_view key) const {
  const toml::node* found = find(key);
  if (!found) wrong(key, {"is missing", "缺少"});
  return *found;
}

std::string FactTable::text(std::string_view key) const {
  return value<std::string>(key, {"must be a text", "须为文字"}, std::string("?"));
}

std::string FactTable::text_or(std::string_view key, std::string fallback) const {
  return has(key) ? text(key) : std::move(fallback);
}

double FactTable::number(std::string_view key) const {
  return value<double>(key, {"must be a number", "须为数字"}, 1.0);
}

double FactTable::share(std::string_view key) const {
  const double value = number(key);
  if (!(value >= 0) || value > 1)
    return told(key, {"must be a share of 1, as 0.15 for 15 %", "须为 0–1 之间的比例，如 15% 写成 0.15"}, 0.5);
  return value;
}

std::string FactTable::one_of(std::string_view key, std::initializer_list<std::string_view> words) const {
  std::string word = text(key);
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  std::string list;
  for (std::string_view one : words) add_to_list(list, one);
  return told(
      key, {"must be one of " + list + ", not \"" + word + "\"", "须为其中之一：" + list + "，而非 \"" + word + "\""},
      std::string(*words.begin()));
}

std::optional<double> FactTable::number_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return number(key);
}

int64_t FactTable::whole(std::string_view key) const {
  return value<int64_t>(key, {"must be a whole number", "须为整数"}, int64_t{1});
}

std::optional<int64_t> FactTable::whole_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return whole(key);
}

bool FactTable::flag_or(std::string_view key, bool fallback) const {
  if (!has(key)) return fallback;
  return value<bool>(key, {"must be true or false", "须为 true 或 false"}, fallback);
}

Date FactTable::day(std::string_view key) const {
  const auto found =
      value<toml::date>(key, {"must be a date, as 2026-01-15", "须为日期，如 2026-01-15"}, toml::date(2000, 1, 1));
  return make_date(found.year, found.month, found.day);
}

std::optional<Date> FactTable::day_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return day(key);
}

Money FactTable::money(std::string_view key, Currency currency) const {
  const toml::node* found = find(key);
  const auto decimal = found ? found->value<std::string>() : std::nullopt;
  if (!found) return told(key, {"is missing", "缺少"}, Money::from_units(Money::kUnitsPerWhole, currency));
  return money_of(key, decimal.value_or("?"), currency);
}

std::optional<Money> FactTable::money_if(std::string_view key, Currency currency) const {
  if (!has(key)) return std::nullopt;
  return money(key, currency);
}

std::vector<double> FactTable::numbers(std::string_view key) const {
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of numbers", "须为数字列表"});
  std::vector<double> values;
  for (const auto& item : *array) {
    const auto value = item.value<double>();
    if (!value) wrong(key, {"must be a list of numbers", "须为数字列表"});
    values.push_back(*value);
  }
  return values;
}

std::vector<std::string> FactTable::texts_or_empty(std::string_view key) const {
  std::vector<std::string> values;
  if (!has(key)) return values;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of texts", "须为文字列表"});
  for (const auto& item : *array) {
    const auto value = item.value<std::string>();
    if (!value) wrong(key, {"must be a list of texts", "须为文字列表"});
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
  if (!found) wrong(key, {"must be a table", "须为表"});
  return {*found, file_, reading_};
}

std::vector<FactTable> FactTable::tables(std::string_view key) const {
  std::vector<FactTable> rows;
  if (!has(key)) return rows;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of tables", "须为表的列表"});
  for (const auto& item : *array) {
    if (!item.is_table()) wrong(key, {"must be a list of tables", "须为表的列表"});
    rows.push_back(FactTable(*item.as_table(), file_, reading_));
  }
  return rows;
}

void FactTable::read_source(Sourced& sourced) const {
  sourced.effective_from = day("effective_from");
  sourced.effective_to = day_if("effective_to");
  if (sourced.effective_to && *sourced.effective_to < sourced.effective_from)
    tell("effective_to", {"is before effective_from", "早于 effective_from"});
  sourced.source = text("source");
  if (sourced.source.empty()) tell("source", {"is empty", "为空"});
  if (!has("confidence")) tell("confidence", {"is missing", "缺少"});
  sourced.confidence = confidence();
}

Confidence FactTable::confidence() const {
  const std::string word = text_or("confidence", "single");
  if (word == "confirmed") return Confidence::kConfirmed;
  if (word == "single") return Confidence::kSingle;
  if (word == "inferred") return Confidence::kInferred;
  if (word == "playbook") return Confidence::kPlaybook;
  return told("confidence",
              {"must be confirmed, single, inferred or playbook, not \"" + word + "\"",
               "须为 confirmed、single、inferred 或 playbook，而非 \"" + word + "\""},
              Confidence::kSingle);
}

namespace {

size_t line_of(const FactError& error) {
  return std::strtoul(error.where.c_str() + error.where.rfind(':') + 1, nullptr, 10);
}

// All that is wrong in one: the first says where, the others their lines.
FactError all_of(std::vector<FactError> errors) {
  std::stable_sort(errors.begin(), errors.end(),
                   [](const FactError& a, const FactError& b) { return line_of(a) < line_of(b); });
  FactError all = errors.front();
  constexpr size_t kTold = 30;
  for (size_t i = 1; i < errors.size(); ++i) {
    if (i == kTold) {
      const std::string more = std::to_string(errors.size() - i);
      all.what.en += "; and " + more + " more";
      all.what.zh += "；另有 " + more + " 处";
      break;
    }
    const std::string line = std::to_string(line_of(errors[i]));
    all.what.en += "; line " + line + ": " + errors[i].what.en;
    all.what.zh += "；第 " + line + " 行：" + errors[i].what.zh;
  }
  return all;
}

void read_whole(const toml::table& root, const std::string& file, const std::function<void(const FactTable&)>& read) {
  const auto reading = std::make_shared<FactReading>();
  reading->gathers = true;
  const FactTable table(root, file, reading);
  try {
    read(table);
    table.check_keys();
  } catch (FactError& error) {
    // What stood in for a wrong value may have made another: that is told when the value is right.
    const bool of_keys = error.keys;
    if (reading->wrong.empty() || of_keys) reading->wrong.push_back(std::move(error));
  }
  if (!reading->wrong.empty()) throw all_of(std::move(reading->wrong));
}

}  // namespace

Result<void> read_fact_file(const std::filesystem::path& file, const std::function<void(const FactTable&)>& read) {
  const auto failure = [](const std::string& where, const Text& what, const Text& advice) {
    return fail(ErrorKind::kBadInput, {"a fact file is wrong: " + what.en, "数据文件有误：" + what.zh}, where, advice);
  };
  try {
    const toml::table root = toml::parse_file(file.string());
    read_whole(root, file.string(), read);
    return {};
  } catch (const toml::parse_error& error) {
    return failure(place(file.string(), error.source()), toml_reason(error.description()),
                   {"write days as 2027-03-01 without quotes, money as \"28.90\" in quotes, shares as 0.15, and every "
                    "text in quotes; docs/facts.md has an example",
                    "日期写成 2027-03-01（不加引号），金额写成 \"28.90\"（加引号），比例写成 0.15，文字一律加引号；"
                    "示例见 docs/facts.md"});
  } catch (const FactError& error) {
    return failure(error.where, error.what,
                   {"correct the file, or remove your own copy to use the shipped one",
                    "请更正该文件，或删除自己的副本以使用自带文件"});
  }
}

}  // namespace destock::market
