#include "market/toml_file.h"

#include <algorithm>
#include <sstream>

#include "base/number.h"

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

void find_unknown(const toml::table& table, const KeysAsked& asked, std::vector<Unknown>& unknown) {
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

const toml::node& FactRow::cell(size_t i) const {
  if (i >= row_->size())
    throw FactError{where_,
                    {"a row of it is too short: it needs " + std::to_string(i + 1) + " figures",
                     "其中一行过短：需要 " + std::to_string(i + 1) + " 个数值"}};
  return (*row_)[i];
}

double FactRow::number(size_t i) const {
  const auto value = cell(i).value<double>();
  if (!value)
    throw FactError{where_,
                    {"a row of it needs a number in place " + std::to_string(i + 1),
                     "其中一行第 " + std::to_string(i + 1) + " 位须为数字"}};
  return *value;
}

std::string FactRow::text(size_t i) const {
  const auto value = cell(i).value<std::string>();
  if (!value)
    throw FactError{where_,
                    {"a row of it needs a text in place " + std::to_string(i + 1),
                     "其中一行第 " + std::to_string(i + 1) + " 位须为文字"}};
  return *value;
}

Money FactRow::money(size_t i, Currency currency) const {
  const auto units = parse_scaled(text(i), NumberStyle::kPoint, 4);
  if (!units || *units < 0)
    throw FactError{where_,
                    {"a row of it needs a decimal in quotes in place " + std::to_string(i + 1),
                     "其中一行第 " + std::to_string(i + 1) + " 位须为引号内的小数"}};
  return Money::from_units(*units, currency);
}

Money FactTable::money_of(std::string_view key, const std::string& decimal, Currency currency) const {
  const auto units = parse_scaled(decimal, NumberStyle::kPoint, 4);
  if (units && *units < 0) wrong(key, {"must not be below nothing", "不得为负数"});
  if (!units) wrong(key, {"must be a decimal in quotes, as \"0.78\"", "须为引号内的小数，如 \"0.78\""});
  return Money::from_units(*units, currency);
}

std::vector<FactRow> FactTable::rows(std::string_view key) const {
  std::vector<FactRow> found;
  if (!has(key)) return found;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of rows", "须为行的列表"});
  for (const auto& item : *array) {
    if (!item.is_array()) wrong(key, {"must be a list of rows", "须为行的列表"});
    found.emplace_back(*item.as_array(), place(file_, item.source()));
  }
  return found;
}

std::string FactTable::written() const {
  std::ostringstream out;
  out << *table_;
  return out.str();
}

void FactTable::wrong(std::string_view key, const Text& reason) const {
  const toml::node* found = table_->get(key);
  const std::string name(key);
  throw FactError{place(file_, found ? found->source() : table_->source()),
                  {name + ": " + reason.en, name + "：" + reason.zh}};
}

bool FactTable::has(std::string_view key) const {
  (*asked_)[table_].emplace(key);
  return table_->contains(key);
}

void FactTable::check_keys() const {
  std::vector<Unknown> unknown;
  find_unknown(*table_, *asked_, unknown);
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
  throw FactError{file_ + ":" + std::to_string(unknown.front().line), what};
}

const toml::node& FactTable::node(std::string_view key) const {
  (*asked_)[table_].emplace(key);
  const toml::node* found = table_->get(key);
  if (!found) wrong(key, {"is missing", "缺少"});
  return *found;
}

std::string FactTable::text(std::string_view key) const {
  const auto value = node(key).value<std::string>();
  if (!value) wrong(key, {"must be a text", "须为文字"});
  return *value;
}

std::string FactTable::text_or(std::string_view key, std::string fallback) const {
  return has(key) ? text(key) : std::move(fallback);
}

double FactTable::number(std::string_view key) const {
  const auto value = node(key).value<double>();
  if (!value) wrong(key, {"must be a number", "须为数字"});
  return *value;
}

double FactTable::share(std::string_view key) const {
  const double value = number(key);
  if (!(value >= 0) || value > 1)
    wrong(key, {"must be a share of 1, as 0.15 for 15 %", "须为 0–1 之间的比例，如 15% 写成 0.15"});
  return value;
}

std::string FactTable::one_of(std::string_view key, std::initializer_list<std::string_view> words) const {
  std::string word = text(key);
  if (std::find(words.begin(), words.end(), word) != words.end()) return word;
  std::string list;
  for (std::string_view one : words) add_to_list(list, one);
  wrong(key,
        {"must be one of " + list + ", not \"" + word + "\"", "须为其中之一：" + list + "，而非 \"" + word + "\""});
}

std::optional<double> FactTable::number_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return number(key);
}

