#pragma once
// Purchase orders of the sheets in force, each with its listing.

#include "account/assemble.h"

namespace destock::account {

// Of an order that several sheets have the newest counts, whole. Its listing: the one of its SKU, by a pairing too, and
// of its marketplace; where it names none, the one that the stock is counted at. What fits none, or several, is named.
void take_purchase_orders(const FactsInForce& facts, Account& account);

}  // namespace destock::account
