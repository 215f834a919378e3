#pragma once
// A sentence for people, in both languages of the product. It is written where the fact is known, and the language is
// chosen where it is shown.

#include <string>
#include <string_view>
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

// "A, B": one more of those that a sentence names.
inline void add_to_list(std::string& list, std::string_view one, std::string_view between = ", ") {
  if (!list.empty()) list += between;
  list += one;
}
inline void add_to_list(Text& list, const Text& one) {
  add_to_list(list.en, one.en);
  add_to_list(list.zh, one.zh, "、");
}

// Several said in one line.
inline Text in_one_line(const std::vector<Text>& texts) {
  Text line;
  for (const Text& text : texts) {
    add_to_list(line.en, text.en, "; ");
    add_to_list(line.zh, text.zh, "；");
  }
  return line;
}

}  // namespace destock
