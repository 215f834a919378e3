#pragma once
// HTTP/1.1 as far as this server speaks it (RFC 9112), read strictly: what two programs could understand differently is
// refused, so that no request hides in another. Pure: bytes in, a request or the status of a refusal out.

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

#include "server/http.h"

namespace destock::server {

inline constexpr size_t kMostHeadBytes = 32'768;
inline constexpr size_t kMostTargetBytes = 8'192;
inline constexpr size_t kMostFields = 100;

struct Head {
  Request request;       // without body and remote
  bool keep = true;      // another request may follow on the connection
  bool chunks = true;    // the other side reads chunked answers: not HTTP/1.0
  bool chunked = false;  // the body comes in chunks
  uint64_t length = 0;   // of a body that does not
  bool waits = false;    // for "100 Continue" before it sends the body
};

// Where the head ends in what has come so far.
struct HeadEnd {
  enum class Is { kNotYet, kHere, kBroken };
  Is is;
  size_t at;  // of the empty line's first byte
};
HeadEnd find_head_end(std::string_view data, size_t looked_at);

// The lines before the empty one. Refused as 400, 414 (the target is too long), 431 (too many fields), 501 (a transfer
// coding other than chunked) or 505 (no HTTP/1).
tl::expected<Head, int> read_head(std::string_view text);

// The body of a chunked request, taken out of what comes.
class Chunks {
public:
  enum class Is { kNotYet, kWhole, kBroken };
  // Moves what belongs to the body from `data` to `body`. Extensions and trailers are refused: nobody needs them.
  Is take(std::string& data, std::string& body);

private:
  uint64_t left_ = 0;  // of the chunk at hand
  bool ends_ = false;  // the line end after a chunk is due
  bool last_ = false;  // the empty chunk has come
};

}  // namespace destock::server
