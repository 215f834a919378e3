#pragma once
// The facts in force on a day, out of their tables. Throws soci_error.

#include <soci/soci.h>

#include "account/assemble.h"

namespace destock::store {

// Of a stored id; throws soci_error for what a newer program wrote.
account::ReportKind report_kind_in(const std::string& id);
// Typed ones, and those of imports in force, oldest first.
std::vector<account::ExchangeRateRow> read_rates(soci::session& sql, int64_t account);
// Of all sheets in force, the oldest sheet first.
std::vector<account::PurchaseOrder> read_purchase_orders(soci::session& sql, int64_t account);
account::FactsInForce read_facts(soci::session& sql, int64_t account, Date as_of);

}  // namespace destock::store
