#include "ingest/file_head.h"

#include <algorithm>

#include "ingest/byte_source.h"
#include "ingest/record_reader.h"

namespace destock::ingest {
namespace {

constexpr size_t kHeadBytes = 1 << 20;
constexpr size_t kHeaderSearched = 12;  // rows that may stand above a header
constexpr size_t kSampleRows = 400;

struct Line {
  int64_t line;
  std::vector<std::string> cells;
};

tl::unexpected<Error> not_text(const std::string& path, const std::string& what_en, const std::string& what_zh) {
  return fail(ErrorKind::kBadInput, {what_en, what_zh}, path,
              {"give the report as Seller Central downloads it (.txt, .csv, .gz) or a cost sheet as .xlsx or .csv",
               "请提供从卖家平台下载的报告（.txt、.csv、.gz），或 .xlsx/.csv 格式的成本表"});
}

std::string found_columns(const std::vector<std::string>& header) {
  std::string text;
  for (size_t i = 0; i < header.size() && i < 12; ++i) text += (i ? ", " : "") + valid_utf8(header[i]).substr(0, 60);
  if (header.size() > 12) text += ", …";
  return text;
}

// The best match of a row with any format: whole matches first, then the most columns.
struct Best {
  const ReportFormat* format = nullptr;
  Match match;
  size_t row = 0;
  bool better(const Match& other) const {
    if (!format) return true;
    if (other.whole() != match.whole()) return other.whole();
    return other.matched > match.matched;
  }
};

Best best_match(const std::vector<Line>& lines) {
  Best best;
  for (size_t row = 0; row < lines.size() && row < kHeaderSearched; ++row) {
    for (const ReportFormat& format : report_formats()) {
      Match match = match_header(lines[row].cells, format.columns);
      if (match.matched > 0 && best.better(match)) best = {&format, std::move(match), row};
    }
    if (best.format && best.match.whole()) break;  // rows below a header are not headers
  }
  return best;
}

tl::unexpected<Error> no_report(const std::string& path, const std::vector<Line>& lines, const Best& best) {
  const std::string found = found_columns(lines[best.format ? best.row : 0].cells);
  // Enough in common to say what it was meant to be.
  if (best.format && (best.match.matched >= 4 || (best.match.matched >= 2 && !best.match.missing.empty()))) {
    std::string missing;
    for (size_t column : best.match.missing)
      missing += (missing.empty() ? "" : ", ") + std::string(best.format->columns[column].names[0]);
    if (missing.empty()) missing = "?";
    const Text name = account::report_name(best.format->kind);
    return fail(ErrorKind::kBadInput,
                {name.en + ": the required column " + missing + " is missing; found: " + found,
                 name.zh + "：缺少必需的列 " + missing + "；实际列：" + found},
                path + ":" + std::to_string(lines[best.row].line),
                {"download the report again with all columns", "请重新下载包含全部列的报告"});
  }
  return fail(ErrorKind::kBadInput,
              {"not a report that the program knows; its first row: " + found, "程序不认识的报告；首行内容：" + found},
              path, {"docs/formats.md lists the reports and their columns", "docs/formats.md 列出了支持的报告与列"});
}

Result<FileHead> settle(const std::string& path, std::vector<Line> lines, FileHead head) {
  if (lines.empty())
    return fail(ErrorKind::kBadInput, {"the file is empty", "文件为空"}, path,
                {"download the report again", "请重新下载报告"});
  Best best = best_match(lines);
  if (!best.format || !best.match.whole()) return no_report(path, lines, best);
  head.header_line = lines[best.row].line;
  head.header = lines[best.row].cells;
  head.format = best.format;
  head.layout = std::move(best.match.layout);
  for (size_t i = best.row + 1; i < lines.size() && head.sample.size() < kSampleRows; ++i)
    head.sample.push_back(std::move(lines[i].cells));
  return head;
}

Result<FileHead> workbook_head(const std::string& path) {
  auto sheets = read_xlsx(path);
  if (!sheets) return tl::unexpected(sheets.error());
  std::optional<Error> first_error;
  for (XlsxSheet& sheet : *sheets) {  // the first sheet that holds a report
    std::vector<Line> lines;
    size_t bytes = 0;  // copied: a text that all cells share is not small when each has its own
    for (const XlsxRow& row : sheet.rows) {
      if (lines.size() == kHeaderSearched + kSampleRows || bytes > kHeadBytes) break;
      for (const std::string_view cell : row.cells) bytes += cell.size();
      lines.push_back({row.line, {row.cells.begin(), row.cells.end()}});
    }
    FileHead head;
    head.workbook = true;
    head.encoding = {"xlsx", 0};
    auto settled = settle(path, std::move(lines), std::move(head));
    if (!settled) {
      if (!first_error) first_error = settled.error();
      continue;
    }
    for (XlsxRow& row : sheet.rows)
      if (row.line > settled->header_line) settled->sheet.push_back(std::move(row));
    settled->sheet_text = sheet.text;
    return settled;
  }
  return tl::unexpected(*first_error);
}

}  // namespace

Result<FileHead> read_head(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  std::string bytes;
  bool more = true;
  while (more && bytes.size() < kHeadBytes) {
    const auto got = source->read(bytes);
    if (!got) return tl::unexpected(got.error());
    more = *got;
  }
  if (bytes.empty())
    return fail(ErrorKind::kBadInput, {"the file is empty", "文件为空"}, path,
                {"download the report again", "请重新下载报告"});
  if (bytes.starts_with("PK\x03\x04")) return workbook_head(path);
  if (bytes.starts_with("\xD0\xCF\x11\xE0")) return not_text(path, "an old .xls workbook", "旧版 .xls 工作簿");
  if (bytes.starts_with("%PDF")) return not_text(path, "a PDF, not a report", "PDF 文件，不是报告");
  FileHead head;
  head.encoding = detect_encoding(bytes, more);
  std::string text;
  Decoder(head.encoding).decode(bytes, !more, text);
  const std::string_view start = std::string_view(text).substr(0, 65'536);
  const auto controls = std::count_if(start.begin(), start.end(),
                                      [](char c) { return c == '\0' || (c > 0 && c < 9) || (c > 13 && c < 27); });
  if (controls > static_cast<std::ptrdiff_t>(start.size() / 200) || start.find('\0') != std::string_view::npos)
    return not_text(path, "a binary file, not a report", "二进制文件，不是报告");
  head.delimiter = detect_delimiter(text.substr(0, 65'536));
  bool given = false;
  RecordReader reader(
      [&](std::string& chunk) -> Result<bool> {
        if (given) return false;
        given = true;
        chunk = text;
        return true;
      },
      head.delimiter);
  std::vector<Line> lines;
  Record record;
  while (lines.size() < kHeaderSearched + kSampleRows) {
    const auto got = reader.next(record);
    if (!got) return tl::unexpected(got.error());
    if (!*got) break;
    if (record.too_long) {
      if (!lines.empty()) continue;
      return not_text(path, "its first line is longer than a megabyte: not a report", "首行超过 1 MB：不是报告");
    }
    Line line{record.line, {}};
    for (std::string_view field : record.fields) line.cells.emplace_back(trimmed(field));
    lines.push_back(std::move(line));
  }
  return settle(path, std::move(lines), std::move(head));
}

}  // namespace destock::ingest
