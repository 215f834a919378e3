#pragma once
// The facts of one import into their tables, inside the caller's transaction. Throws soci_error.

#include <soci/soci.h>

#include "account/report_facts.h"

namespace destock::store {

void write_facts(soci::session& sql, int64_t account, int64_t import, const account::ReportFacts& facts);

}  // namespace destock::store
