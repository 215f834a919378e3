#pragma once
// A sentence for people, in both languages of the product. It is written where the fact is known, and the language is
// chosen where it is shown.

#include <string>
#include <vector>

namespace destock {

enum class Lang { kEn, kZh };

struct Text {
  std::string en;
  std::string zh;

  const std::string& in(Lang lang) const { return lang == Lang::kZh && !zh.empty() ? zh : en; }
  bool empty() const { return en.empty() && zh.empty(); }
  bool operator==(const Text&) const = default;
};

// Several said in one line.
inline Text in_one_line(const std::vector<Text>& texts) {
  Text line;
  for (const Text& text : texts) {
    line.en += (line.en.empty() ? "" : "; ") + text.en;
    line.zh += (line.zh.empty() ? "" : "；") + text.zh;
  }
  return line;
}

}  // namespace destock
