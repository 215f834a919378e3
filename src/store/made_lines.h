#pragma once
// A line as it is kept from one plan to the next.

#include "account/plan_record.h"

namespace destock::store {

struct MadeLine {
  account::LineKey key;
  std::string inputs;  // a hash of everything that went into it
  std::string packed;
};

// Safe to call from any thread.
MadeLine made_line(const account::PlanLine& line, std::string inputs);

}  // namespace destock::store
