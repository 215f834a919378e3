#pragma once
// Which orders imports tell, by store and day; and which imports count beside each other.

#include <map>
#include <set>
#include <span>
#include <string>
#include <vector>

#include "account/report_facts.h"
#include "store/database.h"

namespace destock::store {

void write_orders_of_day(soci::session& sql, int64_t import, std::span<const account::OrdersOfDay> days);

// Of one import and store, days in [from, to]; by day.
std::vector<account::OrdersOfDay> read_orders_of_day(soci::session& sql, int64_t import, const std::string& marketplace,
                                                     Date from, Date to);

// By import those that count beside it, either way.
std::map<int64_t, std::set<int64_t>> read_beside(soci::session& sql, int64_t account);

}  // namespace destock::store
