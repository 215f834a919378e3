#include "ingest/file_head.h"

#include <algorithm>

#include "base/ascii.h"
#include "ingest/byte_source.h"
#include "ingest/cell_words.h"
#include "ingest/json_sheet.h"
#include "ingest/markup_sheet.h"
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

// A table that holds figures is no mere pairing of SKUs.
bool holds_figures(const std::vector<std::string>& header, const CellWords& figures) {
  return std::any_of(header.begin(), header.end(), [&](const std::string& name) {
    return fold_header(name).find("sku") == std::string::npos && figures.in(name);
  });
}

Best best_match(const std::vector<Line>& lines, const account::ReportNames& names) {
  Best best;
  const CellWords figures(names, "figure");
  for (size_t row = 0; row < lines.size() && row < kHeaderSearched; ++row) {
    for (const ReportFormat& format : report_formats()) {
      if (format.kind == account::ReportKind::kSkuPairs && holds_figures(lines[row].cells, figures)) continue;
      Match match = match_header(lines[row].cells, format.columns, format.kind, names);
      if (!match.whole() && format.suffices && format.suffices(match.layout)) match.missing.clear();
      if (match.matched > 0 && best.better(match)) best = {&format, std::move(match), row};
    }
    if (best.format && best.match.whole()) break;  // rows below a header are not headers
  }
  return best;
}

// Whether so much of a header is a report's that it is meant to be it: most of what stands there, and its mark.
bool is_meant(const Best& best, size_t columns) {
  if (!best.format || !best.match.signed_off || best.match.missing.size() > 2) return false;
  const bool marked = std::any_of(best.format->columns.begin(), best.format->columns.end(),
                                  [](const ColumnSpec& column) { return column.need == Need::kSignature; });
  const size_t least = marked ? 3 : 5;
  return best.match.matched >= least && best.match.matched * 5 >= columns * 3;
}

// The language of a header that no report is known by: by its script, else by words that other languages have not.
std::optional<Text> language_of(const std::vector<std::string>& header, const account::ReportNames& names) {
  struct Language {
    std::string_view words;
    const char* en;
    const char* zh;
  };
  static constexpr Language kLanguages[] = {{"language_german", "German", "德语"},
                                            {"language_french", "French", "法语"},
                                            {"language_italian", "Italian", "意大利语"},
                                            {"language_spanish", "Spanish", "西班牙语"},
                                            {"language_dutch", "Dutch", "荷兰语"},
                                            {"language_polish", "Polish", "波兰语"},
                                            {"language_swedish", "Swedish", "瑞典语"},
                                            {"language_turkish", "Turkish", "土耳其语"},
                                            {"language_portuguese", "Portuguese", "葡萄牙语"}};
  std::string all;
  for (const std::string& name : header) all += valid_utf8(name);
  bool ideographs = false;
  for (size_t i = 0; i + 2 < all.size(); ++i) {
    const auto lead = static_cast<unsigned char>(all[i]), next = static_cast<unsigned char>(all[i + 1]);
    if (lead == 0xE3 && next >= 0x81 && next <= 0x83) return Text{"Japanese", "日语"};
    if (lead >= 0xEA && lead <= 0xED && next >= 0x80) return Text{"Korean", "韩语"};
    ideographs = ideographs || (lead >= 0xE4 && lead <= 0xE9);
  }
  if (ideographs) return Text{"Chinese", "中文"};
  std::optional<Text> likely;
  size_t most = 0;
  for (const Language& language : kLanguages) {
    const CellWords words(names, language.words);
    const auto said = static_cast<size_t>(
        std::count_if(header.begin(), header.end(), [&](const std::string& cell) { return words.in(cell); }));
    if (said > most) likely = Text{language.en, language.zh};
    most = std::max(most, said);
  }
  return most >= 2 ? likely : std::nullopt;
}

