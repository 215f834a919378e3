// Archives whose headers lie: entries put together byte by byte from the input's choices, with sizes, methods, offsets
// and counts of its own, and a workbook's names or reports', so that a wrong size is met where parts are unpacked.

#include <fuzzer/FuzzedDataProvider.h>
#include <zlib.h>
#include <vector>

#include "report_file.h"

namespace {

using Choices = FuzzedDataProvider;

void put(uint64_t value, int bytes, std::string& out) {
  for (int i = 0; i < bytes; ++i) out += static_cast<char>(i < 8 ? value >> (8 * i) & 0xFF : 0);
}

struct Entry {
  std::string name, data;
  uint16_t method = 0, flags = 0;
  uint32_t checksum = 0, packed = 0, unpacked = 0, offset = 0;
};

Entry entry_of(Choices& in) {
  static const char* const kNames[] = {"xl/workbook.xml",
                                       "xl/_rels/workbook.xml.rels",
                                       "xl/worksheets/sheet1.xml",
                                       "xl/sharedStrings.xml",
                                       "xl/styles.xml",
                                       "../../etc/passwd",
                                       "C:\\UK\\orders.txt",
                                       "\xC3\xC0\xB9\xFA\xD5\xBE.csv",
                                       "costs.csv",
                                       "costs.csv",
                                       "folder/",
                                       ""};
  static const uint16_t kMethods[] = {0, 8, 9, 12, 99};
  Entry entry;
  entry.name = in.PickValueInArray(kNames);
  entry.method = in.PickValueInArray(kMethods);
  entry.flags = in.ConsumeBool() ? uint16_t{0} : in.ConsumeIntegral<uint16_t>();
  static const char* const kReports[] = {"sku,unit-cost,currency\nA-1,3.10,USD\n",
                                         "sku\tafn-fulfillable-quantity\tyour-price\nA-1\t5\t9.99\n"};
  entry.data = in.ConsumeBool() ? in.PickValueInArray(kReports) : in.ConsumeRandomLengthString(256);
  const auto size = static_cast<uint32_t>(entry.data.size());
  entry.packed = in.ConsumeBool() ? size : in.ConsumeIntegral<uint32_t>();
  entry.unpacked = in.ConsumeBool() ? size : in.ConsumeIntegral<uint32_t>();
  const auto sum = crc32(0, reinterpret_cast<const Bytef*>(entry.data.data()), size);
  entry.checksum = in.ConsumeBool() ? static_cast<uint32_t>(sum) : in.ConsumeIntegral<uint32_t>();
  return entry;
}

// What the local header and the central directory say alike.
void put_common(const Entry& entry, std::string& out) {
  put(20, 2, out);
  put(entry.flags, 2, out);
  put(entry.method, 2, out);
  put(0, 4, out);  // time and day
  put(entry.checksum, 4, out);
  put(entry.packed, 4, out);
  put(entry.unpacked, 4, out);
  put(entry.name.size(), 2, out);
  put(0, 2, out);  // nothing extra
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  Choices in(data, size);
  std::vector<Entry> entries;
  for (size_t i = in.ConsumeIntegralInRange<size_t>(1, 6); i > 0; --i) entries.push_back(entry_of(in));
  std::string archive;
  for (Entry& entry : entries) {
    entry.offset =
        in.ConsumeProbability<float>() < 0.9f ? static_cast<uint32_t>(archive.size()) : in.ConsumeIntegral<uint32_t>();
    archive += "PK\x03\x04";
    put_common(entry, archive);
    archive += entry.name + entry.data;
  }
  const size_t directory = archive.size();
  for (const Entry& entry : entries) {
    archive += "PK\x01\x02";
    put(20, 2, archive);
    put_common(entry, archive);
    put(0, 10, archive);  // comment, disk, attributes
    put(entry.offset, 4, archive);
    archive += entry.name;
  }
  const size_t end = archive.size();
  archive += "PK\x05\x06";
  put(0, 4, archive);
  const uint64_t count = in.ConsumeBool() ? entries.size() : in.ConsumeIntegral<uint16_t>();
  put(count, 2, archive);
  put(count, 2, archive);
  put(in.ConsumeBool() ? end - directory : in.ConsumeIntegral<uint32_t>(), 4, archive);
  put(in.ConsumeBool() ? directory : in.ConsumeIntegral<uint32_t>(), 4, archive);
  put(0, 2, archive);
  destock::fuzz::read_as_file(archive);
  destock::fuzz::read_as_archive(archive);
  return 0;
}
