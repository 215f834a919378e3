#pragma once
// The head of a file: what kind of text it is, and which report.

#include <string>
#include <vector>

#include "base/result.h"
#include "ingest/encoding.h"
#include "ingest/report_format.h"
#include "ingest/xlsx.h"

namespace destock::ingest {

struct FileHead {
  bool workbook = false;
  std::vector<XlsxRow> sheet;              // of a workbook: the sheet that holds the report, from its header on
  std::shared_ptr<const void> sheet_text;  // what its cells look into
  Encoding encoding;
  char delimiter = ',';
  int64_t header_line = 0;
  std::vector<std::string> header;
  std::vector<std::vector<std::string>> sample;  // rows after the header
  const ReportFormat* format = nullptr;
  Layout layout;
};

Result<FileHead> read_head(const std::string& path);

}  // namespace destock::ingest