// A sheet of costs whose column of costs, or of SKUs, goes by a name that is not known: nobody downloads it again.
std::optional<Error> unknown_cost_sheet(const std::string& path, const std::vector<Line>& lines,
                                        const account::ReportNames& names) {
  const auto& formats = report_formats();
  const auto sheet = std::find_if(formats.begin(), formats.end(), [](const ReportFormat& format) {
    return format.kind == account::ReportKind::kCostSheet;
  });
  const CellWords telling(names, "telling_column");
  for (size_t row = 0; row < lines.size() && row < kHeaderSearched; ++row) {
    const std::vector<std::string>& header = lines[row].cells;
    const Match match = match_header(header, sheet->columns, sheet->kind, names);
    if (match.missing.size() != 1) continue;
    const std::string where = path + ":" + std::to_string(lines[row].line);
    const std::string_view lacks = sheet->columns[match.missing.front()].names.front();
    if (lacks == "sku")
      return Error{ErrorKind::kBadInput,
                   {"a sheet of costs without a column of SKUs; found: " + found_columns(header),
                    "成本表缺少 SKU 列；实际列：" + found_columns(header)},
                   where,
                   {"add the SKU as Seller Central has it, in a column named SKU; an ASIN or FNSKU may be of several",
                    "请增加 SKU 列（与卖家平台一致）；ASIN 或 FNSKU 可能对应多个 SKU"}};
    std::string likely;
    for (const std::string& name : header)
      if (telling.in(name)) add_to_list(likely, name);
    if (likely.empty()) continue;
    return Error{ErrorKind::kBadInput,
                 {"a sheet of costs, as it seems, whose cost column is not known by its name; likely: " + likely,
                  "疑似成本表，但未识别其成本列；可能为：" + likely},
                 where,
                 {"name the column with the cost of one unit “unit cost”, with its currency, as “unit cost (CNY)”",
                  "请将单件成本所在列命名为“采购成本（CNY）”等，并注明币种"}};
  }
  return std::nullopt;
}

tl::unexpected<Error> no_report(const std::string& path, const std::vector<Line>& lines, const Best& best,
                                const account::ReportNames& names) {
  const std::vector<std::string>& header = lines[best.format ? best.row : 0].cells;
  const std::string found = found_columns(header);
  if (is_meant(best, header.size())) {
    std::string missing;
    for (size_t column : best.match.missing) add_to_list(missing, best.format->columns[column].names[0]);
    const Text name = account::report_name(best.format->kind);
    return fail(ErrorKind::kBadInput,
                {name.en + ": the required column " + missing + " is missing; found: " + found,
                 name.zh + "：缺少必需的列 " + missing + "；实际列：" + found},
                path + ":" + std::to_string(lines[best.row].line),
                {"download the report again with all columns; where its columns are in another language, in English",
                 "请重新下载包含全部列的报告；列名为其他语言时请下载英文版"});
  }
  if (auto costs = unknown_cost_sheet(path, lines, names)) return tl::unexpected(std::move(*costs));
  if (const auto language = header.size() > 2 ? language_of(header, names) : std::nullopt)
    return fail(ErrorKind::kBadInput,
                {"not a report that the program reads in " + language->en + "; its first row: " + found,
                 "程序无法读取此" + language->zh + "表头的报告；首行内容：" + found},
                path,
                {"download it in English: Seller Central's language is chosen at the top of the page",
                 "请将卖家平台语言切换为英文后重新下载"});
  return fail(
      ErrorKind::kBadInput,
      {"not a report that the program reads; its first row: " + found, "不是程序可读取的报告；首行内容：" + found},
      path, {"docs/formats.md lists the reports and their columns", "docs/formats.md 列出了支持的报告与列"});
}

// A kind of file that is known and not read.
std::optional<Error> known_and_unread(const std::string& path, const std::vector<Line>& lines,
                                      const account::ReportNames& names) {
  for (size_t row = 0; row < lines.size() && row < kHeaderSearched; ++row)
    if (const account::UnreadReport* report = unread_report(lines[row].cells, names))
      return Error{ErrorKind::kBadInput,
                   {report->name.en + ": this report is not read", report->name.zh + "：不读取此类报告"},
                   path,
                   report->says};
  return std::nullopt;
}

