#pragma once
// How single values are written as JSON: unknown is null.

#include <cmath>

#include "app/json.h"

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

}  // namespace destock::app
