#pragma once
// The facts in force on a day, out of their tables. Throws soci_error.

#include <soci/soci.h>

#include "account/assemble.h"

namespace destock::store {

// Typed ones, and those of imports in force, oldest first.
std::vector<account::ExchangeRateRow> read_rates(soci::session& sql, int64_t account);
account::FactsInForce read_facts(soci::session& sql, int64_t account, Date as_of);

}  // namespace destock::store