Result<FileHead> settle(const std::string& path, std::vector<Line> lines, FileHead head,
                        const account::ReportNames& names) {
  if (lines.empty())
    return fail(ErrorKind::kBadInput, {"the file is empty", "文件为空"}, path,
                {"download the report again", "请重新下载报告"});
  if (lines.size() == 1 && CellWords(names, "no_data").in(lines.front().cells.front()))
    return fail(ErrorKind::kBadInput, {"the report holds no data for what was asked", "报告无数据：所选范围内没有内容"},
                path, {"ask for other days, or leave it out", "请选择其他日期，或不导入该文件"});
  Best best = best_match(lines, names);
  // Reports of what became of things, and purchase orders, are known by columns that no other has: they go before the
  // marks.
  const bool before_marks =
      best.format && best.match.whole() &&
      (account::is_outcome(best.format->kind) || best.format->kind == account::ReportKind::kPurchaseOrders);
  if (!before_marks)
    if (auto unread = known_and_unread(path, lines, names)) return tl::unexpected(std::move(*unread));
  if (!best.format || !best.match.whole()) return no_report(path, lines, best, names);
  head.header_line = lines[best.row].line;
  head.header = lines[best.row].cells;
  head.format = best.format;
  head.layout = std::move(best.match.layout);
  for (size_t i = best.row + 1; i < lines.size() && head.sample.size() < kSampleRows; ++i)
    head.sample.push_back(std::move(lines[i].cells));
  return head;
}

tl::unexpected<Error> too_many_merged(const std::string& path, const XlsxSheet& sheet) {
  return fail(ErrorKind::kBadInput,
              {"the sheet " + sheet.name + " has more than 100,000 merged cells",
               "工作表“" + sheet.name + "”的合并单元格超过 100,000 个"},
              path, {"unmerge them and save the workbook again", "请取消合并单元格后重新保存"});
}

Result<FileHead> sheet_head(const std::string& path, XlsxSheet& sheet, const account::ReportNames& names,
                            const Encoding& encoding = {"xlsx", 0}) {
  std::vector<Line> lines;
  // Before the header is looked for: names of columns may be merged too.
  if (!fill_merged(sheet, false)) return too_many_merged(path, sheet);
  size_t bytes = 0;  // copied: a text that all cells share is not small when each has its own
  for (const XlsxRow& row : sheet.rows) {
    if (lines.size() == kHeaderSearched + kSampleRows || bytes > kHeadBytes) break;
    for (const std::string_view cell : row.cells) bytes += cell.size();
    lines.push_back({row.line, {row.cells.begin(), row.cells.end()}});
  }
  FileHead head;
  head.workbook = true;
  head.sheet_name = sheet.name;
  head.encoding = encoding;
  auto settled = settle(path, std::move(lines), std::move(head), names);
  if (!settled) return settled;
  if (account::is_by_hand(settled->format->kind) && !fill_merged(sheet, true)) return too_many_merged(path, sheet);
  for (XlsxRow& row : sheet.rows)
    if (row.line > settled->header_line) settled->sheet.push_back(std::move(row));
  settled->sheet_text = sheet.text;
  return settled;
}

// What is sent in place of a report: a page to sign in, an answer that says no.
struct SentInstead {
  bool page = false, answer = false, table = false;
};
SentInstead sent_instead(std::string_view text) {
  std::string start;
  for (char c : text.substr(0, 2048)) start += ascii_lower(c);
  const auto skip = [&] {
    while (!start.empty() && std::string_view(" \n\r\t\xEF\xBB\xBF").find(start.front()) != std::string_view::npos)
      start.erase(0, 1);
  };
  skip();
  while (start.starts_with("<!--")) {  // remarks that stand before the page
    const size_t end = start.find("-->");
    start.erase(0, end == std::string::npos ? start.size() : end + 3);
    skip();
  }
  constexpr std::string_view kOpens[] = {"<!doctype html", "<html",  "<head", "<body",  "<title", "<meta",
                                         "<script",        "<style", "<h1",   "<h2",    "<p>",    "<div",
                                         "<center",        "<table", "<br",   "<iframe"};
  SentInstead sent;
  sent.table = start.find("<table") != std::string::npos;
  sent.page =
      std::any_of(std::begin(kOpens), std::end(kOpens), [&](std::string_view tag) { return start.starts_with(tag); }) ||
      (start.starts_with("<?xml") && start.find("<html") != std::string::npos) ||
      (start.starts_with("<") && sent.table);
  sent.answer = (start.starts_with("<?xml") || start.starts_with("<error")) &&
                (start.find("<error") != std::string::npos || start.find("<code>") != std::string::npos);
  const bool json = start.starts_with("{");
  sent.answer = sent.answer || (json && (start.find("\"errors\"") < 64 || start.find("\"error\"") < 64 ||
                                         (start.find("\"message\"") < 64 && start.find("\"code\"") < 512)));
  return sent;
}

