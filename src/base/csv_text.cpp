#include "base/csv_text.h"

#include <algorithm>
#include <array>

namespace destock {

bool runs_as_formula(std::string_view text) {
  text.remove_prefix(std::min(text.find_first_not_of('\''), text.size()));
  constexpr std::array<std::string_view, 11> kStarts = {"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"};
  return std::any_of(kStarts.begin(), kStarts.end(), [&](std::string_view start) { return text.starts_with(start); });
}

std::string defused(std::string_view text) {
  return runs_as_formula(text) ? "'" + std::string(text) : std::string(text);
}

std::string_view without_defusing_quote(std::string_view text) {
  if (text.starts_with('\'') && runs_as_formula(text)) text.remove_prefix(1);
  return text;
}

std::string csv_quoted(std::string_view text) {
  if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
  std::string quoted = "\"";
  for (char c : text) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

std::string csv_words(std::string_view text) {
  return csv_quoted(defused(text));
}

}  // namespace destock
