#include "server/table_query.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <numeric>
#include <set>

#include "base/ascii.h"

namespace destock::server {
namespace {

using deliver::CellSeen;
using deliver::Kind;
using deliver::Table;

constexpr size_t kMostRows = 1'000;
constexpr size_t kMostFacets = 200;

std::vector<std::string> split(const std::string& text, char at) {
  std::vector<std::string> parts;
  for (size_t from = 0; from <= text.size();) {
    const size_t end = std::min(text.find(at, from), text.size());
    if (end > from) parts.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return parts;
}

std::optional<size_t> column_of(const Table& table, const std::string& id) {
  for (size_t i = 0; i < table.columns.size(); ++i)
    if (table.columns[i].id == id) return i;
  return std::nullopt;
}

Error bad(const std::string& parameter, const std::string& given) {
  return {ErrorKind::kBadUsage,
          {"cannot read " + parameter + "=" + given, "无法识别 " + parameter + "=" + given},
          {},
          {"columns are named as in the answer; numbers are from..to", "列名见返回内容；数值区间写作 起..止"}};
}

Result<std::vector<size_t>> columns_of(const Table& table, const std::string& parameter, const std::string& list) {
  std::vector<size_t> columns;
  for (const std::string& id : split(list, ',')) {
    const auto column = column_of(table, id);
    if (!column) return tl::unexpected(bad(parameter, id));
    columns.push_back(*column);
  }
  return columns;
}

std::optional<double> number(const std::string& text) {
  double value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> bound(const std::string& text, Kind kind) {
  if (kind != Kind::kDay) return number(text);
  const auto day = parse_iso_date(text);
  return day ? std::optional<double>(static_cast<double>(day_number(*day))) : std::nullopt;
}

// A cell as a number, where it is one; money in the base currency.
std::optional<double> figure(const CellSeen& cell, const TableQuery& query) {
  if (const auto* whole = std::get_if<int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* money = std::get_if<Money>(&cell)) {
    const auto rate = query.rates.find(money->currency());
    if (rate == query.rates.end() || !rate->second) return std::nullopt;
    return money->to_double() * *rate->second;
  }
  if (const auto* day = std::get_if<Date>(&cell)) return static_cast<double>(day_number(*day));
  return std::nullopt;
}

std::optional<std::string_view> words_of(const CellSeen& cell) {
  if (const auto* text = std::get_if<std::string_view>(&cell)) return *text;
  if (const auto* both = std::get_if<deliver::TextSeen>(&cell)) return both->en;
  return std::nullopt;
}

bool has_word(const CellSeen& cell, const std::string& word) {
  if (const auto* text = std::get_if<std::string_view>(&cell))
    return ascii_lower(*text).find(word) != std::string::npos;
  if (const auto* both = std::get_if<deliver::TextSeen>(&cell))
    return ascii_lower(both->en).find(word) != std::string::npos || both->zh.find(word) != std::string_view::npos;
  return false;
}

bool has_words(const Table& table, size_t row, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    for (size_t column = 0; column < table.columns.size(); ++column)
      if (has_word(table.rows.seen(row, column), word)) return true;
    return false;
  });
}

bool passes(const Table& table, size_t row, const TableQuery::Filter& filter, const TableQuery& query) {
  const CellSeen cell = table.rows.seen(row, filter.column);
  if (!filter.values.empty()) {
    const auto text = words_of(cell);
    return text && std::find(filter.values.begin(), filter.values.end(), *text) != filter.values.end();
  }
  const auto value = figure(cell, query);
  return value && (!filter.least || *value >= *filter.least) && (!filter.most || *value <= *filter.most);
}

// Less, equal, greater; the unknown after all others, whichever way.
int compared(const CellSeen& a, const CellSeen& b, bool descending, const TableQuery& query) {
  const int sign = descending ? -1 : 1;
  const auto x = figure(a, query);
  const auto y = figure(b, query);
  if (x && y) return *x < *y ? -sign : *x > *y ? sign : 0;
  if (x || y) return x ? -1 : 1;
  const auto s = words_of(a);
  const auto t = words_of(b);
  if (s && t) return sign * s->compare(*t);
  if (s || t) return s ? -1 : 1;
  return 0;
}

struct Facet {
  std::string value, label;
  size_t rows = 0;
};

// The values that most rows have, by their names; `more`: how many others there are.
std::vector<Facet> facets_of(const Table& table, size_t column, Lang lang, size_t& more) {
  std::map<std::string_view, Facet> by_value;
  for (size_t row = 0; row < table.rows.size(); ++row) {
    const CellSeen cell = table.rows.seen(row, column);
    const auto text = words_of(cell);
    if (!text) continue;
    const auto* both = std::get_if<deliver::TextSeen>(&cell);
    Facet& facet = by_value[*text];
    if (facet.rows++ == 0) facet = {std::string(*text), std::string(both ? both->in(lang) : *text), 1};
  }
  std::vector<Facet> facets;
  facets.reserve(by_value.size());
  for (auto& [value, facet] : by_value) facets.push_back(std::move(facet));
  more = facets.size() > kMostFacets ? facets.size() - kMostFacets : 0;
  if (more > 0) {
    std::stable_sort(facets.begin(), facets.end(), [](const Facet& a, const Facet& b) { return a.rows > b.rows; });
    facets.resize(kMostFacets);
    std::sort(facets.begin(), facets.end(), [](const Facet& a, const Facet& b) { return a.value < b.value; });
  }
  return facets;
}

bool has_value(const Table& table, size_t column, const std::string& value) {
  for (size_t row = 0; row < table.rows.size(); ++row)
    if (words_of(table.rows.seen(row, column)) == value) return true;
  return false;
}

// Values of one column in several parameters are one filter: any of them will do.
void add_filter(std::vector<TableQuery::Filter>& filters, TableQuery::Filter filter) {
  const auto same = std::find_if(filters.begin(), filters.end(), [&](const TableQuery::Filter& other) {
    return other.column == filter.column && !other.values.empty() && !filter.values.empty();
  });
  if (same == filters.end())
    filters.push_back(std::move(filter));
  else
    same->values.insert(same->values.end(), filter.values.begin(), filter.values.end());
}

// The rates that the query needs.
void find_rates(const Table& table, const InBase& in_base, TableQuery& query) {
  std::set<size_t> columns;
  for (const TableQuery::Filter& filter : query.filters) columns.insert(filter.column);
  for (const auto& [column, descending] : query.order) columns.insert(column);
  query.base = in_base.base;
  for (const size_t column : columns) {
    if (table.columns[column].kind != Kind::kMoney) continue;
    for (size_t row = 0; row < table.rows.size(); ++row) {
      const CellSeen cell = table.rows.seen(row, column);
      if (const auto* money = std::get_if<Money>(&cell); money && !query.rates.contains(money->currency()))
        query.rates.emplace(money->currency(), in_base.rate(money->currency()));
    }
  }
}

Result<TableQuery::Filter> filter_of(const Table& table, const std::string& name, const std::string& given) {
  const auto column = column_of(table, name.substr(2));
  if (!column) return tl::unexpected(bad(name, given));
  TableQuery::Filter filter{*column, {}, {}, {}};
  const Kind kind = table.columns[*column].kind;
  if (kind == Kind::kText) {
    filter.values = has_value(table, *column, given) ? std::vector{given} : split(given, ',');
    if (filter.values.empty()) return tl::unexpected(bad(name, given));
    return filter;
  }
  const size_t dots = given.find("..");
  const std::string from = given.substr(0, dots);
  const std::string to = dots == std::string::npos ? from : given.substr(dots + 2);
  filter.least = bound(from, kind);
  filter.most = bound(to, kind);
  if ((!from.empty() && !filter.least) || (!to.empty() && !filter.most) || (!filter.least && !filter.most))
    return tl::unexpected(bad(name, given));
  return filter;
}

}  // namespace

Result<TableQuery> read_table_query(const Table& table, const Request& request, const InBase& in_base) {
  TableQuery query;
  for (const auto& [name, given] : request.query) {
    if (name == "q") query.words = given;
    if (name.starts_with("f.") && !given.empty()) {
      auto filter = filter_of(table, name, given);
      if (!filter) return tl::unexpected(filter.error());
      add_filter(query.filters, std::move(*filter));
    }
    if (name == "sort")
      for (const std::string& key : split(given, ',')) {
        const bool descending = key.front() == '-';
        const auto column = column_of(table, descending ? key.substr(1) : key);
        if (!column) return tl::unexpected(bad(name, key));
        query.order.emplace_back(*column, descending);
      }
    if (name == "columns" || name == "facets") {
      auto columns = columns_of(table, name, given);
      if (!columns) return tl::unexpected(columns.error());
      (name == "columns" ? query.columns : query.facets) = std::move(*columns);
    }
    if (name == "limit" || name == "offset" || name == "cursor") {
      const auto value = number(given);
      if (!value || *value < 0 || *value > 1e9) return tl::unexpected(bad(name, given));
      (name == "limit" ? query.limit : query.offset) = static_cast<size_t>(*value);
    }
  }
  query.limit = std::clamp<size_t>(query.limit, 1, kMostRows);
  if (query.columns.empty()) {
    query.columns.resize(table.columns.size());
    std::iota(query.columns.begin(), query.columns.end(), 0);
  }
  find_rates(table, in_base, query);
  return query;
}

std::vector<uint32_t> rows_of(const Table& table, const TableQuery& query) {
  std::vector<uint32_t> rows;
  rows.reserve(table.rows.size());
  const auto words = split(ascii_lower(query.words), ' ');
  for (uint32_t i = 0; i < table.rows.size(); ++i) {
    if (!has_words(table, i, words)) continue;
    if (std::all_of(query.filters.begin(), query.filters.end(),
                    [&](const TableQuery::Filter& filter) { return passes(table, i, filter, query); }))
      rows.push_back(i);
  }
  if (!query.order.empty())
    std::stable_sort(rows.begin(), rows.end(), [&](uint32_t a, uint32_t b) {
      for (const auto& [column, descending] : query.order)
        if (const int order = compared(table.rows.seen(a, column), table.rows.seen(b, column), descending, query);
            order != 0)
          return order < 0;
      return false;
    });
  return rows;
}

app::Json page_json(const Table& table, const TableQuery& query, const std::vector<uint32_t>& rows, Lang lang) {
  app::Json columns = app::Json::array();
  for (size_t c : query.columns) {
    const deliver::Column& column = table.columns[c];
    columns.push_back({{"id", column.id},
                       {"name", column.name.in(lang)},
                       {"kind", app::kind_id(column.kind)},
                       {"decimals", column.decimals},
                       {"shown", column.narrow}});
  }
  app::Json list = app::Json::array();
  const size_t end = std::min(rows.size(), query.offset + query.limit);
  for (size_t i = query.offset; i < end; ++i) {
    app::Json row = app::Json::object();
    for (size_t c : query.columns)
      row[table.columns[c].id] = app::cell_json(deliver::cell_of(table.rows.seen(rows[i], c)), lang);
    list.push_back(std::move(row));
  }
  app::Json facets = app::Json::object();
  app::Json more_facets = app::Json::object();
  for (size_t c : query.facets) {
    size_t more = 0;
    app::Json values = app::Json::array();
    for (const Facet& facet : facets_of(table, c, lang, more))
      values.push_back({{"value", facet.value}, {"label", facet.label}, {"rows", facet.rows}});
    facets[table.columns[c].id] = std::move(values);
    if (more > 0) more_facets[table.columns[c].id] = more;
  }
  app::Json without_rate = app::Json::array();
  for (const auto& [currency, rate] : query.rates)
    if (!rate) without_rate.push_back(currency.str());
  return {{"table", table.id},
          {"name", table.name.in(lang)},
          {"total", rows.size()},
          {"offset", query.offset},
          {"next", end < rows.size() ? app::Json(std::to_string(end)) : app::Json(nullptr)},
          {"columns", columns},
          {"facets", facets},
          {"more_facets", more_facets},
          {"base_currency", query.base.str()},
          {"without_rate", without_rate},
          {"rows", list}};
}

std::string rows_csv(const Table& table, const TableQuery& query, const std::vector<uint32_t>& rows, Lang lang) {
  Table chosen{table.id, table.name, {}, {}};
  for (size_t c : query.columns) chosen.columns.push_back(table.columns[c]);
  for (uint32_t i : rows) {
    deliver::Rows::Row row;
    row.reserve(query.columns.size());
    for (size_t c : query.columns) row.push_back(deliver::cell_of(table.rows.seen(i, c)));
    chosen.rows.push_back(row);
  }
  return deliver::csv(chosen, lang);
}

}  // namespace destock::server
