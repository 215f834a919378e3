#pragma once
// A line of `destock decide` read into a decision. The fields are described in docs/decide.md.

#include <nlohmann/json.hpp>
#include <string>

#include "base/date.h"
#include "base/text.h"
#include "clearance/planner.h"
#include "market/playbook.h"

namespace destock::app {

// What is wrong with a line: the field and why. Thrown by read_decide_line, caught in decide.cpp.
struct Refused {
  std::string field;
  Text reason;
};

struct DecideLine {
  std::string sku;
  clearance::Rule rule = clearance::Rule::kBest;
  std::string policy = "optimal";
  clearance::Decision decision;
  Date as_of;
};
DecideLine read_decide_line(const nlohmann::json& json, const market::Playbook& playbook);

}  // namespace destock::app
