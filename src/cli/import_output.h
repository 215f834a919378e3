#pragma once
// What an import did, for people and for pipes.

#include "app/import.h"
#include "cli/session.h"

namespace destock::cli {

void print_outcome(const Session& session, const app::ImportOutcome& outcome);
int exit_code_of(const app::ImportOutcome& outcome);

}  // namespace destock::cli
