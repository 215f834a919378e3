#pragma once
// Sentences in one cell, a line each, in both languages.

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/text.h"

namespace destock::store {

inline std::pair<std::string, std::string> joined(const std::vector<Text>& texts) {
  std::pair<std::string, std::string> both;
  for (const Text& text : texts) {
    both.first += (both.first.empty() ? "" : "\n") + text.en;
    both.second += (both.second.empty() ? "" : "\n") + text.zh;
  }
  return both;
}

inline std::vector<Text> split(const std::string& en, const std::string& zh) {
  std::vector<Text> texts;
  size_t a = 0;
  size_t b = 0;
  while (a < en.size()) {
    const size_t a_end = std::min(en.find('\n', a), en.size());
    const size_t b_end = std::min(zh.find('\n', b), zh.size());
    texts.push_back({en.substr(a, a_end - a), b < zh.size() ? zh.substr(b, b_end - b) : std::string()});
    a = a_end + 1;
    b = b_end + 1;
  }
  return texts;
}

}  // namespace destock::store
