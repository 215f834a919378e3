#include "ingest/markup_sheet.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <deque>

#include "base/ascii.h"

namespace destock::ingest {
namespace {

constexpr std::string_view kExcelXml = "urn:schemas-microsoft-com:office:spreadsheet";

std::string start_of(std::string_view text) {
  std::string start = ascii_lower(text.substr(0, 4096));
  start.erase(0, std::min(start.find_first_not_of(" \t\r\n\xEF\xBB\xBF"), start.size()));
  return start;
}

void append_utf8(uint32_t code, std::string& out) {
  const auto put = [&](uint32_t byte) { out += static_cast<char>(byte); };
  if (code == 0 || code > 0x10FFFF || (code >= 0xD800 && code < 0xE000)) return;
  if (code < 0x80) {
    put(code);
  } else if (code < 0x800) {
    put(0xC0 | code >> 6);
    put(0x80 | (code & 0x3F));
  } else if (code < 0x10000) {
    put(0xE0 | code >> 12);
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  } else {
    put(0xF0 | code >> 18);
    put(0x80 | (code >> 12 & 0x3F));
    put(0x80 | (code >> 6 & 0x3F));
    put(0x80 | (code & 0x3F));
  }
}

// The character of "&amp;" without its signs; false: it is none, and stands as it is.
bool append_entity(std::string_view name, std::string& out) {
  struct Named {
    std::string_view name;
    char is;
  };
  static constexpr Named kNamed[] = {{"amp", '&'},  {"lt", '<'},    {"gt", '>'},
                                     {"quot", '"'}, {"apos", '\''}, {"nbsp", ' '}};
  for (const Named& one : kNamed)
    if (name == one.name) {
      out += one.is;
      return true;
    }
  if (!name.starts_with('#')) return false;
  name.remove_prefix(1);
  const bool hex = name.starts_with('x') || name.starts_with('X');
  if (hex) name.remove_prefix(1);
  uint32_t code = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), code, hex ? 16 : 10);
  if (error != std::errc() || end != name.data() + name.size() || name.empty()) return false;
  append_utf8(code, out);
  return true;
}

void append_text(std::string_view text, std::string& out) {
  constexpr size_t kLongestEntity = 10;
  for (size_t i = 0; i < text.size(); ++i) {
    const size_t end = text[i] == '&' ? text.find(';', i) : std::string_view::npos;
    if (end != std::string_view::npos && end - i <= kLongestEntity &&
        append_entity(text.substr(i + 1, end - i - 1), out))
      i = end;
    else if (text[i] == '\n' || text[i] == '\r' || text[i] == '\t')
      out += ' ';
    else
      out += text[i];
  }
}

// <ss:Cell ss:Index="3">: its name in small letters and without prefix, and what stands in it.
struct Tag {
  std::string name;
  bool closing = false, empty = false;
  std::string_view inside;
};

Tag tag_of(std::string_view inside) {
  Tag tag{{}, inside.starts_with('/'), inside.ends_with('/'), inside};
  if (tag.closing) inside.remove_prefix(1);
  const size_t end = std::min(inside.find_first_of(" \t\r\n/>"), inside.size());
  tag.name = ascii_lower(inside.substr(0, end));
  if (const size_t colon = tag.name.find(':'); colon != std::string::npos) tag.name.erase(0, colon + 1);
  return tag;
}

// The value of an attribute, by its name without prefix; empty: there is none.
std::string_view attribute(std::string_view inside, std::string_view name) {
  const std::string lower = ascii_lower(inside);
  for (size_t at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
    const bool begins = at > 0 && std::string_view(" \t\r\n:").find(lower[at - 1]) != std::string_view::npos;
    const size_t quote = at + name.size() + 1;
    if (!begins || quote >= lower.size() || lower[quote - 1] != '=') continue;
    const char sign = lower[quote];
    if (sign != '"' && sign != '\'') continue;
    const size_t end = lower.find(sign, quote + 1);
    if (end != std::string::npos) return inside.substr(quote + 1, end - quote - 1);
  }
  return {};
}

std::optional<size_t> number_of(std::string_view inside, std::string_view name) {
  if (inside.find('=') == std::string_view::npos) return std::nullopt;
  const std::string_view text = attribute(inside, name);
  size_t number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return number;
}

// Counted from one; a span of one is none.
size_t beyond_one(std::optional<size_t> number) {
  return number.value_or(1) > 1 ? *number - 1 : 0;
}

std::optional<size_t> index_of(std::string_view inside) {
  const auto index = number_of(inside, "index");
  return index && *index > 0 ? std::optional(*index - 1) : std::nullopt;
}

