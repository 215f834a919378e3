#pragma once
// The JSON of fees, audit, explanation and facts.

#include "app/fact_coverage.h"
#include "app/json.h"
#include "economics/explain.h"
#include "economics/fee_audit.h"
#include "economics/fee_quote.h"

namespace destock::app {

Json fee_quote_json(const economics::FeeQuote& quote, Lang lang);
Json fee_audit_json(const account::Account& account, const economics::FeeAudit& audit, Lang lang);
Json explanation_json(const account::Listing& listing, const economics::Explanation& explanation, Lang lang);
Json facts_json(const std::vector<FactRowInForce>& rows, Date day, Lang lang);

// The same as tables.
deliver::Table fee_quote_table(const economics::FeeQuote& quote);
deliver::Table fee_audit_table(const account::Account& account, const economics::FeeAudit& audit);
deliver::Table explanation_table(const economics::Explanation& explanation, const market::Facts& facts);

}  // namespace destock::app
