#include "ingest/xlsx.h"

#include <zip.h>
#include <cmath>
#include <cstdlib>
#include <map>
#include <memory>
#include <pugixml.hpp>

#include "base/date.h"

namespace destock::ingest {
namespace {

constexpr uint64_t kLargestPart = 256ULL << 20;

tl::unexpected<Error> damaged(const std::string& path, const std::string& why) {
  return fail(ErrorKind::kBadInput, {"the workbook cannot be read: " + why, "无法读取工作簿：" + why}, path,
              {"open it in Excel or LibreOffice and save it again as .xlsx or .csv",
               "请在 Excel 或 LibreOffice 中打开并另存为 .xlsx 或 .csv"});
}

struct ZipCloser {
  void operator()(zip_t* archive) const { zip_discard(archive); }
};
using Zip = std::unique_ptr<zip_t, ZipCloser>;

// A part of the archive; empty where it has none or it is too large.
std::string part(zip_t* archive, const std::string& name) {
  zip_stat_t info;
  if (zip_stat(archive, name.c_str(), 0, &info) != 0 || info.size > kLargestPart) return {};
  zip_file_t* file = zip_fopen(archive, name.c_str(), 0);
  if (!file) return {};
  std::string text(info.size, '\0');
  const zip_int64_t got = zip_fread(file, text.data(), info.size);
  zip_fclose(file);
  text.resize(got > 0 ? static_cast<size_t>(got) : 0);
  return text;
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

std::vector<std::string> shared_strings(zip_t* archive) {
  std::vector<std::string> strings;
  pugi::xml_document document;
  const std::string xml = part(archive, "xl/sharedStrings.xml");
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata)) return strings;
  for (const pugi::xml_node& item : document.child("sst").children("si")) strings.push_back(text_of(item));
  return strings;
}

bool is_date_format(int id, const std::map<int, std::string>& custom) {
  if ((id >= 14 && id <= 17) || id == 22 || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) return true;
  const auto found = custom.find(id);
  if (found == custom.end()) return false;
  bool quoted = false;
  for (size_t i = 0; i < found->second.size(); ++i) {
    const char c = found->second[i];
    if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '[')
      i = std::min(found->second.find(']', i), found->second.size() - 1);
    else if (!quoted && (c == 'y' || c == 'Y' || c == 'd' || c == 'D'))
      return true;
  }
  return false;
}

std::vector<bool> date_styles(zip_t* archive) {
  std::vector<bool> styles;
  pugi::xml_document document;
  const std::string xml = part(archive, "xl/styles.xml");
  if (!document.load_buffer(xml.data(), xml.size())) return styles;
  const pugi::xml_node sheet = document.child("styleSheet");
  std::map<int, std::string> custom;
  for (const pugi::xml_node& format : sheet.child("numFmts").children("numFmt"))
    custom[format.attribute("numFmtId").as_int()] = format.attribute("formatCode").value();
  for (const pugi::xml_node& style : sheet.child("cellXfs").children("xf"))
    styles.push_back(is_date_format(style.attribute("numFmtId").as_int(), custom));
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

struct Book {
  std::vector<std::string> strings;
  std::vector<bool> dates;
  bool from_1904 = false;
};

std::string cell_text(const pugi::xml_node& cell, const Book& book) {
  const std::string_view type = cell.attribute("t").value();
  if (type == "inlineStr") return text_of(cell.child("is"));
  const pugi::xml_node value = cell.child("v");
  if (!value) return cell.child("f") ? std::string(kUncalculated) : std::string();
  const std::string text = value.text().get();
  if (type == "s") {
    const size_t index = std::strtoul(text.c_str(), nullptr, 10);
    return index < book.strings.size() ? book.strings[index] : std::string();
  }
  if (type == "str" || type == "e" || type == "b" || type == "d") return text;
  const size_t style = cell.attribute("s").as_uint();
  if (style < book.dates.size() && book.dates[style]) {  // serial day 25569 is 1970-01-01
    const double serial = std::strtod(text.c_str(), nullptr) + (book.from_1904 ? 1462 : 0);
    if (serial > 59 && serial < 300'000)
      return iso(date_of_day_number(static_cast<int64_t>(std::floor(serial)) - 25'569));
  }
  if (text.find_first_of("eE") == std::string::npos) return text;
  char plain[64];  // 1.5E-2
  std::snprintf(plain, sizeof plain, "%.10f", std::strtod(text.c_str(), nullptr));
  return plain;
}

std::vector<XlsxRow> sheet_rows(const std::string& xml, const Book& book) {
  std::vector<XlsxRow> rows;
  pugi::xml_document document;
  if (!document.load_buffer(xml.data(), xml.size(), pugi::parse_default | pugi::parse_ws_pcdata_single)) return rows;
  int64_t line = 0;
  for (const pugi::xml_node& node : document.child("worksheet").child("sheetData").children("row")) {
    line = node.attribute("r") ? node.attribute("r").as_llong() : line + 1;
    XlsxRow row{line, {}};
    bool blank = true;
    for (const pugi::xml_node& cell : node.children("c")) {
      const size_t column = cell.attribute("r") ? column_of(cell.attribute("r").value()) : row.cells.size();
      if (column > 16'383) continue;
      if (row.cells.size() <= column) row.cells.resize(column + 1);
      row.cells[column] = cell_text(cell, book);
      blank = blank && row.cells[column].empty();
    }
    if (!blank) rows.push_back(std::move(row));
  }
  return rows;
}

std::map<std::string, std::string> sheet_targets(zip_t* archive) {
  std::map<std::string, std::string> targets;
  pugi::xml_document document;
  const std::string xml = part(archive, "xl/_rels/workbook.xml.rels");
  if (!document.load_buffer(xml.data(), xml.size())) return targets;
  for (const pugi::xml_node& relation : document.child("Relationships").children("Relationship")) {
    std::string target = relation.attribute("Target").value();
    target = target.starts_with('/') ? target.substr(1) : "xl/" + target;
    targets[relation.attribute("Id").value()] = target;
  }
  return targets;
}

}  // namespace

Result<std::vector<XlsxSheet>> read_xlsx(const std::string& path) {
  int code = 0;
  const Zip archive(zip_open(path.c_str(), ZIP_RDONLY, &code));
  if (!archive) return damaged(path, "it is no zip archive");
  pugi::xml_document workbook;
  const std::string xml = part(archive.get(), "xl/workbook.xml");
  if (!workbook.load_buffer(xml.data(), xml.size())) return damaged(path, "xl/workbook.xml is missing or broken");
  const pugi::xml_node root = workbook.child("workbook");
  const Book book{shared_strings(archive.get()), date_styles(archive.get()),
                  root.child("workbookPr").attribute("date1904").as_bool()};
  const auto targets = sheet_targets(archive.get());
  std::vector<XlsxSheet> sheets;
  for (const pugi::xml_node& sheet : root.child("sheets").children("sheet")) {
    const auto target = targets.find(sheet.attribute("r:id").value());
    if (target == targets.end()) continue;
    sheets.push_back({sheet.attribute("name").value(), sheet_rows(part(archive.get(), target->second), book)});
  }
  if (sheets.empty()) return damaged(path, "it has no sheet");
  return sheets;
}

}  // namespace destock::ingest
