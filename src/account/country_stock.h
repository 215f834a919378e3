#pragma once
// What lies in each country, by a report that says so: it goes before what the stores of a network each show.

#include "account/assemble.h"

namespace destock::account {

// Gives each listing of a network the units that lie in its country, and keeps figures that several of them show once.
void take_country_stock(const FactsInForce& facts, const std::vector<ListingIndex>& moved, const MarketplaceBook& book,
                        Account& account);

}  // namespace destock::account
