#pragma once
// The bytes of a report file, as they are, out of gzip or out of a zip archive (see archive.h), in chunks; hashed and
// counted on the way.

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "base/result.h"

namespace destock::ingest {

// Told now and then how many bytes of the file have been read; returning false stops the import.
using Progress = std::function<bool(uint64_t bytes_read, uint64_t bytes_total)>;

inline constexpr uint64_t kMostUnpackedBytes = uint64_t{8} << 30;  // of a gzip file: as much as a plain one may have

class ByteSource {
public:
  // kNotFound, or kIo with the system's reason; kBadInput for what is no file.
  static Result<ByteSource> open(const std::string& path, uint64_t most_unpacked = kMostUnpackedBytes);
  ByteSource(ByteSource&&) noexcept;
  ~ByteSource();
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  ByteSource& operator=(ByteSource&&) = delete;

  // Appends up to about a megabyte to `out`; false at the end. kBadInput for a gzip that is damaged, cut
  // off, or too large unpacked.
  Result<bool> read(std::string& out);
  uint64_t bytes_read() const;  // of the file itself
  uint64_t bytes_total() const;
  // BLAKE2b-256 of the file's bytes, in hex; valid once read() has said that the end is reached.
  std::string hash();

private:
  struct State;
  explicit ByteSource(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace destock::ingest
