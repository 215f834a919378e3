// Any bytes as what strangers send to the server: a head that is read says one thing only, and a chunked body comes out
// the same however it was cut on its way.

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "server/http_head.h"

namespace {

using namespace destock::server;

struct Body {
  Chunks::Is is = Chunks::Is::kNotYet;
  std::string text, rest;
  bool operator==(const Body&) const = default;
};

// The body in `data`, given `piece` bytes at a time.
Body body_of(std::string_view data, size_t piece) {
  Body out;
  Chunks chunks;
  while (out.is == Chunks::Is::kNotYet && !data.empty()) {
    const size_t taken = std::min(piece, data.size());
    out.rest.append(data.substr(0, taken));
    data.remove_prefix(taken);
    out.is = chunks.take(out.rest, out.text);
  }
  out.rest.append(data);
  return out;
}

void check_body(std::string_view data) {
  const Body whole = body_of(data, data.size() + 1);
  for (const size_t piece : {size_t{1}, size_t{3}}) {
    const Body cut = body_of(data, piece);
    if (cut.is != whole.is) std::abort();
    if (whole.is == Chunks::Is::kWhole && !(cut == whole)) std::abort();
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* bytes, size_t size) {
  const std::string_view data(reinterpret_cast<const char*>(bytes), size);
  const HeadEnd end = find_head_end(data, 0);
  if (end.is != HeadEnd::Is::kHere) return 0;
  if (end.at > size) std::abort();
  // Found at the same place by one who looked in between.
  if (const HeadEnd again = find_head_end(data, end.at / 2); again.is != end.is || again.at != end.at) std::abort();
  const auto head = read_head(data.substr(0, end.at));
  if (!head) {
    if (head.error() < 400 || head.error() > 505) std::abort();
    return 0;
  }
  if (head->chunked && head->length > 0) std::abort();
  if (head->chunked) check_body(data.substr(std::min(size, end.at + 4)));
  return 0;
}
