#pragma once
// Stock and its ages from the planning, Manage FBA Inventory, Reserved Inventory and ledger reports.

#include "account/assemble.h"

namespace destock::account {

// Fills stock, amazon, ages, age_basis and the parts of fees that inventory reports know. The receipts must be in
// place.
void take_stock(const FactsInForce& facts, const std::vector<ListingIndex>& moved, Account& account);

}  // namespace destock::account