// Puts tables together as their tags come by.
class Tables {
public:
  void tag(const Tag& tag) {
    if (tag.name == "worksheet") return worksheet(tag);
    if (tag.name == "table") return end_table();
    if (tag.name == "tr" || tag.name == "row") {
      end_row();
      if (!tag.closing) begin_row(tag);
    } else if (tag.name == "td" || tag.name == "th" || tag.name == "cell") {
      end_cell();
      if (!tag.closing) begin_cell(tag);
    } else if (tag.name == "data" && !tag.closing) {
      number_ = ascii_lower(attribute(tag.inside, "type")) == "number";
    } else if (tag.name == "br" || tag.name == "p" || tag.name == "div") {
      if (in_cell_ && !cell_.empty()) cell_ += ' ';
    }
  }
  void text(std::string_view text) {
    if (in_cell_ && cell_.size() <= kMostCellBytes) append_text(text, cell_);
  }
  bool too_large() const { return too_large_; }
  std::vector<XlsxSheet> take() {
    end_row();
    for (XlsxSheet& sheet : sheets_) sheet.text = text_;
    std::erase_if(sheets_, [](const XlsxSheet& sheet) { return sheet.rows.empty(); });
    return std::move(sheets_);
  }

private:
  void worksheet(const Tag& tag) {
    end_row();
    if (tag.closing) return;
    if (sheets_.size() == kMostSheets) too_large_ = true;
    std::string name;
    append_text(attribute(tag.inside, "name"), name);
    sheets_.push_back({std::move(name), false, {}, {}, {}});
    line_ = 0;
    reaches_.fill(0);
  }
  void end_table() {
    end_row();
    reaches_.fill(0);
  }
  void begin_row(const Tag& tag) {
    if (sheets_.empty()) sheets_.push_back({{}, false, {}, {}, {}});
    if (const auto index = index_of(tag.inside)) line_ = static_cast<int64_t>(*index);
    row_ = {++line_, {}};
    in_row_ = !tag.empty;
    next_ = 0;
  }
  void begin_cell(const Tag& tag) {
    if (!in_row_) return;
    if (const auto index = index_of(tag.inside)) next_ = *index;
    // Excel says by an index which columns a cell from above takes; a page leaves them out.
    const bool page = tag.name != "cell";
    while (page && next_ < kMostColumns && reaches_[next_] >= line_) ++next_;
    across_ =
        std::min(page ? beyond_one(number_of(tag.inside, "colspan")) : number_of(tag.inside, "mergeacross").value_or(0),
                 kMostColumns);
    const size_t down =
        std::min(page ? beyond_one(number_of(tag.inside, "rowspan")) : number_of(tag.inside, "mergedown").value_or(0),
                 kMostMarkupCells);
    if (down > 0 && next_ < kMostColumns) {
      const int64_t last = line_ + static_cast<int64_t>(down);
      sheets_.back().merged.push_back({line_, last, next_});
      for (size_t column = next_; column <= next_ + across_ && column < kMostColumns; ++column) reaches_[column] = last;
    }
    in_cell_ = !tag.empty;
    number_ = false;
    cell_.clear();
    if (tag.empty) next_ += 1 + across_;
  }
  void end_cell() {
    if (!in_cell_) return;
    in_cell_ = false;
    const size_t column = next_;
    next_ += 1 + across_;
    const size_t begin = std::min(cell_.find_first_not_of(' '), cell_.size());
    std::string value = cell_.substr(begin, cell_.find_last_not_of(' ') + 1 - begin);
    if (value.empty()) return;
    if (column >= kMostColumns || value.size() > kMostCellBytes) {
      too_large_ = true;
      return;
    }
    if (row_.cells.size() <= column) row_.cells.resize(column + 1);
    cells_ += 1;
    too_large_ = too_large_ || cells_ > kMostMarkupCells;
    row_.cells[column] = text_->emplace_back(number_ ? shown_number(value, 0) : std::move(value));
  }
  void end_row() {
    end_cell();
    if (in_row_ && !row_.cells.empty()) sheets_.back().rows.push_back(std::move(row_));
    in_row_ = false;
  }

  std::shared_ptr<std::deque<std::string>> text_ = std::make_shared<std::deque<std::string>>();
  std::vector<XlsxSheet> sheets_;
  XlsxRow row_{0, {}};
  std::string cell_;
  int64_t line_ = 0;
  size_t next_ = 0, cells_ = 0, across_ = 0;
  std::array<int64_t, kMostColumns> reaches_{};  // the last line of a page's cell that began above, by column
  bool in_row_ = false, in_cell_ = false, number_ = false, too_large_ = false;
};

// After the end of a comment, or of what no cell holds: a script, a style.
size_t after_hidden(std::string_view text, size_t at) {
  const auto after = [&](std::string_view end) {
    const size_t found = text.find(end, at);
    return found == std::string_view::npos ? text.size() : found + end.size();
  };
  if (text.substr(at).starts_with("<!--")) return after("-->");
  const std::string word = ascii_lower(text.substr(at, 8));
  if (word.starts_with("<script")) return after("</script>");
  if (word.starts_with("<style>") || word.starts_with("<style ")) return after("</style>");
  return 0;
}

}  // namespace

bool is_markup(std::string_view text) {
  const std::string start = start_of(text);
  if (!start.starts_with('<')) return false;
  return start.find(kExcelXml) != std::string::npos || start.find("<table") != std::string::npos ||
         start.starts_with("<html") || start.starts_with("<!doctype html");
}

Result<std::vector<XlsxSheet>> read_markup(const std::string& path, std::string_view text) {
  Tables tables;
  for (size_t at = 0; at < text.size() && !tables.too_large();) {
    const size_t open = text.find('<', at);
    tables.text(text.substr(at, open - at));
    if (open == std::string_view::npos) break;
    if (const size_t after = after_hidden(text, open)) {
      at = after;
      continue;
    }
    const size_t close = text.find('>', open);
    if (close == std::string_view::npos) break;
    tables.tag(tag_of(text.substr(open + 1, close - open - 1)));
    at = close + 1;
  }
  if (tables.too_large())
    return fail(ErrorKind::kBadInput, {"the table is too large for a file of this kind", "该类文件中的表格过大"}, path,
                {"save it as .csv, which has no such limit", "请另存为 .csv（无此限制）"});
  return tables.take();
}

}  // namespace destock::ingest
