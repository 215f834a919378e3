#pragma once
// How single values are written as JSON: unknown is null.

#include <fmt/ranges.h>
#include <algorithm>
#include <cmath>
#include <initializer_list>
#include <string_view>

#include "app/json.h"
#include "base/result.h"

namespace destock::app {

template <typename T>
Json or_null(const std::optional<T>& value) {
  return value ? Json(*value) : Json(nullptr);
}
inline Json or_null(const std::optional<Date>& value) {
  return value ? Json(iso(*value)) : Json(nullptr);
}
inline Json words(const std::string& text) {
  return text.empty() ? Json(nullptr) : Json(text);
}

Json velocity_json(const demand::Velocity& velocity);

// Figures of the planner, without the digits that mean nothing.
inline Json rounded(double value, double steps) {
  return std::round(value * steps) / steps;
}
inline Json rounded(const std::optional<double>& value, double steps) {
  return value ? rounded(*value, steps) : Json(nullptr);
}

inline Json texts(const std::vector<Text>& list, Lang lang) {
  Json array = Json::array();
  for (const Text& text : list) array.push_back(text.in(lang));
  return array;
}

// kBadUsage for an object with a key that nobody reads: a wish with a slip in its name is no wish.
inline Result<void> check_keys(const Json& json, std::initializer_list<std::string_view> known) {
  for (const auto& [key, value] : json.items())
    if (std::find(known.begin(), known.end(), key) == known.end()) {
      const std::string list = fmt::format("{}", fmt::join(known, ", "));
      return fail(ErrorKind::kBadUsage, {"no such field", "没有该字段"}, key,
                  {"known are " + list, "可用字段：" + list});
    }
  return {};
}

}  // namespace destock::app
