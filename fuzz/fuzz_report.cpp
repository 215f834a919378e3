// Any bytes as a report file: read or refused, never a crash, and the row counts add up.

#include "report_file.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  destock::fuzz::read_as_file({reinterpret_cast<const char*>(data), size});
  return 0;
}
