#pragma once
// The parts of a workbook's archive, each unpacked whole and no further than its limit.

#include <zip.h>
#include <memory>
#include <string>

#include "base/result.h"

namespace destock::ingest {

inline constexpr uint64_t kMostIndexBytes = 4u << 20;  // of the parts that are read whole: the list of sheets, styles

tl::unexpected<Error> damaged_workbook(const std::string& path, const std::string& why, const std::string& why_zh);
tl::unexpected<Error> too_large_workbook(const std::string& path, Text what);

class XlsxParts {
public:
  // As the workbook lies on the disk, or in another archive: then it is unpacked into memory.
  static Result<XlsxParts> open(const std::string& path);

  // Empty where the archive has no such part. Names of the format's own namespace stand without their prefix.
  Result<std::string> read(const std::string& name, uint64_t most);
  const std::string& path() const { return path_; }
  // What it is, where it is no workbook.
  Error no_workbook() const;

private:
  struct ZipCloser {
    void operator()(zip_t* archive) const { zip_discard(archive); }
  };
  XlsxParts(std::string path, zip_t* archive, std::unique_ptr<std::string> bytes)
      : path_(std::move(path)), bytes_(std::move(bytes)), archive_(archive) {}

  std::string path_;
  std::unique_ptr<std::string> bytes_;  // what the archive is read from, where it lies in another one
  std::unique_ptr<zip_t, ZipCloser> archive_;
  uint64_t unpacked_ = 0;
};

}  // namespace destock::ingest
