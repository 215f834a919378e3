#pragma once
// The money that a report tells of, to be looked at when it comes in.

#include <vector>

#include "account/marketplace_book.h"
#include "account/report_facts.h"
#include "account/report_kind.h"
#include "base/money.h"

namespace destock::app {

// One sum a currency: of orders and shipments what buyers paid for goods, of charges what was charged, of settlements
// what was paid out, of fees of removal what they cost. Empty: the report tells of none.
std::vector<Money> money_in(account::ReportKind kind, const account::ReportFacts& facts,
                            const account::MarketplaceBook& book);

}  // namespace destock::app
