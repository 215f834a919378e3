#include "ingest/xlsx.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <deque>
#include <map>
#include <optional>
#include <pugixml.hpp>
#include <set>

#include "base/date.h"
#include "base/number.h"
#include "ingest/xlsx_parts.h"

namespace destock::ingest {
namespace {

// The elements <name …>…</name> of a text one after another, each to be parsed alone: a sheet as one tree would take
// twenty times its size. Nothing of that name stands within such an element.
class Elements {
public:
  Elements(std::string_view xml, std::string_view name)
      : xml_(xml), open_("<" + std::string(name)), close_("</" + std::string(name)) {}

  std::optional<std::string_view> next() {
    while (true) {
      const size_t start = xml_.find(open_, at_);
      if (start == std::string_view::npos) return std::nullopt;
      const size_t after = start + open_.size();
      if (after >= xml_.size()) return std::nullopt;
      if (std::string_view(" >/\t\r\n").find(xml_[after]) == std::string_view::npos) {  // <rowBreaks>
        at_ = after;
        continue;
      }
      const size_t head = xml_.find('>', after);
      if (head == std::string_view::npos) return std::nullopt;
      size_t end = head;
      if (xml_[head - 1] != '/') {
        const size_t closing = xml_.find(close_, head);
        end = closing == std::string_view::npos ? closing : xml_.find('>', closing);
        if (end == std::string_view::npos) return std::nullopt;
      }
      at_ = end + 1;
      return xml_.substr(start, at_ - start);
    }
  }

private:
  std::string_view xml_;
  const std::string open_, close_;
  size_t at_ = 0;
};

bool parse(pugi::xml_document& document, std::string_view xml) {
  return static_cast<bool>(document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata));
}

std::string text_of(const pugi::xml_node& node) {  // <t>, or the <t> of rich-text runs
  std::string text;
  for (const pugi::xml_node& child : node.children()) {
    const std::string_view name = child.name();
    if (name == "t")
      text += child.text().get();
    else if (name == "r")
      text += child.child("t").text().get();
  }
  return text;
}

// How a number is shown: as a day, with so many digits at least ("00000"), or in a mask ('"AB-"0000', '000\-000').
struct NumberFormat {
  bool date = false;
  int digits = 0;
  std::string mask{};  // '0' stands for a digit, a byte 1 before what stands for itself
};

// A format of noughts and texts alone; empty: it is another.
std::string mask_of(std::string_view code) {
  std::string mask;
  bool digits = false;
  for (size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    const size_t quote = c == '"' ? code.find('"', i + 1) : std::string_view::npos;
    if (c == '0') {
      mask += '0';
      digits = true;
    } else if (quote != std::string_view::npos) {
      for (const char inside : code.substr(i + 1, quote - i - 1)) mask.append(1, '\1') += inside;
      i = quote;
    } else if (c == '\\' && i + 1 < code.size()) {
      mask.append(1, '\1') += code[++i];
    } else if (c == '-' || c == ' ' || c == '/') {
      mask.append(1, '\1') += c;
    } else {
      return {};
    }
  }
  return digits ? mask : std::string();
}

// 42 in the mask AB-0000 is AB-0042; digits that have no place stand before the first that has.
std::string in_mask(const std::string& digits, const std::string& mask) {
  size_t places = 0;
  for (size_t i = 0; i < mask.size(); ++i) mask[i] == '\1' ? void(++i) : void(++places);
  const std::string whole = std::string(places > digits.size() ? places - digits.size() : 0, '0') + digits;
  size_t next = 0;
  std::string shown;
  for (size_t i = 0; i < mask.size(); ++i) {
    if (mask[i] == '\1') {
      shown += mask[++i];
      continue;
    }
    const size_t here = next == 0 ? whole.size() - places + 1 : 1;
    shown += whole.substr(next, here);
    next += here;
  }
  return shown;
}

NumberFormat format_of(int id, const std::map<int, std::string>& custom) {
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58))
    return {true, 0, {}};
  const auto found = custom.find(id);
  if (found == custom.end()) return {};
  const std::string& code = found->second;
  if (!code.empty() && code.find_first_not_of('0') == std::string::npos)
    return {false, static_cast<int>(code.size()), {}};
  if (std::string mask = mask_of(code); !mask.empty()) return {false, 0, std::move(mask)};
  bool quoted = false;
  for (size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '[')
      i = std::min(code.find(']', i), code.size() - 1);
    else if (!quoted && (c == 'y' || c == 'Y' || c == 'd' || c == 'D'))
      return {true, 0, {}};
  }
  return {};
}

