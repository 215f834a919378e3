#include "ingest/encoding.h"

#include <unicode/ucnv.h>
#include <algorithm>
#include <array>

#include "base/check.h"
#include "ingest/script_score.h"

namespace destock::ingest {
namespace {

// How many bytes a UTF-8 character has by its first byte; 0: none starts so.
int utf8_length(unsigned char first) {
  if (first < 0x80) return 1;
  if (first >= 0xC2 && first <= 0xDF) return 2;
  if (first >= 0xE0 && first <= 0xEF) return 3;
  if (first >= 0xF0 && first <= 0xF4) return 4;
  return 0;
}

// Where every other byte of ASCII text is zero.
std::string zero_byte_pattern(std::string_view head) {
  size_t even = 0;
  size_t odd = 0;
  const size_t length = std::min<size_t>(head.size(), 4096);
  for (size_t i = 0; i < length; ++i)
    if (head[i] == 0) ++(i % 2 == 0 ? even : odd);
  if (odd > length / 4 && even * 20 <= length) return "UTF-16LE";
  if (even > length / 4 && odd * 20 <= length) return "UTF-16BE";
  return {};
}

}  // namespace

bool is_utf8(std::string_view bytes, bool more_follows) {
  size_t i = 0;
  const size_t size = bytes.size();
  while (i < size) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const int length = utf8_length(static_cast<unsigned char>(bytes[i]));
    if (length == 0) return false;
    for (int k = 1; k < length; ++k) {
      if (i + static_cast<size_t>(k) >= size) return more_follows;
      if ((static_cast<unsigned char>(bytes[i + static_cast<size_t>(k)]) & 0xC0) != 0x80) return false;
    }
    i += static_cast<size_t>(length);
  }
  return true;
}

// Text in UTF-8 with a damaged byte here and there: no other encoding looks like it.
bool is_mostly_utf8(std::string_view bytes) {
  size_t whole = 0;
  size_t broken = 0;
  for (size_t i = 0; i < bytes.size();) {
    if (static_cast<unsigned char>(bytes[i]) < 0x80) {
      ++i;
      continue;
    }
    const auto length = static_cast<size_t>(utf8_length(static_cast<unsigned char>(bytes[i])));
    const bool good = length > 1 && i + length <= bytes.size() && is_utf8(bytes.substr(i, length), false);
    ++(good ? whole : broken);
    i += good ? length : 1;
  }
  constexpr size_t kForEachBroken = 10;
  return whole >= kForEachBroken * std::max<size_t>(1, broken);
}

Encoding detect_encoding(std::string_view head, bool more_follows, std::string_view marketplace) {
  if (head.starts_with("\xEF\xBB\xBF")) return {"UTF-8", 3};
  if (head.starts_with("\xFF\xFE")) return {"UTF-16LE", 2};
  if (head.starts_with("\xFE\xFF")) return {"UTF-16BE", 2};
  if (std::string wide = zero_byte_pattern(head); !wide.empty()) return {wide, 0};
  if (is_utf8(head, more_follows)) return {"UTF-8", 0, true};
  if (is_mostly_utf8(head)) return {"UTF-8", 0};
  return *likeliest_encoding(head, marketplace);
}

std::optional<Encoding> likeliest_encoding(std::string_view bytes, std::string_view marketplace, double least_score) {
  constexpr size_t kFew = 12;
  const Reading best = readings_of(bytes, marketplace).front();
  if (best.score < least_score) return std::nullopt;
  return Encoding{best.encoding, 0, false, best.characters < kFew};
}

struct Decoder::State {
  UConverter* from = nullptr;  // null: the text is UTF-8 already
  UConverter* to = nullptr;
  std::array<UChar, 4096> pivot{};
  UChar* pivot_source = pivot.data();
  UChar* pivot_target = pivot.data();
  size_t skip = 0;

  ~State() {
    if (from) ucnv_close(from);
    if (to) ucnv_close(to);
  }
};

Decoder::Decoder(const Encoding& encoding) : state_(std::make_unique<State>()) {
  state_->skip = encoding.mark_bytes;
  if (encoding.name == "UTF-8") return;
  UErrorCode error = U_ZERO_ERROR;
  state_->from = ucnv_open(encoding.name.c_str(), &error);
  DESTOCK_CHECK(U_SUCCESS(error));
  state_->to = ucnv_open("UTF-8", &error);
  DESTOCK_CHECK(U_SUCCESS(error));
}

Decoder::~Decoder() = default;
Decoder::Decoder(Decoder&&) noexcept = default;

void Decoder::decode(std::string_view bytes, bool last, std::string& out) {
  const size_t skipped = std::min(state_->skip, bytes.size());
  bytes.remove_prefix(skipped);
  state_->skip -= skipped;
  if (!state_->from) {
    out.append(bytes);
    return;
  }
  const char* source = bytes.data();
  const char* const source_end = source + bytes.size();
  std::array<char, 65'536> buffer;
  for (;;) {
    char* target = buffer.data();
    UErrorCode error = U_ZERO_ERROR;
    ucnv_convertEx(state_->to, state_->from, &target, buffer.data() + buffer.size(), &source, source_end,
                   state_->pivot.data(), &state_->pivot_source, &state_->pivot_target,
                   state_->pivot.data() + state_->pivot.size(), false, last, &error);
    out.append(buffer.data(), static_cast<size_t>(target - buffer.data()));
    if (error == U_BUFFER_OVERFLOW_ERROR) continue;
    if (U_FAILURE(error) && last) out.append("\xEF\xBF\xBD");  // a character cut off at the end
    return;
  }
}

std::string valid_utf8(std::string_view text) {
  if (is_utf8(text, false)) return std::string(text);
  std::string out;
  Decoder({"windows-1252", 0}).decode(text, true, out);
  return out;
}

}  // namespace destock::ingest
