#pragma once
// The text of a file as UTF-8 chunks, read, hashed, unpacked and decoded on a thread of its own.

#include <memory>
#include <string>

#include "base/result.h"
#include "ingest/byte_source.h"
#include "ingest/encoding.h"

namespace destock::ingest {

class TextStream {
public:
  TextStream(ByteSource source, const Encoding& encoding, Progress progress);
  ~TextStream();
  TextStream(const TextStream&) = delete;
  TextStream& operator=(const TextStream&) = delete;

  // The next chunk into `chunk`, whose old content is given up; false at the end, and where `other_bytes` is not empty.
  Result<bool> next(std::string& chunk);
  // Of a text that was taken for UTF-8 by its head: bytes around the first that are not. Valid once next() has returned
  // false; empty: all of it is.
  const std::string& other_bytes() const;
  // Valid once next() has returned false.
  std::string hash();

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace destock::ingest
