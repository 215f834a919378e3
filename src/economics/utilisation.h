#pragma once
// Which surcharge on storage utilisation an account pays: how many weeks of its shipments it holds, by marketplace and
// size class. An estimate from the stock of the day and the sales of thirteen weeks; Amazon averages every day.

#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

std::vector<account::StorageUse> storage_use(const account::Account& account, const market::Facts& facts);

}  // namespace destock::economics
