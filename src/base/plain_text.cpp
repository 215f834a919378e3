#include "base/plain_text.h"

#include <algorithm>
#include <array>
#include <cstdint>
#include <cstdio>

namespace destock {
namespace {

// The length of the character at the front, by its first byte; 0 where none begins or it is cut off or badly formed.
size_t length_of(std::string_view text) {
  const auto byte = [&](size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char first = byte(0);
  const size_t length = first < 0x80                    ? 1
                        : first >= 0xC2 && first < 0xE0 ? 2
                        : first >= 0xE0 && first < 0xF0 ? 3
                        : first >= 0xF0 && first < 0xF5 ? 4
                                                        : 0;
  if (length == 0 || length > text.size()) return 0;
  for (size_t i = 1; i < length; ++i)
    if ((byte(i) & 0xC0) != 0x80) return 0;
  return length;
}

uint32_t code_of(std::string_view character) {
  if (character.size() == 1) return static_cast<unsigned char>(character[0]);
  uint32_t code = static_cast<unsigned char>(character[0]) & (0xFFU >> (character.size() + 1));
  for (size_t i = 1; i < character.size(); ++i) code = (code << 6) | (static_cast<unsigned char>(character[i]) & 0x3FU);
  return code;
}

bool turns_text(uint32_t code) {
  return (code >= 0x202A && code <= 0x202E) || (code >= 0x2066 && code <= 0x2069) || code == 0x200E || code == 0x200F ||
         code == 0x061C;
}

// C0, DEL and C1, which terminals obey too.
bool is_control(uint32_t code) {
  return code < 0x20 || (code >= 0x7F && code < 0xA0);
}

std::string escaped(uint32_t code) {
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "\\u%04X", static_cast<unsigned>(code));
  return text.data();
}

}  // namespace

std::string plain_text(std::string_view text, std::string_view kept) {
  constexpr std::string_view kNoText = "\xEF\xBF\xBD";  // U+FFFD
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const size_t length = length_of(text);
    const std::string_view character = text.substr(0, std::max<size_t>(length, 1));
    text.remove_prefix(character.size());
    if (length == 0) {
      out += kNoText;
      continue;
    }
    const uint32_t code = code_of(character);
    const bool steers = is_control(code) && kept.find(character) == std::string_view::npos;
    if (steers || turns_text(code))
      out += escaped(code);
    else
      out += character;
  }
  return out;
}

size_t cut_off_at_end(std::string_view text) {
  for (size_t back = 1; back <= 3 && back <= text.size(); ++back) {
    const auto byte = static_cast<unsigned char>(text[text.size() - back]);
    if ((byte & 0xC0) == 0x80) continue;  // goes on with a character
    const size_t length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC2 ? 2 : 1;
    return length > back ? back : 0;
  }
  return 0;
}

}  // namespace destock
