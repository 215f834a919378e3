#pragma once
// Which encoding a report is in, told from its bytes, and its text as UTF-8.

#include <limits>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

struct UConverter;

namespace destock::ingest {

struct Encoding {
  std::string name;  // as ICU knows it: "UTF-8", "UTF-16LE", "windows-1252", "ibm-943_P15A-2003" (CP932), "GB18030"
  size_t mark_bytes = 0;  // of a byte order mark
  bool assumed = false;   // UTF-8 as far as was looked: the rest may show another
  bool from_few = false;  // told from a few characters
};

// Whether the bytes are UTF-8; a character cut off at the very end is allowed when more may follow.
bool is_utf8(std::string_view bytes, bool more_follows);

// Of bytes that are no UTF-8: in which they read best; nothing where that is worse than `least_score` (readings_of).
std::optional<Encoding> likeliest_encoding(std::string_view bytes, std::string_view marketplace,
                                           double least_score = -std::numeric_limits<double>::infinity());

bool is_mostly_utf8(std::string_view bytes);

// From bytes of a file: its byte order mark, zero bytes of UTF-16, UTF-8's own grammar, then how well it reads in each
// encoding that can be. `marketplace`: see readings_of.
Encoding detect_encoding(std::string_view head, bool more_follows, std::string_view marketplace = {});

// Text of any kind made valid UTF-8: invalid bytes are read as windows-1252, as Excel in the West writes them.
std::string valid_utf8(std::string_view text);

// Converts a stream of bytes to UTF-8, chunk by chunk; what cannot be decoded becomes U+FFFD.
class Decoder {
public:
  explicit Decoder(const Encoding& encoding);
  ~Decoder();
  Decoder(Decoder&&) noexcept;
  Decoder(const Decoder&) = delete;
  Decoder& operator=(const Decoder&) = delete;
  Decoder& operator=(Decoder&&) = delete;

  // Appends the text of the bytes to `out`. `last`: nothing follows.
  void decode(std::string_view bytes, bool last, std::string& out);

private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace destock::ingest