std::optional<Error> web_page(const std::string& path, std::string_view text) {
  const SentInstead sent = sent_instead(text);
  if (sent.page && (path.ends_with(".xls") || path.ends_with(".XLS") || sent.table))
    return Error{ErrorKind::kBadInput,
                 {"a web page that is named as a workbook", "扩展名为工作簿，内容却是网页"},
                 path,
                 {"open it in Excel and save it as .xlsx or .csv", "请用 Excel 打开并另存为 .xlsx 或 .csv"}};
  if (sent.page)
    return Error{ErrorKind::kBadInput,
                 {"a web page, not a report: sign in again, then download", "是网页而不是报告：请重新登录后再下载"},
                 path,
                 {"the session or the link had expired", "登录或下载链接已过期"}};
  if (sent.answer)
    return Error{ErrorKind::kBadInput,
                 {"an error answer of Amazon, not a report: the download link has expired, or was refused",
                  "是亚马逊返回的错误信息，不是报告：下载链接已过期或被拒绝"},
                 path,
                 {"open the list of reports and download it anew", "请回到报告列表重新下载"}};
  return std::nullopt;
}

// What people put out of sight is not what they hand over.
Result<FileHead> hidden_sheet(const std::string& path, const XlsxSheet& sheet) {
  return fail(ErrorKind::kBadInput, {"the sheet " + sheet.name + " is hidden", "工作表“" + sheet.name + "”已隐藏"},
              path,
              {"show it in Excel and save the workbook, if it is to be read", "如需读取，请在 Excel 中取消隐藏后保存"});
}

struct Bytes {
  std::string text;
  bool more = true;
};
Result<Bytes> first_bytes(const std::string& path, size_t most = kHeadBytes) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  Bytes bytes;
  while (bytes.more && bytes.text.size() < most) {
    const auto got = source->read(bytes.text);
    if (!got) return tl::unexpected(got.error());
    bytes.more = *got;
  }
  if (bytes.text.empty())
    return fail(ErrorKind::kBadInput, {"the file is empty", "文件为空"}, path,
                {"download the report again", "请重新下载报告"});
  return bytes;
}

// In whatever encoding: the first bytes that are neither marks, zeros nor spaces.
bool begins_with_a_tag(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 64);
  const size_t at = start.find_first_not_of(std::string_view("\xEF\xBB\xBF\xFF\xFE\0 \t\r\n", 10));
  return at != std::string_view::npos && start[at] == '<';
}

bool is_workbook(std::string_view bytes) {
  return bytes.starts_with("PK\x03\x04");
}

