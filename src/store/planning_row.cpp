#include "store/planning_row.h"

namespace destock::store {

account::PlanningRow planning_row(account::ListingIndex listing, Cells& c) {
  account::PlanningRow row;
  row.listing = listing;
  row.snapshot = c.day();
  row.condition = c.text();
  for (auto* figure :
       {&row.available, &row.reserved, &row.customer_orders, &row.fc_transfer, &row.fc_processing, &row.inbound,
        &row.inbound_working, &row.inbound_shipped, &row.inbound_received, &row.unfulfillable, &row.pending_removal})
    *figure = c.whole();
  c.currency();
  row.price = c.money();
  row.sales_price = c.money();
  for (auto* figure : {&row.units_t7, &row.units_t30, &row.units_t60, &row.units_t90}) *figure = c.whole();
  for (auto* words : {&row.alert, &row.recommended_action, &row.health_status, &row.storage_type, &row.product_group})
    *words = c.text();
  row.amazon_excess = c.whole();
  row.days_of_supply = c.real();
  row.sell_through = c.real();
  row.volume_cuft = c.real();
  row.storage_cost_next_month = c.money();
  row.aged_cost_next_month = c.money();
  return row;
}

}  // namespace destock::store
