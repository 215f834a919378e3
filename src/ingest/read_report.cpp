#include "ingest/read_report.h"

#include <limits>

#include "ingest/conventions.h"
#include "ingest/file_head.h"
#include "ingest/record_reader.h"
#include "ingest/text_stream.h"

namespace destock::ingest {
namespace {

void keep_refusal(ReadReport& report, account::RefusedRow refusal) {
  ++report.rows_refused;
  if (report.refused.size() < kMostRefused) report.refused.push_back(std::move(refusal));
}

void take_row(ReadReport& report, ReportReader& reader, Row& row, int64_t line,
              const std::vector<std::string_view>& fields) {
  ++report.rows_read;
  row.set(line, fields);
  reader.read(row);
  if (row.refused())
    keep_refusal(report, row.refusal());
  else
    ++report.rows_imported;
}

void read_sheet(const FileHead& head, ReadReport& report, ReportReader& reader, Row& row) {
  std::vector<std::string_view> fields;
  for (const XlsxRow& line : head.sheet) {
    fields.assign(line.cells.begin(), line.cells.end());
    take_row(report, reader, row, line.line, fields);
  }
}

// Reports that say a thing once a SKU hold their rows in memory; the largest sellers have some 500,000 SKUs.
int64_t most_rows(account::ReportKind kind) {
  using account::ReportKind;
  constexpr int64_t kOfCosts = 500'000;
  constexpr int64_t kOfListings = 2'000'000;
  switch (kind) {
    case ReportKind::kCostSheet:
    case ReportKind::kExchangeRates: return kOfCosts;
    case ReportKind::kPlanning:
    case ReportKind::kManageFba:
    case ReportKind::kReserved:
    case ReportKind::kFeePreview:
    case ReportKind::kStorageFees:
    case ReportKind::kAgedSurcharge: return kOfListings;
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
                        {"the file ends in the middle of this line: it is cut short", "文件在此行中间结束：文件不全"},
                        {"download the report again", "请重新下载报告"}});
}

Result<void> read_text(const std::string& path, const FileHead& head, const Progress& progress, ReadReport& report,
                       ReportReader& reader, Row& row) {
  auto source = ByteSource::open(path);
  if (!source) return tl::unexpected(source.error());
  TextStream stream(std::move(*source), head.encoding, progress);
  RecordReader records([&](std::string& chunk) { return stream.next(chunk); }, head.delimiter);
  Record record;
  bool whole_rows = true;  // all so far have as many fields as the header
  for (;;) {
    const auto got = records.next(record);
    if (!got) return tl::unexpected(got.error());
    if (!*got) break;
    if (record.line <= head.header_line) continue;
    if (report.rows_read == most_rows(report.kind)) return too_many_rows(path, report.kind);
    if (!record.too_long) {
      const bool short_row = record.fields.size() < head.header.size();
      // Sheets that people write may leave out the last columns anywhere.
      if (short_row && record.open_end && whole_rows && report.rows_read > 0 && !account::is_by_hand(report.kind)) {
        refuse_cut_row(report, record);
        continue;
      }
      whole_rows = whole_rows && !short_row;
      take_row(report, reader, row, record.line, record.fields);
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
  report.content_hash = stream.hash();
  return {};
}

}  // namespace

Result<ReadReport> read_report(const std::string& path, const ReadOptions& options, const Progress& progress) {
  const auto head = read_head(path);
  if (!head) return tl::unexpected(head.error());
  ReadReport report;
  report.kind = head->format->kind;
  report.encoding = head->encoding.name;
  report.header = head->header;
  const Conventions conventions = conventions_of(path, *head, options, report.notes);
  ReadContext context{options.book, conventions, report.facts, report.notes, ListingTable(report.facts.listings),
                      report.header};
  const auto reader = head->format->make_reader(context);
  Row row(head->layout, conventions);
  if (head->workbook) {
    read_sheet(*head, report, *reader, row);
    auto hash = hash_of_file(path);
    if (!hash) return tl::unexpected(hash.error());
    report.content_hash = *hash;
  } else if (const auto done = read_text(path, *head, progress, report, *reader, row); !done) {
    return tl::unexpected(done.error());
  }
  if (report.rows_read == 0)
    return fail(ErrorKind::kBadInput,
                {account::report_name(report.kind).en + ": a header and no rows",
                 account::report_name(report.kind).zh + "：只有表头，没有数据行"},
                path, {"download the report again; nothing was imported", "请重新下载报告；未导入任何内容"});
  reader->finish();
  return report;
}

Result<account::ReportKind> report_kind_of_file(const std::string& path) {
  const auto head = read_head(path);
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
