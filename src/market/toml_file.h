#pragma once
// Reading a TOML file of facts: every access names the file, line and key when it fails, and what nobody asked for is
// an error: a slip in a key's name changes no figure without a word.

#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#ifndef TOML_HEADER_ONLY
#define TOML_HEADER_ONLY 0
#endif
#include <toml++/toml.h>

#include "base/money.h"
#include "base/result.h"
#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

// Thrown inside the loader only; load_facts turns it into an Error.
struct FactError {
  std::string where;  // file:line
  Text what;
  bool keys = false;  // of keys that nobody reads: every value was looked at before
};

// What the readers of one file have asked for and found wrong.
struct FactReading {
  // The keys of each table that readers have asked for, there or not.
  using KeysAsked = std::map<const toml::table*, std::set<std::string, std::less<>>>;
  KeysAsked asked{};
  // Values that are not what they must be: all of a file are told at once. Whoever asked for one goes on with some
  // value of its kind, and nothing of what is read is used.
  bool gathers = false;
  std::vector<FactError> wrong{};
};

// A row of mixed figures inside a table: [2, "2.43", "3.32"]. Weights are numbers, money is decimals in quotes.
class FactRow {
public:
  FactRow(const toml::array& row, std::string where, std::shared_ptr<FactReading> reading)
      : row_(&row), where_(std::move(where)), reading_(std::move(reading)) {}
  double number(size_t i) const;
  std::string text(size_t i) const;  // may be empty
  Money money(size_t i, Currency currency) const;
  size_t size() const { return row_->size(); }

private:
  const toml::node* cell(size_t i) const;
  template <typename T>
  T told(Text what, T instead) const;
  const toml::array* row_;
  std::string where_;
  std::shared_ptr<FactReading> reading_;
};

class FactTable {
public:
  FactTable(const toml::table& table, std::string file)
      : FactTable(table, std::move(file), std::make_shared<FactReading>()) {}
  FactTable(const toml::table& table, std::string file, std::shared_ptr<FactReading> reading)
      : table_(&table), file_(std::move(file)), reading_(std::move(reading)) {}

  bool has(std::string_view key) const;
  std::string text(std::string_view key) const;
  std::string text_or(std::string_view key, std::string fallback) const;
  double number(std::string_view key) const;
  std::optional<double> number_if(std::string_view key) const;
  double number_or(std::string_view key, double fallback) const { return number_if(key).value_or(fallback); }
  double share(std::string_view key) const;  // of 1
  double share_or(std::string_view key, double fallback) const { return has(key) ? share(key) : fallback; }
  // One of some words.
  std::string one_of(std::string_view key, std::initializer_list<std::string_view> words) const;
  int64_t whole(std::string_view key) const;
  std::optional<int64_t> whole_if(std::string_view key) const;
  bool flag_or(std::string_view key, bool fallback) const;
  Date day(std::string_view key) const;
  std::optional<Date> day_if(std::string_view key) const;
  Money money(std::string_view key, Currency currency) const;  // a decimal string, so that no double stands between
  std::optional<Money> money_if(std::string_view key, Currency currency) const;
  // A decimal of a list of texts, as money.
  Money money_of(std::string_view key, const std::string& decimal, Currency currency) const;
  std::vector<FactRow> rows(std::string_view key) const;  // empty if absent
  std::vector<double> numbers(std::string_view key) const;
  std::vector<std::string> texts_or_empty(std::string_view key) const;
  std::vector<std::string> texts_of_one_or_more(std::string_view key) const;  // a text, or a list of them
  Text both_languages(std::string_view key) const;                            // { en = "…", zh = "…" }
  FactTable table(std::string_view key) const;
  std::vector<FactTable> tables(std::string_view key) const;  // [[key]]; empty if absent
  void read_source(Sourced& sourced) const;
  Confidence confidence() const;  // single where it is not given

  std::string written() const;  // as TOML, without remarks

  // What is wrong, and nothing can be made of it; or something goes on with the value as it stands.
  [[noreturn]] void wrong(std::string_view key, const Text& reason) const;
  void tell(std::string_view key, const Text& reason) const;
  // Keys and tables that no reader asked for are an error, with the nearest that one did.
  void check_keys() const;

private:
  const toml::node* find(std::string_view key) const;  // null: it is not there
  const toml::node& node(std::string_view key) const;
  // The value of a key as T; where it is none, that is told and `instead` goes on.
  template <typename T, typename As>
  As value(std::string_view key, const Text& must_be, As instead) const;
  template <typename T>
  T told(std::string_view key, const Text& reason, T instead) const;
  FactError error(std::string_view key, const Text& reason) const;
  const toml::table* table_;
  std::string file_;
  std::shared_ptr<FactReading> reading_;
};

// Parses the file and hands its root table to `read`. All errors become one Error with file and line: each value that
// is not what it must be, else what else is wrong first.
Result<void> read_fact_file(const std::filesystem::path& file, const std::function<void(const FactTable&)>& read);

}  // namespace destock::market