int64_t FactTable::whole(std::string_view key) const {
  const auto value = node(key).value<int64_t>();
  if (!value) wrong(key, {"must be a whole number", "须为整数"});
  return *value;
}

std::optional<int64_t> FactTable::whole_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return whole(key);
}

bool FactTable::flag_or(std::string_view key, bool fallback) const {
  if (!has(key)) return fallback;
  const auto value = node(key).value<bool>();
  if (!value) wrong(key, {"must be true or false", "须为 true 或 false"});
  return *value;
}

Date FactTable::day(std::string_view key) const {
  const auto value = node(key).value<toml::date>();
  if (!value) wrong(key, {"must be a date, as 2026-01-15", "须为日期，如 2026-01-15"});
  return make_date(value->year, value->month, value->day);
}

std::optional<Date> FactTable::day_if(std::string_view key) const {
  if (!has(key)) return std::nullopt;
  return day(key);
}

Money FactTable::money(std::string_view key, Currency currency) const {
  return money_of(key, text(key), currency);
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
  return {*found, file_, asked_};
}

std::vector<FactTable> FactTable::tables(std::string_view key) const {
  std::vector<FactTable> rows;
  if (!has(key)) return rows;
  const toml::array* array = node(key).as_array();
  if (!array) wrong(key, {"must be a list of tables", "须为表的列表"});
  for (const auto& item : *array) {
    if (!item.is_table()) wrong(key, {"must be a list of tables", "须为表的列表"});
    rows.push_back(FactTable(*item.as_table(), file_, asked_));
  }
  return rows;
}

void FactTable::read_source(Sourced& sourced) const {
  sourced.effective_from = day("effective_from");
  sourced.effective_to = day_if("effective_to");
  if (sourced.effective_to && *sourced.effective_to < sourced.effective_from)
    wrong("effective_to", {"is before effective_from", "早于 effective_from"});
  sourced.source = text("source");
  if (sourced.source.empty()) wrong("source", {"is empty", "为空"});
  if (!has("confidence")) wrong("confidence", {"is missing", "缺少"});
  sourced.confidence = confidence();
}

Confidence FactTable::confidence() const {
  const std::string word = text_or("confidence", "single");
  if (word == "confirmed") return Confidence::kConfirmed;
  if (word == "single") return Confidence::kSingle;
  if (word == "inferred") return Confidence::kInferred;
  if (word == "playbook") return Confidence::kPlaybook;
  wrong("confidence", {"must be confirmed, single, inferred or playbook, not \"" + word + "\"",
                       "须为 confirmed、single、inferred 或 playbook，而非 \"" + word + "\""});
}

Result<void> read_fact_file(const std::filesystem::path& file, const std::function<void(const FactTable&)>& read) {
  const auto failure = [](const std::string& where, const Text& what, const Text& advice) {
    return fail(ErrorKind::kBadInput, {"a fact file is wrong: " + what.en, "数据文件有误：" + what.zh}, where, advice);
  };
  try {
    const toml::table root = toml::parse_file(file.string());
    const FactTable table(root, file.string());
    read(table);
    table.check_keys();
    return {};
  } catch (const toml::parse_error& error) {
    const std::string reason(error.description());
    return failure(place(file.string(), error.source()), {reason, "格式无法读取（" + reason + "）"},
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
