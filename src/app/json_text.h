#pragma once
// JSON from outside. nlohmann's copies and its writer call themselves for each level of nesting, so that 400 kB of
// brackets would take the stack: what is nested deeper than anything we read is refused before it is parsed.

#include <nlohmann/json.hpp>
#include <string_view>

namespace destock::app {

inline constexpr int kMostJsonDepth = 64;

bool nested_too_deep(std::string_view text);

// Discarded (is_discarded()) where it is no JSON or nested too deep.
template <typename Json>
Json parsed_json(std::string_view text) {
  if (nested_too_deep(text)) return Json(nlohmann::json::value_t::discarded);
  return Json::parse(text, nullptr, false);
}

}  // namespace destock::app
