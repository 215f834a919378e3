#pragma once
// Actions of the plan, renewed in the transaction that stores it.

#include "store/database.h"
#include "store/store.h"

namespace destock::store {

void renew_actions(soci::session& sql, int64_t account, int64_t plan, const Store::RenewActions& renew);

// Adds rows as they are; throws soci_error.
void insert_desk_events(soci::session& sql, int64_t account, std::span<const account::DeskEvent> events);

}  // namespace destock::store
