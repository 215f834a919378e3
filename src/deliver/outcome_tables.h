#pragma once
// Tables of what became of stock and offers.

#include <span>

#include "account/outcome_facts.h"
#include "deliver/table.h"

namespace destock::deliver {

Table removal_orders_table(std::span<const account::RemovalOrderRow> orders);
Table removal_shipments_table(std::span<const account::RemovalShipmentRow> parcels);

// FBA orders by SKU, over the days that are given: what was taken of a unit.
Table settled_fees_table(std::span<const account::SettledDay> days);
Table settled_amounts_table(std::span<const account::SettledAmount> amounts);

Table promotions_table(std::span<const account::PromotionRow> promotions);
Table traffic_table(std::span<const account::TrafficRow> traffic);

Table stock_events_table(std::span<const account::StockEventRow> events);
Table promotion_uses_table(std::span<const account::PromotionUseRow> uses);

}  // namespace destock::deliver
