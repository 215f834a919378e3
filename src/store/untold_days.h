#pragma once
// Days between those that reports speak for of which none tells, by marketplace. Throws soci_error.

#include <soci/soci.h>
#include <map>
#include <string>
#include <vector>

#include "account/account.h"
#include "store/in_force.h"

namespace destock::store {

// Of sales, until the day before `as_of`. Where shipments go on after the last day of orders, their first days ship
// what was bought before and is counted already: such days are taken out of `days`, which says the imports that speak
// for each, and are gaps too.
std::vector<account::SalesSpan> gaps_of_sales(soci::session& sql, const std::vector<Covering>& coverings,
                                              const std::string& marketplace, Date as_of,
                                              std::map<int32_t, std::vector<int64_t>>& days);

// Of the ledger, which has a row a day for all that lies in store; one day between two reports may be their zones'.
void add_ledger_gaps(const std::string& marketplace, const std::map<int32_t, std::vector<int64_t>>& days,
                     std::vector<account::SalesSpan>& gaps);

}  // namespace destock::store
