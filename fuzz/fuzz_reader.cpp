// One report's reader: its own header, by DESTOCK_READER, and below it any bytes as rows, so that all of them reach it.

#include "ingest/report_format.h"
#include "report_file.h"

namespace {

std::string header_of(std::string_view id) {
  for (const auto& format : destock::ingest::report_formats()) {
    if (destock::account::report_id(format.kind) != id) continue;
    std::string header;
    for (const auto& column : format.columns)
      header += (header.empty() ? "" : "\t") + std::string(column.names.front());
    return header + "\n";
  }
  std::abort();  // no such reader
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const std::string header = header_of(DESTOCK_READER);
  destock::fuzz::read_as_file(header + std::string(reinterpret_cast<const char*>(data), size));
  return 0;
}
