#include "ingest/read_report.h"

#include <algorithm>
#include <iterator>
#include <limits>
#include <map>

#include "ingest/cell_words.h"
#include "ingest/conventions.h"
#include "ingest/file_head.h"
#include "ingest/record_reader.h"
#include "ingest/repeats.h"
#include "ingest/text_stream.h"

namespace destock::ingest {
namespace {

void keep_refusal(ReadReport& report, account::RefusedRow refusal) {
  ++report.rows_refused;
  if (report.refused.size() < kMostRefused) report.refused.push_back(std::move(refusal));
}

// A header that stands again among the rows, where files were put together.
bool is_header(const ReadReport& report, const std::vector<std::string_view>& fields) {
  if (fields.size() != report.header.size() || fields.empty()) return false;
  constexpr std::string_view kMark = "\xEF\xBB\xBF";
  const auto bare = [&](std::string_view name) {
    name = trimmed(name);
    return name.starts_with(kMark) ? name.substr(kMark.size()) : name;
  };
  if (bare(fields.front()) != bare(report.header.front())) return false;
  return std::equal(fields.begin() + 1, fields.end(), report.header.begin() + 1,
                    [](std::string_view a, std::string_view b) { return trimmed(a) == trimmed(b); });
}

// Reports whose rows are each a thing of their own and are summed: a row that comes again is the same thing.
bool holds_rows_once(account::ReportKind kind) {
  using account::ReportKind;
  return kind == ReportKind::kLedger || kind == ReportKind::kStorageFees || kind == ReportKind::kAgedSurcharge ||
         kind == ReportKind::kReturns || kind == ReportKind::kRemovalShipments || kind == ReportKind::kLedgerDetail ||
         kind == ReportKind::kReceived;
}

// What takes the rows of a report.
struct Taker {
  ReadReport& report;
  ReportReader& reader;
  Row& row;
  const CellWords& totals;
  RepeatedRows repeats{};
  int64_t total_rows = 0;
};

// A sum or a remark under the rows: what stands first says so, alone or before a colon.
bool is_total_row(const std::vector<std::string_view>& fields, const CellWords& totals) {
  const auto first =
      std::find_if(fields.begin(), fields.end(), [](std::string_view field) { return !trimmed(field).empty(); });
  if (first == fields.end()) return false;
  const std::string_view text = trimmed(*first);
  return totals.is(text.substr(0, std::min(text.find(':'), text.find("："))));
}

void take_row(Taker& taker, int64_t line, const std::vector<std::string_view>& fields) {
  auto& [report, reader, row, totals, repeats, total_rows] = taker;
  if (is_header(report, fields)) return;
  ++report.rows_read;
  if (holds_rows_once(report.kind) && repeats.again(fields)) {
    ++report.rows_imported;
    return;
  }
  row.set(line, fields);
  reader.read(row);
  if (row.refused() && is_total_row(fields, totals)) {
    --report.rows_read;
    ++total_rows;
  } else if (row.refused())
    keep_refusal(report, row.refusal());
  else
    ++report.rows_imported;
}

void read_sheet(const FileHead& head, Taker& taker) {
  std::vector<std::string_view> fields;
  for (const XlsxRow& line : head.sheet) {
    fields.assign(line.cells.begin(), line.cells.end());
    take_row(taker, line.line, fields);
  }
}

// Reports that say a thing once a SKU hold their rows in memory; the largest sellers have some 500,000 SKUs.
int64_t most_rows(account::ReportKind kind) {
  using account::ReportKind;
  constexpr int64_t kOfCosts = 500'000;
  constexpr int64_t kOfListings = 2'000'000;
  switch (kind) {
    case ReportKind::kCostSheet:
    case ReportKind::kExchangeRates:
    case ReportKind::kPurchaseOrders:
    case ReportKind::kSkuPairs: return kOfCosts;
    case ReportKind::kPlanning:
    case ReportKind::kManageFba:
    case ReportKind::kReserved:
    case ReportKind::kFeePreview:
    case ReportKind::kStorageFees:
    case ReportKind::kAgedSurcharge:
    case ReportKind::kCountryStock:
    case ReportKind::kRestock:
    case ReportKind::kRemovalOrders:
    case ReportKind::kRemovalShipments:
    case ReportKind::kTraffic:
    case ReportKind::kStranded:
    case ReportKind::kAllListings: return kOfListings;
    default: return std::numeric_limits<int64_t>::max();
  }
}

tl::unexpected<Error> too_many_rows(const std::string& path, account::ReportKind kind) {
  const std::string most = std::to_string(most_rows(kind));
  return fail(ErrorKind::kBadInput,
              {account::report_name(kind).en + ": more than " + most + " rows; nothing was imported",
               account::report_name(kind).zh + "：超过 " + most + " 行；未导入任何内容"},
              path, {"split it by marketplace", "请按站点拆分"});
}

void refuse_cut_row(ReadReport& report, const Record& record) {
  ++report.rows_read;
  report.cut_short = true;
  keep_refusal(report, {record.line,
                        {},
                        {},
                        {"the file ends in the middle of this line: it is cut short",
                         "文件在此行中间结束：文件不完整（被截断）"},
                        {"download the report again", "请重新下载报告"}});
}

// What old programs write after the last line.
bool is_end_mark(const Record& record) {
  return record.open_end && record.fields.size() == 1 && trimmed(record.fields.front()) == "\x1A";
}

// Gives bytes that are not in the encoding that the head was in; empty: all are.
Result<std::string> read_text(const std::string& path, const FileHead& head, const Progress& progress, Taker& taker) {
  ReadReport& report = taker.report;
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  TextStream stream(std::move(*source), head.encoding, progress);
  RecordReader records([&](std::string& chunk) { return stream.next(chunk); }, head.delimiter, head.all_quoted,
                       head.cr_lines);
  Record record;
  bool whole_rows = true;  // all so far have as many fields as the header
  for (;;) {
    const auto got = records.next(record);
    if (!got) return tl::unexpected(got.error());
    if (!*got) break;
    if (record.line <= head.header_line) continue;
    if (is_end_mark(record)) continue;
    if (report.rows_read == most_rows(report.kind)) return too_many_rows(path, report.kind);
    if (!record.too_long) {
      const bool short_row = record.fields.size() < head.header.size();
      // Sheets that people write may leave out the last columns anywhere.
      if (short_row && record.open_end && whole_rows && report.rows_read > 0 && !account::is_by_hand(report.kind)) {
        refuse_cut_row(report, record);
        continue;
      }
      whole_rows = whole_rows && !short_row;
      take_row(taker, record.line, record.fields);
      continue;
    }
    ++report.rows_read;
    keep_refusal(report, {record.line,
                          {},
                          {},
                          {"the line is longer than a megabyte", "该行超过 1 MB"},
                          {"a quote may be left open, or the file is damaged: download it again",
                           "可能引号未闭合或文件损坏：请重新下载"}});
  }
  if (!stream.other_bytes().empty()) return stream.other_bytes();
  report.content_hash = stream.hash();
  return std::string();
}

// "11/01/2026 - 11/07/2026": two days, from one to the other.
bool is_span(std::string_view text) {
  constexpr std::string_view kTo[] = {" - ", " – ", " to ", "~", "至", " "};
  const auto is_day = [](std::string_view part) {
    return parse_report_date(part, DateOrder::kMonthFirst) || parse_report_date(part, DateOrder::kDayFirst);
  };
  for (const std::string_view to : kTo) {
    const size_t at = text.find(to);
    if (at != std::string_view::npos && is_day(text.substr(0, at)) && is_day(text.substr(at + to.size()))) return true;
  }
  return false;
}

// A report in another view than the one that is read: months in place of days.
std::optional<Error> other_view(const std::string& path, const FileHead& head) {
  if (head.format->kind != account::ReportKind::kLedger || head.sample.empty()) return std::nullopt;
  const int column = head.layout.position[head.format->date_columns.front()];
  const auto all = [&](bool (*is)(std::string_view)) {
    return column >= 0 && std::all_of(head.sample.begin(), head.sample.end(), [&](const auto& row) {
             return static_cast<size_t>(column) < row.size() && is(row[static_cast<size_t>(column)]);
           });
  };
  if (all(is_month))
    return Error{ErrorKind::kBadInput,
                 {"Inventory Ledger by month: its days are needed", "库存分类账为按月视图：需要按日数据"},
                 path,
                 {"download it again with Daily in place of Monthly", "请在下载时选择“按日”而不是“按月”"}};
  if (all(is_span))
    return Error{ErrorKind::kBadInput,
                 {"Inventory Ledger by week: its days are needed", "库存分类账为按周视图：需要按日数据"},
                 path,
                 {"download it again with Daily in place of Weekly", "请在下载时选择“按日”而不是“按周”"}};
  return std::nullopt;
}

// As people call it; ICU's names are its own.
std::string encoding_called(const std::string& name) {
  return name.starts_with("ibm-943") ? "Shift_JIS" : name;
}

void note_encoding(const FileHead& head, ReadReport& report) {
  if (head.encoding.from_few)
    report.notes.push_back({"its encoding was told from a few characters: " + encoding_called(head.encoding.name) +
                                "; look whether names and SKUs are right",
                            "编码仅由少量字符判断：" + encoding_called(head.encoding.name) + "；请核对名称与 SKU"});
}

// Costs that stand in a report of something else are not read, and nobody should believe that they are.
void note_costs_elsewhere(const FileHead& head, const account::ReportNames& names, ReadReport& report) {
  if (account::is_by_hand(report.kind)) return;
  const CellWords costs(names, "own_cost_column");
  std::string some;
  for (const std::string& name : head.header)
    if (costs.in(name)) add_to_list(some, name);
  if (!some.empty())
    report.notes.push_back(
        {"costs are read from a cost sheet, not from this report; columns not read: " + some +
             ". Save SKU and cost as a file of their own and import it too",
         "成本只从成本表读取，本报告中的以下列未读取：" + some + "。请将 SKU 与成本另存为一个文件后导入"});
}

// One report of a file, whose head is known. `hash`: of a workbook's bytes; `other`: see read_text.
Result<ReadReport> read_headed(const std::string& path, const FileHead& head, const std::string& hash,
                               const ReadOptions& options, const Progress& progress, std::string& other) {
  if (auto view = other_view(path, head)) return tl::unexpected(std::move(*view));
  ReadReport report;
  report.kind = head.format->kind;
  report.encoding = encoding_called(head.encoding.name);
  report.header = head.header;
  note_encoding(head, report);
  const Conventions conventions = conventions_of(path, head, options, report.notes);
  ReadContext context{options.book,
                      options.names,
                      conventions,
                      report.facts,
                      report.notes,
                      ListingTable(report.facts.listings),
                      report.header,
                      false,
                      &head.layout,
                      options.known_skus,
                      options.marketplaces_known,
                      head.sample};
  const auto reader = head.format->make_reader(context);
  Row row(head.layout, conventions);
  const CellWords totals(options.names, "total_row");
  Taker taker{report, *reader, row, totals};
  if (head.workbook) {
    read_sheet(head, taker);
    report.content_hash = hash;
  } else {
    auto read = read_text(path, head, progress, taker);
    if (!read) return tl::unexpected(read.error());
    other = std::move(*read);
    if (!other.empty()) return report;
  }
  if (report.rows_read == 0)
    return fail(ErrorKind::kBadInput,
                {account::report_name(report.kind).en + ": a header and no rows",
                 account::report_name(report.kind).zh + "：只有表头，没有数据行"},
                path, {"download the report again; nothing was imported", "请重新下载报告；未导入任何内容"});
  reader->finish();
  note_repeats(taker.repeats.rows(), report.notes);
  if (taker.total_rows > 0) {
    const std::string n = std::to_string(taker.total_rows);
    report.notes.push_back(
        {n + (taker.total_rows == 1 ? " row" : " rows") + " of sums or remarks left out", n + " 行合计或备注未计入"});
  }
  note_costs_elsewhere(head, options.names, report);
  for (Text& note : row.unread_notes()) report.notes.push_back(std::move(note));
  for (Text& note : context.sku_notes()) report.notes.push_back(std::move(note));
  if (context.default_used && conventions.marketplace_assumed)
    report.notes.push_back({"the report names no marketplace: US assumed; pass --marketplace to say otherwise",
                            "报告未注明站点：按美国站处理；可用 --marketplace 指定"});
  return report;
}

void cover(const account::ReportFacts& facts, const account::PlanningRow& row, account::ReportFacts& day) {
  const std::string& marketplace = facts.listings[row.listing].marketplace;
  auto span = std::find_if(day.coverage.begin(), day.coverage.end(),
                           [&](const account::Coverage& c) { return c.marketplace == marketplace; });
  if (span == day.coverage.end()) {
    day.coverage.push_back({marketplace, row.snapshot, row.snapshot, {}, {}, 0, 0, 0});
    span = std::prev(day.coverage.end());
  }
  ++span->rows;
  ++span->skus;
  span->units += row.available.value_or(0);
}

// Snapshots of several days in one file, each a report of its own; what was refused stays with the newest.
std::map<Date, ReadReport> by_day(ReadReport whole) {
  std::map<Date, ReadReport> days;
  const auto& rows = whole.facts.planning;
  if (std::all_of(rows.begin(), rows.end(),
                  [&](const account::PlanningRow& row) { return row.snapshot == rows.front().snapshot; })) {
    days.emplace(Date(), std::move(whole));
    return days;
  }
  for (const account::PlanningRow& row : whole.facts.planning) {
    ReadReport& day = days[row.snapshot];
    cover(whole.facts, row, day.facts);
    day.facts.planning.push_back(row);
    ++day.rows_imported;
    ++day.rows_read;
  }
  for (auto& [day, report] : days) {
    report.kind = whole.kind;
    report.content_hash = whole.content_hash;
    report.encoding = whole.encoding;
    report.header = whole.header;
    report.facts.listings = whole.facts.listings;
  }
  ReadReport& newest = days.rbegin()->second;
  newest.rows_read += whole.rows_refused;
  newest.rows_refused = whole.rows_refused;
  newest.cut_short = whole.cut_short;
  newest.refused = std::move(whole.refused);
  newest.notes = std::move(whole.notes);
  const std::string n = std::to_string(days.size());
  newest.notes.push_back({"the file holds snapshots of " + n + " days; the newest is in force",
                          "文件含 " + n + " 天的快照；以最新一天为准"});
  return days;
}

void add_report(const std::string& sheet, Result<ReadReport> report, std::vector<SheetReport>& reports) {
  if (!report) {
    reports.push_back({sheet, std::move(report)});
    return;
  }
  auto days = by_day(std::move(*report));
  const bool several = days.size() > 1;
  for (auto& [day, one] : days)
    reports.push_back({several ? sheet + (sheet.empty() ? "" : " ") + iso(day) : sheet, std::move(one)});
}

// Sheets that hold no report, in a workbook where others do.
void note_left_out(const std::vector<SheetHead>& heads, ReadReport& first) {
  std::string names;
  for (const SheetHead& head : heads)
    if (!head.head) add_to_list(names, head.name);
  if (!names.empty())
    first.notes.push_back(
        {"left out, for they are hidden or hold no report: " + names, "以下工作表已隐藏或不是报告，未读取：" + names});
}

}  // namespace

Result<std::vector<SheetReport>> read_file(const std::string& path, const ReadOptions& options,
                                           const Progress& progress) {
  HeadOptions asked{&options.names, options.marketplace.value_or(marketplace_hint(path, options.book)), {}};
  auto heads = read_heads(path, asked);
  if (!heads) return tl::unexpected(heads.error());
  std::string hash;  // of a workbook, once for all its sheets
  if (std::any_of(heads->begin(), heads->end(), [](const SheetHead& s) { return s.head && s.head->workbook; })) {
    auto of_file = hash_of_file(path);
    if (!of_file) return tl::unexpected(of_file.error());
    hash = std::move(*of_file);
  }
  std::vector<SheetReport> reports;
  for (const SheetHead& sheet : *heads) {
    if (!sheet.head) continue;
    std::string other;
    auto report = read_headed(path, *sheet.head, hash, options, progress, other);
    if (!other.empty()) {  // text that its head told wrong: once more, as what came later is
      // Bytes that nothing explains well change nothing: they are refused where they stand.
      constexpr double kLikely = 0.3;
      asked.encoding = likeliest_encoding(other, asked.marketplace, kLikely).value_or(Encoding{"UTF-8", 0});
      const auto again = read_heads(path, asked);
      if (!again) return tl::unexpected(again.error());
      if (!again->front().head) return tl::unexpected(again->front().head.error());
      report = read_headed(path, *again->front().head, hash, options, progress, other);
    }
    add_report(heads->size() > 1 ? sheet.name : std::string(), std::move(report), reports);
  }
  if (reports.empty()) return tl::unexpected(heads->front().head.error());
  if (reports.front().report) note_left_out(*heads, *reports.front().report);
  return reports;
}

Result<ReadReport> read_report(const std::string& path, const ReadOptions& options, const Progress& progress) {
  auto reports = read_file(path, options, progress);
  if (!reports) return tl::unexpected(reports.error());
  return std::move(reports->front().report);
}

Result<account::ReportKind> report_kind_of_file(const std::string& path, const account::ReportNames& names) {
  const auto head = read_head(path, {&names, {}, {}});
  if (!head) return tl::unexpected(head.error());
  return head->format->kind;
}

Result<std::string> hash_of_file(const std::string& path) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  std::string bytes;
  for (;;) {
    bytes.clear();
    const auto more = source->read(bytes);
    if (!more) return tl::unexpected(more.error());
    if (!*more) return source->hash();
  }
}

}  // namespace destock::ingest
