#include "ingest/script_score.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/ascii.h"

namespace destock::ingest {
namespace {

using Byte = unsigned char;

// A character of several bytes at the beginning of a text: how long it is, how common. No length: there is none such.
struct Character {
  size_t length = 0;
  double worth = 0;
};
constexpr Character kNone{};
constexpr double kCommon = 1, kSign = 0.8, kRare = 0.3, kOdd = 0, kNobody = -1;

Byte at(std::string_view text, size_t i) {
  return i < text.size() ? static_cast<Byte>(text[i]) : Byte{0};
}
bool between(Byte byte, int low, int high) {
  return byte >= low && byte <= high;
}

// GB 18030: two levels of GB 2312 (B0–D7, D8–F7), signs (A1–A3), what GBK added around them, four bytes.
Character gb18030(std::string_view text) {
  const Byte lead = at(text, 0), trail = at(text, 1);
  if (!between(lead, 0x81, 0xFE)) return kNone;
  if (between(trail, 0x30, 0x39)) {
    if (!between(at(text, 2), 0x81, 0xFE) || !between(at(text, 3), 0x30, 0x39)) return kNone;
    return {4, kNobody};
  }
  if (trail < 0x40 || trail == 0x7F || trail == 0xFF) return kNone;
  if (trail < 0xA1 || lead < 0xA1) return {2, kOdd};
  if (between(lead, 0xB0, 0xD7)) return {2, kCommon};
  if (between(lead, 0xD8, 0xF7)) return {2, kRare};
  if (between(lead, 0xA1, 0xA3)) return {2, kSign};
  return {2, between(lead, 0xA4, 0xA9) ? 0.1 : kNobody};
}

// CP 932: kana (82, 83), two levels of kanji (88–97, 98–9F and E0–EA), half-width kana in one byte.
Character cp932(std::string_view text) {
  const Byte lead = at(text, 0), trail = at(text, 1);
  if (between(lead, 0xA1, 0xDF)) return {1, -0.3};
  if (!between(lead, 0x81, 0x9F) && !between(lead, 0xE0, 0xFC)) return kNone;
  if (trail < 0x40 || trail == 0x7F || trail > 0xFC) return kNone;
  if (lead == 0x82 || lead == 0x83) return {2, 1.2};
  if (between(lead, 0x88, 0x97)) return {2, kCommon};
  if (lead == 0x81) return {2, kSign};
  return {2, between(lead, 0x98, 0x9F) || between(lead, 0xE0, 0xEA) ? kRare / 2 : kNobody};
}

Character big5(std::string_view text) {
  const Byte lead = at(text, 0), trail = at(text, 1);
  if (!between(lead, 0xA1, 0xF9)) return kNone;
  if (!between(trail, 0x40, 0x7E) && !between(trail, 0xA1, 0xFE)) return kNone;
  if (between(lead, 0xA4, 0xC6)) return {2, kCommon};
  return {2, between(lead, 0xA1, 0xA3) ? kSign : kRare / 2};
}

Character euc_jp(std::string_view text) {
  const Byte lead = at(text, 0), trail = at(text, 1);
  if (lead == 0x8E && between(trail, 0xA1, 0xDF)) return {2, kOdd};
  if (!between(lead, 0xA1, 0xFE) || !between(trail, 0xA1, 0xFE)) return kNone;
  if (lead == 0xA4 || lead == 0xA5) return {2, 1.2};
  if (between(lead, 0xB0, 0xCF)) return {2, kCommon};
  if (between(lead, 0xA1, 0xA3)) return {2, kSign};
  return {2, between(lead, 0xD0, 0xF4) ? kRare / 2 : kNobody};
}

bool is_letter_1252(Byte byte) {
  return (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7) || byte == 0x8A || byte == 0x8C || byte == 0x8E ||
         byte == 0x9A || byte == 0x9C || byte == 0x9E || byte == 0x9F;
}

bool is_letter_1250(Byte byte) {
  constexpr std::string_view kLow = "\x8A\x8C\x8D\x8E\x8F\x9A\x9C\x9D\x9E\x9F\xA3\xA5\xAA\xAF\xB3\xB9\xBA\xBC\xBE\xBF";
  return (byte >= 0xC0 && byte != 0xD7 && byte != 0xF7) || kLow.find(static_cast<char>(byte)) != std::string_view::npos;
}

// An alphabet of one byte a letter: which bytes are letters, how many of them follow each other in words.
struct Alphabet {
  std::string_view encoding;
  bool (*is_letter)(Byte);
  size_t longest_run;
};

// Letters beyond ASCII stand alone or a few together beside ASCII ones; signs stand alone.
double western_run(std::string_view text, size_t begin, size_t end, const Alphabet& alphabet) {
  const auto run = end - begin;
  const bool letters =
      std::all_of(text.begin() + static_cast<std::ptrdiff_t>(begin), text.begin() + static_cast<std::ptrdiff_t>(end),
                  [&](char c) { return alphabet.is_letter(static_cast<Byte>(c)); });
  const bool in_word =
      (begin > 0 && is_ascii_letter(text[begin - 1])) || (end < text.size() && is_ascii_letter(text[end]));
  if (letters && run <= alphabet.longest_run && in_word) return kCommon;
  if (!letters && run == 1 && static_cast<Byte>(text[begin]) >= 0x80) return 0.4;
  return run <= 2 && letters ? kOdd : kNobody;
}

Reading western(std::string_view text, const Alphabet& alphabet) {
  Reading reading{std::string(alphabet.encoding), 0, 0};
  double sum = 0;
  for (size_t i = 0; i < text.size();) {
    if (static_cast<Byte>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    size_t end = i;
    while (end < text.size() && static_cast<Byte>(text[end]) >= 0x80) ++end;
    sum += western_run(text, i, end, alphabet) * static_cast<double>(end - i);
    reading.characters += end - i;
    i = end;
  }
  if (reading.characters > 0) reading.score = sum / static_cast<double>(reading.characters);
  return reading;
}

// Nothing: a byte stands where the encoding has none such. A character cut off at the end counts for nothing.
std::optional<Reading> read_as(std::string_view name, Character (*first)(std::string_view), std::string_view text) {
  Reading reading{std::string(name), 0, 0};
  double sum = 0;
  for (size_t i = 0; i < text.size();) {
    if (static_cast<Byte>(text[i]) < 0x80) {
      ++i;
      continue;
    }
    const Character character = first(text.substr(i));
    if (character.length == 0 && i + 1 == text.size()) break;
    if (character.length == 0) return std::nullopt;
    sum += character.worth;
    ++reading.characters;
    i += character.length;
  }
  if (reading.characters > 0) reading.score = sum / static_cast<double>(reading.characters);
  return reading;
}

// Lines with bytes beyond ASCII, as much of them as tells.
std::string telling_lines(std::string_view bytes) {
  constexpr size_t kEnough = 65'536;
  std::string lines;
  for (size_t begin = 0; begin < bytes.size() && lines.size() < kEnough;) {
    const size_t end = std::min(bytes.find('\n', begin), bytes.size());
    const std::string_view line = bytes.substr(begin, std::min(end - begin, kEnough));
    if (std::any_of(line.begin(), line.end(), [](char c) { return static_cast<Byte>(c) >= 0x80; })) {
      lines += line;
      lines += '\n';
    }
    begin = end + 1;
  }
  return lines;
}

}  // namespace

std::vector<Reading> readings_of(std::string_view bytes, std::string_view marketplace) {
  struct Kind {
    std::string_view name;
    Character (*first)(std::string_view);
    bool japanese;
  };
  // Equals stand in the order in which sellers' files are.
  constexpr std::array<Kind, 4> kKinds = {{{"GB18030", gb18030, false},
                                           {"ibm-943_P15A-2003", cp932, true},
                                           {"Big5", big5, false},
                                           {"EUC-JP", euc_jp, true}}};
  constexpr double kHint = 0.2;
  const std::string lines = telling_lines(bytes);
  std::vector<Reading> readings;
  for (const Kind& kind : kKinds) {
    auto reading = read_as(kind.name, kind.first, lines);
    if (!reading) continue;
    if (kind.japanese && marketplace == "JP") reading->score += kHint;
    readings.push_back(std::move(*reading));
  }
  // Of the alphabets with one byte a letter the store's own; they share most of their bytes.
  constexpr Alphabet kWestern{"windows-1252", is_letter_1252, 2}, kPolish{"windows-1250", is_letter_1250, 3},
      kTurkish{"windows-1254", is_letter_1252, 2};
  const bool of_store = marketplace == "PL" || marketplace == "TR";
  Reading alphabet = western(lines, marketplace == "PL" ? kPolish : marketplace == "TR" ? kTurkish : kWestern);
  if (of_store) alphabet.score += kHint;
  readings.push_back(std::move(alphabet));
  std::stable_sort(readings.begin(), readings.end(),
                   [](const Reading& a, const Reading& b) { return a.score > b.score; });
  return readings;
}

}  // namespace destock::ingest
