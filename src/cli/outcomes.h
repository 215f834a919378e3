#pragma once
// destock imports removals: what the reports in force tell of what became of things.

#include "cli/command.h"

namespace destock::cli {

void add_outcomes(const Flags& imports);

}  // namespace destock::cli
