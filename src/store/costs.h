#pragma once
// Costs of goods, as cost sheets give them.

#include <span>
#include <vector>

#include "account/report_facts.h"
#include "store/database.h"

namespace destock::store {

void write_costs(soci::session& sql, int64_t import, std::span<const account::CostRow> costs);

// Those that hold on the day, of sheets in force; of two for one SKU the later row goes before. By file; of one file,
// of whatever sheet, what is for one store comes after what is for all, and what began later after what began before.
std::vector<account::CostRow> read_costs(soci::session& sql, int64_t account, Date day);

}  // namespace destock::store