Result<std::vector<NumberFormat>> number_formats(XlsxParts& parts) {
  const auto xml = parts.read("xl/styles.xml", kMostIndexBytes);
  if (!xml) return tl::unexpected(xml.error());
  std::vector<NumberFormat> styles;
  pugi::xml_document document;
  if (!parse(document, *xml)) return styles;
  const pugi::xml_node sheet = document.child("styleSheet");
  std::map<int, std::string> custom;
  for (const pugi::xml_node& format : sheet.child("numFmts").children("numFmt"))
    custom[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
  for (const pugi::xml_node& style : sheet.child("cellXfs").children("xf"))
    styles.push_back(format_of(style.attribute("numFmtId").as_int(), custom));
  return styles;
}

size_t column_of(std::string_view reference) {  // "AB12" → 27
  size_t column = 0;
  for (char c : reference) {
    if (c < 'A' || c > 'Z') break;
    column = column * 26 + static_cast<size_t>(c - 'A' + 1);
  }
  return column == 0 ? 0 : column - 1;
}

// What all sheets share.
struct Book {
  std::shared_ptr<std::deque<std::string>> text = std::make_shared<std::deque<std::string>>();
  std::vector<std::string_view> strings;
  std::vector<NumberFormat> formats;
  bool from_1904 = false;
  size_t cells = 0;  // so far

  std::string_view keep(std::string value) {
    if (value.empty()) return {};
    return text->emplace_back(std::move(value));
  }
};

Result<void> read_strings(XlsxParts& parts, Book& book) {
  const auto xml = parts.read("xl/sharedStrings.xml", kMostPartBytes);
  if (!xml) return tl::unexpected(xml.error());
  Elements items(*xml, "si");
  while (const auto item = items.next()) {
    pugi::xml_document document;
    if (!parse(document, *item)) continue;
    std::string value = text_of(document.child("si"));
    if (value.size() > kMostCellBytes)
      return too_large_workbook(parts.path(),
                                {"a cell holds more than 32,767 characters", "有单元格超过 32,767 个字符"});
    if (book.strings.size() == kMostStrings)
      return too_large_workbook(parts.path(), {"the workbook has more than 1,000,000 different texts",
                                               "工作簿中不同的文本超过 1,000,000 个"});
    book.strings.push_back(book.keep(std::move(value)));
  }
  return {};
}

std::string_view cell_text(const pugi::xml_node& cell, Book& book) {
  const std::string_view type = cell.attribute("t").value();
  if (type == "inlineStr") return book.keep(text_of(cell.child("is")));
  const pugi::xml_node value = cell.child("v");
  if (!value) return cell.child("f") ? kUncalculated : std::string_view();
  const std::string text = value.text().get();
  if (type == "s") {
    const size_t index = std::strtoul(text.c_str(), nullptr, 10);
    return index < book.strings.size() ? book.strings[index] : std::string_view();
  }
  if (type == "str" || type == "e" || type == "b" || type == "d") return book.keep(text);
  const size_t style = cell.attribute("s").as_uint();
  const NumberFormat format = style < book.formats.size() ? book.formats[style] : NumberFormat();
  if (format.date) {  // serial day 25569 is 1970-01-01
    const double serial = std::strtod(text.c_str(), nullptr) + (book.from_1904 ? 1462 : 0);
    if (serial > 59 && serial < 300'000)
      return book.keep(iso(date_of_day_number(static_cast<int64_t>(std::floor(serial)) - 25'569)));
  }
  std::string shown = shown_number(text, format.digits);
  const bool whole = shown.find_first_not_of("0123456789") == std::string::npos;
  return book.keep(whole && !format.mask.empty() ? in_mask(shown, format.mask) : std::move(shown));
}

Result<void> read_row(const pugi::xml_node& node, const std::string& path, Book& book, XlsxRow& row) {
  size_t next = 0;
  for (const pugi::xml_node& cell : node.children("c")) {
    const size_t column = cell.attribute("r") ? column_of(cell.attribute("r").value()) : next;
    next = column + 1;
    const std::string_view text = cell_text(cell, book);
    if (text.empty()) continue;
    if (column >= kMostColumns)
      return too_large_workbook(path, {"row " + std::to_string(row.line) + " has a cell beyond column IV (256 columns)",
                                       "第 " + std::to_string(row.line) + " 行有单元格超出 IV 列（256 列）"});
    if (text.size() > kMostCellBytes)
      return too_large_workbook(path, {"a cell holds more than 32,767 characters", "有单元格超过 32,767 个字符"});
    if (row.cells.size() <= column) {
      book.cells += column + 1 - row.cells.size();
      row.cells.resize(column + 1);
    }
    row.cells[column] = text;
  }
  if (book.cells > kMostCells)
    return too_large_workbook(path, {"the workbook has more than 5,000,000 cells", "工作簿超过 5,000,000 个单元格"});
  return {};
}

// "A2:A4"; those of one row alone are left out.
std::vector<XlsxMerged> merged_in(std::string_view xml) {
  std::vector<XlsxMerged> merged;
  Elements elements(xml, "mergeCell");
  for (auto element = elements.next(); element && merged.size() <= kMostMerged; element = elements.next()) {
    const size_t start = element->find("ref=\"");
    if (start == std::string_view::npos) continue;
    const std::string_view ref = element->substr(start + 5, element->find('"', start + 5) - start - 5);
    const size_t colon = std::min(ref.find(':'), ref.size());
    const auto line_of = [](std::string_view cell) {
      const size_t digits = std::min(cell.find_first_of("0123456789"), cell.size());
      return std::strtoll(std::string(cell.substr(digits, 8)).c_str(), nullptr, 10);
    };
    const std::string_view first = ref.substr(0, colon), last = ref.substr(std::min(colon + 1, ref.size()));
    if (line_of(first) < line_of(last) && column_of(first) < kMostColumns)
      merged.push_back({line_of(first), line_of(last), column_of(first)});
  }
  return merged;
}

Result<std::vector<XlsxRow>> sheet_rows(XlsxParts& parts, const std::string& part, Book& book,
                                        std::vector<XlsxMerged>& merged) {
  const auto xml = parts.read(part, kMostPartBytes);
  if (!xml) return tl::unexpected(xml.error());
  std::vector<XlsxRow> rows;
  const size_t data = xml->find("<sheetData");
  if (data == std::string::npos) return rows;
  if (const size_t list = xml->find("<mergeCells", data); list != std::string::npos)
    merged = merged_in(std::string_view(*xml).substr(list + 11));
  Elements elements(std::string_view(*xml).substr(data), "row");
  int64_t line = 0;
  while (const auto element = elements.next()) {
    // 16,384 columns with all that a cell may hold; a row of more is none of Excel's, and its tree would be large.
    constexpr size_t kMostRowBytes = 4u << 20;
    if (element->size() > kMostRowBytes)
      return too_large_workbook(parts.path(), {"the row after row " + std::to_string(line) + " is larger than 4 MB",
                                               "第 " + std::to_string(line) + " 行之后的一行超过 4 MB"});
    pugi::xml_document document;
    if (!document.load_buffer(element->data(), element->size(), pugi::parse_default | pugi::parse_ws_pcdata_single))
      continue;
    const pugi::xml_node node = document.child("row");
    line = node.attribute("r") ? node.attribute("r").as_llong() : line + 1;
    XlsxRow row{line, {}};
    if (const auto done = read_row(node, parts.path(), book, row); !done) return tl::unexpected(done.error());
    if (!row.cells.empty()) rows.push_back(std::move(row));
  }
  return rows;
}

// The relation's id: an attribute of its own namespace, whatever its prefix.
std::string relation_of(const pugi::xml_node& sheet) {
  for (const pugi::xml_attribute& attribute : sheet.attributes())
    if (std::string_view(attribute.name()).ends_with(":id")) return attribute.value();
  return {};
}

Result<std::map<std::string, std::string>> sheet_targets(XlsxParts& parts) {
  const auto xml = parts.read("xl/_rels/workbook.xml.rels", kMostIndexBytes);
  if (!xml) return tl::unexpected(xml.error());
  std::map<std::string, std::string> targets;
  pugi::xml_document document;
  if (!parse(document, *xml)) return targets;
  for (const pugi::xml_node& relation : document.child("Relationships").children("Relationship")) {
    std::string target = relation.attribute("Target").value();
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    targets[relation.attribute("Id").value()] = target;
  }
  return targets;
}

}  // namespace

std::string shown_number(const std::string& text, int digits) {
  const double value = std::strtod(text.c_str(), nullptr);
  char shown[64];
  constexpr double kMost = 1e21, kExactly = 1e15;
  if (value == std::floor(value) && value >= kExactly && value < kMost) {  // 15 digits, and noughts for the rest
    std::snprintf(shown, sizeof shown, "%.14e", value);
    std::string whole(shown);
    const size_t e = whole.find('e');
    const size_t places = std::strtoul(whole.c_str() + e + 1, nullptr, 10);
    whole.erase(e).erase(1, 1);
    whole.resize(places + 1, '0');
    return whole;
  }
  if (value == std::floor(value) && std::fabs(value) < kMost) {
    std::snprintf(shown, sizeof shown, "%0*.0f", std::min(digits, 32), value);
    return shown;
  }
  if (text.find_first_of("eE") == std::string::npos) return text;
  std::snprintf(shown, sizeof shown, "%.10f", value);  // 1.5E-2
  return shown;
}

bool fill_merged(XlsxSheet& sheet, bool figures) {
  size_t filled = 0;
  for (const XlsxMerged& merged : sheet.merged) {
    const auto first = std::lower_bound(sheet.rows.begin(), sheet.rows.end(), merged.first_line,
                                        [](const XlsxRow& row, int64_t line) { return row.line < line; });
    if (first == sheet.rows.end() || first->line != merged.first_line || first->cells.size() <= merged.column) continue;
    const std::string_view said = first->cells[merged.column];
    const bool figure = parse_real(said, NumberStyle::kPoint).has_value();
    if (said.empty() || (figure && !figures)) continue;
    for (auto row = first + 1; row != sheet.rows.end() && row->line <= merged.last_line; ++row) {
      const size_t wide = std::max(row->cells.size(), merged.column + 1);
      filled += wide - row->cells.size() + 1;
      if (filled > kMostMerged) return false;
      row->cells.resize(wide);
      if (row->cells[merged.column].empty()) row->cells[merged.column] = said;
    }
  }
  return true;
}

Result<std::vector<XlsxSheet>> read_xlsx(const std::string& path) {
  auto opened = XlsxParts::open(path);
  if (!opened) return tl::unexpected(opened.error());
  XlsxParts& parts = *opened;
  const auto xml = parts.read("xl/workbook.xml", kMostIndexBytes);
  if (!xml) return tl::unexpected(xml.error());
  if (xml->empty()) return tl::unexpected(parts.no_workbook());
  pugi::xml_document workbook;
  if (!parse(workbook, *xml))
    return damaged_workbook(path, "xl/workbook.xml is missing or broken", "xl/workbook.xml 缺失或损坏");
  const pugi::xml_node root = workbook.child("workbook");
  Book book;
  book.from_1904 = root.child("workbookPr").attribute("date1904").as_bool();
  const auto targets = sheet_targets(parts);
  if (!targets) return tl::unexpected(targets.error());
  auto formats = number_formats(parts);
  if (!formats) return tl::unexpected(formats.error());
  book.formats = std::move(*formats);
  if (const auto done = read_strings(parts, book); !done) return tl::unexpected(done.error());
  std::vector<XlsxSheet> sheets;
  std::set<std::string> seen;  // a part named twice is one sheet
  for (const pugi::xml_node& sheet : root.child("sheets").children("sheet")) {
    const auto target = targets->find(relation_of(sheet));
    if (target == targets->end() || !seen.insert(target->second).second) continue;
    if (seen.size() > kMostSheets)
      return too_large_workbook(path, {"the workbook has more than 256 sheets", "工作簿超过 256 个工作表"});
    std::vector<XlsxMerged> merged;
    auto rows = sheet_rows(parts, target->second, book, merged);
    if (!rows) return tl::unexpected(rows.error());
    const std::string_view state = sheet.attribute("state").value();
    sheets.push_back({sheet.attribute("name").value(), state == "hidden" || state == "veryHidden", std::move(*rows),
                      book.text, std::move(merged)});
  }
  if (sheets.empty()) return damaged_workbook(path, "it has no sheet", "没有工作表");
  return sheets;
}

}  // namespace destock::ingest
