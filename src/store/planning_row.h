#pragma once
// The columns of the planning table, which holds what FBA Inventory and Restock Inventory say, and one row of it.

#include "account/report_facts.h"
#include "store/cells.h"

namespace destock::store {

inline constexpr const char* kPlanningColumns =
    "snapshot, condition_name, available, reserved, customer_orders, fc_transfer, fc_processing, inbound, "
    "inbound_working, inbound_shipped, inbound_received, unfulfillable, pending_removal, currency, price, sales_price, "
    "units_t7, units_t30, units_t60, units_t90, alert, recommended_action, health_status, storage_type, product_group, "
    "amazon_excess, days_of_supply, sell_through, volume_cuft, storage_cost_next_month, aged_cost_next_month";

account::PlanningRow planning_row(account::ListingIndex listing, Cells& cells);

}  // namespace destock::store
