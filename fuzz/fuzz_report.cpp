// Any bytes as a report file: read or refused, never a crash, and the row counts add up.

#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "book.h"
#include "ingest/read_report.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace destock;
  static const int file = memfd_create("report", 0);
  static const std::string path = "/proc/self/fd/" + std::to_string(file);
  if (ftruncate(file, 0) != 0 || pwrite(file, data, size, 0) != static_cast<ssize_t>(size)) return 0;
  ingest::ReadOptions options;
  options.book = test::small_book();
  options.today = make_date(2026, 1, 6);
  options.marketplace = "US";
  options.snapshot = make_date(2026, 1, 5);
  const auto report = ingest::read_report(path, options, nullptr);
  if (report && report->rows_read != report->rows_imported + report->rows_refused) std::abort();
  if (report)
    for (const auto& day : report->facts.sales)
      if (day.listing >= report->facts.listings.size()) std::abort();
  return 0;
}
