#pragma once
// The head of a file: what kind of text it is, and which report.

#include <string>
#include <vector>

#include "account/report_names.h"
#include "base/result.h"
#include "ingest/encoding.h"
#include "ingest/report_format.h"
#include "ingest/xlsx.h"

namespace destock::ingest {

struct FileHead {
  bool workbook = false;
  std::string sheet_name;
  std::vector<XlsxRow> sheet;              // of a workbook: the sheet that holds the report, from its header on
  std::shared_ptr<const void> sheet_text;  // what its cells look into
  Encoding encoding;
  char delimiter = ',';
  bool all_quoted = false;  // every field of the header stands in quotes
  bool cr_lines = false;    // lines end with CR alone
  int64_t header_line = 0;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> sample;  // rows after the header
  const ReportFormat* format = nullptr;
  Layout layout;
};

struct HeadOptions {
  const account::ReportNames* names = nullptr;
  std::string marketplace;           // what the file's place says, for what its bytes leave open; empty: nothing
  std::optional<Encoding> encoding;  // known already
};

Result<FileHead> read_head(const std::string& path, const HeadOptions& options);

// Of a workbook: a head, or why there is none, for each sheet that holds anything. Of text: the one.
struct SheetHead {
  std::string name;
  Result<FileHead> head;
};
Result<std::vector<SheetHead>> read_heads(const std::string& path, const HeadOptions& options);

}  // namespace destock::ingest
