#pragma once
// `destock decide`: one SKU a line of JSON, its plan a line of JSON. The fields are described in docs/decide.md.

#include <iosfwd>
#include <string>

#include "app/json.h"
#include "clearance/planner.h"
#include "market/playbook.h"

namespace destock::app {

struct Decided {
  std::string line;  // JSON, without the line's end
  bool refused = false;
};
// `number`: of the line, from 1, for its error. Needs nothing but the line and the playbook's rules.
Decided decide_line(const std::string& line, size_t number, const market::Playbook& playbook,
                    clearance::Planner& planner, Lang lang);

// Every line of `in`, answers in the same order, on `threads`; a few hundred lines are held at once. The number
// refused.
size_t decide_stream(std::istream& in, std::ostream& out, const market::Playbook& playbook, unsigned threads,
                     Lang lang);

}  // namespace destock::app