Result<FileHead> text_head(const std::string& path, const Bytes& bytes, const HeadOptions& options) {
  if (bytes.text.starts_with("\xD0\xCF\x11\xE0")) return not_text(path, "an old .xls workbook", "旧版 .xls 工作簿");
  if (bytes.text.starts_with("%PDF")) return not_text(path, "a PDF, not a report", "PDF 文件，不是报告");
  FileHead head;
  head.encoding = options.encoding ? *options.encoding : detect_encoding(bytes.text, bytes.more, options.marketplace);
  std::string text;
  Decoder(head.encoding).decode(bytes.text, !bytes.more, text);
  if (auto page = web_page(path, text)) return tl::unexpected(std::move(*page));
  const std::string_view start = std::string_view(text).substr(0, 65'536);
  const auto controls = std::count_if(start.begin(), start.end(),
                                      [](char c) { return c == '\0' || (c > 0 && c < 9) || (c > 13 && c < 27); });
  if (controls > static_cast<std::ptrdiff_t>(start.size() / 200) || start.find('\0') != std::string_view::npos)
    return not_text(path, "a binary file, not a report", "二进制文件，不是报告");
  head.cr_lines = start.find('\n') == std::string_view::npos && start.find('\r') != std::string_view::npos;
  if (head.cr_lines) std::replace(text.begin(), text.end(), '\r', '\n');
  head.delimiter = detect_delimiter(text.substr(0, 65'536));
  head.all_quoted = is_all_quoted(text.substr(0, 65'536), head.delimiter);
  bool given = false;
  RecordReader reader(
      [&](std::string& chunk) -> Result<bool> {
        if (given) return false;
        given = true;
        chunk = text;
        return true;
      },
      head.delimiter, head.all_quoted);
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
  return settle(path, std::move(lines), std::move(head), *options.names);
}

// Tables of a page or of Excel's XML, of which one at least is a report; none: it is read, or refused, as text.
Result<std::vector<SheetHead>> markup_heads(const std::string& path, const HeadOptions& options) {
  std::vector<SheetHead> heads;
  const auto bytes = first_bytes(path, kMostMarkupBytes + 1);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->text.size() > kMostMarkupBytes) return heads;
  const Encoding encoding =
      options.encoding ? *options.encoding : detect_encoding(bytes->text, bytes->more, options.marketplace);
  std::string text;
  Decoder(encoding).decode(bytes->text, true, text);
  if (!is_markup(text)) return heads;
  auto sheets = read_markup(path, text);
  if (!sheets) return tl::unexpected(sheets.error());
  bool any = false;
  for (XlsxSheet& sheet : *sheets) {
    heads.push_back({sheet.name, sheet_head(path, sheet, *options.names, encoding)});
    any = any || heads.back().head.has_value();
  }
  if (!any && !text.starts_with("<?xml")) heads.clear();
  return heads;
}

// A report in JSON; none: it is read, or refused, as text.
Result<std::vector<SheetHead>> json_heads(const std::string& path, const HeadOptions& options) {
  std::vector<SheetHead> heads;
  const auto bytes = first_bytes(path, kMostJsonBytes + 1);
  if (!bytes) return tl::unexpected(bytes.error());
  if (bytes->text.size() > kMostJsonBytes) return heads;
  auto sheet = read_json(path, bytes->text);
  if (!sheet) return tl::unexpected(sheet.error());
  if (*sheet) heads.push_back({{}, sheet_head(path, **sheet, *options.names, {"UTF-8", 0})});
  return heads;
}

}  // namespace

Result<std::vector<SheetHead>> read_heads(const std::string& path, const HeadOptions& options) {
  const auto bytes = first_bytes(path);
  if (!bytes) return tl::unexpected(bytes.error());
  std::vector<SheetHead> heads;
  if (!is_workbook(bytes->text)) {
    if (begins_with_a_tag(bytes->text)) {
      auto tables = markup_heads(path, options);
      if (!tables || !tables->empty()) return tables;
    }
    if (is_json(bytes->text)) {
      auto report = json_heads(path, options);
      if (!report || !report->empty()) return report;
    }
    heads.push_back({{}, text_head(path, *bytes, options)});
    return heads;
  }
  auto sheets = read_xlsx(path);
  if (!sheets) return tl::unexpected(sheets.error());
  for (XlsxSheet& sheet : *sheets) {
    if (sheet.rows.empty()) continue;
    heads.push_back({sheet.name, sheet.hidden ? hidden_sheet(path, sheet) : sheet_head(path, sheet, *options.names)});
  }
  if (heads.empty())
    return fail(ErrorKind::kBadInput, {"the workbook is empty", "工作簿为空"}, path,
                {"save it again with its rows", "请保存数据行后重试"});
  return heads;
}

// The first sheet that holds a report.
Result<FileHead> read_head(const std::string& path, const HeadOptions& options) {
  auto heads = read_heads(path, options);
  if (!heads) return tl::unexpected(heads.error());
  for (SheetHead& head : *heads)
    if (head.head) return std::move(head.head);
  return tl::unexpected(heads->front().head.error());
}

}  // namespace destock::ingest
