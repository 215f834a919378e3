#pragma once
// What the seller's own settlements say a unit of a SKU is charged: fulfilment and referral. Where Fee Preview is
// silent they go before the card, and are set against it.

#include <vector>

#include "account/account.h"
#include "economics/own_rates.h"
#include "market/facts.h"

namespace destock::economics {

// Puts them into the account's fees, and gives them beside the card's.
std::vector<OwnRate> take_own_charges(account::Account& account, const market::Facts& facts);

}  // namespace destock::economics
