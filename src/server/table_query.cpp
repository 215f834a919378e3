#include "server/table_query.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>

namespace destock::server {
namespace {

using deliver::Cell;
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
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

std::optional<double> bound(const std::string& text, Kind kind) {
  if (kind != Kind::kDay) return number(text);
  const auto day = parse_iso_date(text);
  return day ? std::optional<double>(static_cast<double>(day_number(*day))) : std::nullopt;
}

// A cell as a number, where it is one.
std::optional<double> figure(const Cell& cell) {
  if (const auto* whole = std::get_if<int64_t>(&cell)) return static_cast<double>(*whole);
  if (const auto* real = std::get_if<double>(&cell)) return *real;
  if (const auto* money = std::get_if<Money>(&cell)) return money->to_double();
  if (const auto* day = std::get_if<Date>(&cell)) return static_cast<double>(day_number(*day));
  return std::nullopt;
}

const std::string* words_of(const Cell& cell) {
  if (const auto* text = std::get_if<std::string>(&cell)) return text;
  if (const auto* both = std::get_if<Text>(&cell)) return &both->en;
  return nullptr;
}

std::string lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  return out;
}

bool has_words(const std::vector<Cell>& row, const std::vector<std::string>& wanted) {
  return std::all_of(wanted.begin(), wanted.end(), [&](const std::string& word) {
    return std::any_of(row.begin(), row.end(), [&](const Cell& cell) {
      if (const auto* text = std::get_if<std::string>(&cell)) return lower(*text).find(word) != std::string::npos;
      if (const auto* both = std::get_if<Text>(&cell))
        return lower(both->en).find(word) != std::string::npos || both->zh.find(word) != std::string::npos;
      return false;
    });
  });
}

bool passes(const std::vector<Cell>& row, const TableQuery::Filter& filter) {
  const Cell& cell = row[filter.column];
  if (!filter.values.empty()) {
    const std::string* text = words_of(cell);
    return text && std::find(filter.values.begin(), filter.values.end(), *text) != filter.values.end();
  }
  const auto value = figure(cell);
  return value && (!filter.least || *value >= *filter.least) && (!filter.most || *value <= *filter.most);
}

// Less, equal, greater; the unknown after all others, whichever way.
int compared(const Cell& a, const Cell& b, bool descending) {
  const int sign = descending ? -1 : 1;
  const auto x = figure(a);
  const auto y = figure(b);
  if (x && y) return *x < *y ? -sign : *x > *y ? sign : 0;
  if (x || y) return x ? -1 : 1;
  const std::string* s = words_of(a);
  const std::string* t = words_of(b);
  if (s && t) return sign * s->compare(*t);
  if (s || t) return s ? -1 : 1;
  return 0;
}

app::Json facets_json(const Table& table, size_t column, Lang lang) {
  std::map<std::string, std::pair<std::string, size_t>> counts;
  for (const auto& row : table.rows) {
    const std::string* text = words_of(row[column]);
    if (!text) continue;
    const auto* both = std::get_if<Text>(&row[column]);
    auto& entry = counts[*text];
    entry.first = both ? both->in(lang) : *text;
    ++entry.second;
    if (counts.size() > kMostFacets) break;
  }
  app::Json json = app::Json::array();
  for (const auto& [value, entry] : counts)
    json.push_back({{"value", value}, {"label", entry.first}, {"rows", entry.second}});
  return json;
}

Result<TableQuery::Filter> filter_of(const Table& table, const std::string& name, const std::string& given) {
  const auto column = column_of(table, name.substr(2));
  if (!column) return tl::unexpected(bad(name, given));
  TableQuery::Filter filter{*column, {}, {}, {}};
  const Kind kind = table.columns[*column].kind;
  if (kind == Kind::kText) {
    filter.values = split(given, ',');
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

Result<TableQuery> read_table_query(const Table& table, const Request& request) {
  TableQuery query;
  for (const auto& [name, given] : request.query) {
    if (name == "q") query.words = given;
    if (name.starts_with("f.") && !given.empty()) {
      auto filter = filter_of(table, name, given);
      if (!filter) return tl::unexpected(filter.error());
      query.filters.push_back(std::move(*filter));
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
  return query;
}

std::vector<uint32_t> rows_of(const Table& table, const TableQuery& query) {
  std::vector<uint32_t> rows;
  rows.reserve(table.rows.size());
  const auto words = split(lower(query.words), ' ');
  for (uint32_t i = 0; i < table.rows.size(); ++i) {
    const auto& row = table.rows[i];
    if (!has_words(row, words)) continue;
    if (std::all_of(query.filters.begin(), query.filters.end(),
                    [&](const TableQuery::Filter& filter) { return passes(row, filter); }))
      rows.push_back(i);
  }
  if (!query.order.empty())
    std::stable_sort(rows.begin(), rows.end(), [&](uint32_t a, uint32_t b) {
      for (const auto& [column, descending] : query.order)
        if (const int order = compared(table.rows[a][column], table.rows[b][column], descending); order != 0)
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
    for (size_t c : query.columns) row[table.columns[c].id] = app::cell_json(table.rows[rows[i]][c], lang);
    list.push_back(std::move(row));
  }
  app::Json facets = app::Json::object();
  for (size_t c : query.facets) facets[table.columns[c].id] = facets_json(table, c, lang);
  return {{"table", table.id},
          {"name", table.name.in(lang)},
          {"total", rows.size()},
          {"offset", query.offset},
          {"next", end < rows.size() ? app::Json(std::to_string(end)) : app::Json(nullptr)},
          {"columns", columns},
          {"facets", facets},
          {"rows", list}};
}

std::string rows_csv(const Table& table, const TableQuery& query, const std::vector<uint32_t>& rows, Lang lang) {
  Table chosen{table.id, table.name, {}, {}};
  for (size_t c : query.columns) chosen.columns.push_back(table.columns[c]);
  chosen.rows.reserve(rows.size());
  for (uint32_t i : rows) {
    std::vector<Cell> row;
    row.reserve(query.columns.size());
    for (size_t c : query.columns) row.push_back(table.rows[i][c]);
    chosen.rows.push_back(std::move(row));
  }
  return deliver::csv(chosen, lang);
}

}  // namespace destock::server
