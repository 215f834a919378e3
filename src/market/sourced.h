#pragma once
// Where a fact comes from: every row of data/ carries its dates, its source and how sure it is.

#include <optional>
#include <string>

#include "base/date.h"

namespace destock::market {

enum class Confidence {
  kConfirmed,  // two independent sources
  kSingle,     // one source
  kInferred,   // computed or judged here
  kPlaybook,   // the rule of thumb's own figure
  kOwn,        // fitted to what the seller was charged
};

struct Sourced {
  Date effective_from;
  std::optional<Date> effective_to;  // last day, inclusive; nothing: still in force
  std::string source;
  Confidence confidence = Confidence::kSingle;

  bool in_force_on(Date day) const { return effective_from <= day && (!effective_to || day <= *effective_to); }
};

}  // namespace destock::market
