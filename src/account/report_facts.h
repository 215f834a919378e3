#pragma once
// What one report says, row by row, in plain records: ingest makes them, store keeps them.
// Units are pieces; volumes cubic feet; missing is std::nullopt and never 0.

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "account/outcome_facts.h"
#include "account/purchase_order.h"
#include "account/report_kind.h"
#include "base/date.h"
#include "base/money.h"

namespace destock::account {

using ListingIndex = uint32_t;  // into the listings of the same ReportFacts or Account

struct ListingInfo {
  std::string marketplace;
  std::string sku;
  std::string asin;   // empty: not said
  std::string fnsku;  // empty: not said
  std::string title;  // empty: not said
};

// Units between two ages in days, both inclusive; no `to_day`: open.
struct AgeBand {
  int from_day;
  std::optional<int> to_day;
  int64_t units;
  bool operator==(const AgeBand&) const = default;
};

struct PlanningRow {
  ListingIndex listing = 0;
  Date snapshot;
  std::string condition;
  std::optional<int64_t> available, reserved, customer_orders, fc_transfer, fc_processing;
  std::optional<int64_t> inbound, inbound_working, inbound_shipped, inbound_received;
  std::optional<int64_t> unfulfillable, pending_removal;
  std::vector<AgeBand> ages;  // ascending, without overlap; empty: not said
  std::optional<Money> price, sales_price;
  std::optional<int64_t> units_t7, units_t30, units_t60, units_t90;
  std::string alert, recommended_action, health_status, storage_type, product_group;
  std::optional<int64_t> amazon_excess;
  std::optional<double> days_of_supply, sell_through, volume_cuft;
  std::optional<Money> storage_cost_next_month, aged_cost_next_month;
};

struct ManageFbaRow {
  ListingIndex listing = 0;
  Date snapshot;
  std::string condition;
  std::optional<Money> price;
  std::optional<int64_t> fulfillable, unsellable, reserved, total;
  std::optional<int64_t> inbound_working, inbound_shipped, inbound_receiving, researching;
  std::optional<double> volume_cuft;
  bool lies_here = false;  // the units are those that lie in the country, by a column of their own
  int64_t elsewhere = 0;   // of the same row, in other countries of the network: their own reports count them; not kept
};

struct ReservedRow {
  ListingIndex listing = 0;
  Date snapshot;
  std::optional<int64_t> total, customer_orders, fc_transfer, fc_processing;
};

// Units sold on a day, cancelled and pending lines left out. revenue is what buyers paid for the goods before
// promotions, in the marketplace's currency, in 1/10,000; promo_* only count lines that a promotion touched.
struct SalesDay {
  ListingIndex listing = 0;
  int32_t day = 0;  // day number
  int64_t units = 0;
  int64_t revenue = 0;
  int64_t priced_units = 0;  // units whose line had a price
  int64_t promo_units = 0;
  int64_t promo_discount = 0;
};

// The orders that a report of sales tells of a day, whatever became of them: ascending numbers made of their ids.
struct OrdersOfDay {
  std::string marketplace;
  Date day;
  std::vector<uint32_t> orders;
};

struct LedgerDay {
  ListingIndex listing = 0;
  Date day;
  bool sellable = true;
  int64_t starting = 0, receipts = 0, shipments = 0, returns = 0, other = 0, ending = 0;
};

struct FeePreviewRow {
  ListingIndex listing = 0;
  std::optional<Money> price, referral_fee, fulfilment_fee, total_fee;
  std::optional<Money> closing_fee;  // variable, fixed and per item, together
  std::optional<double> longest_in, median_in, shortest_in, weight_lb;
  std::string size_tier, product_group;
};

struct StorageFeeRow {
  std::string marketplace, fnsku, asin, size_tier;
  Date month;  // its first day
  std::optional<double> average_units, volume_cuft;
  std::optional<Money> rate, fee;
  // What the fee is made of, where the report splits it.
  std::optional<Money> base_fee, utilisation_fee, utilisation_rate, discount;
  std::optional<double> utilisation_weeks;

  // The fee by volume alone: no surcharge in it, no discount off it. Nothing where the report does not split it.
  std::optional<Money> base() const {
    if (base_fee) return base_fee;
    if (!fee || (!utilisation_fee && !discount)) return std::nullopt;
    const Money with_discount = discount ? *fee + *discount : *fee;
    return utilisation_fee ? with_discount - *utilisation_fee : with_discount;
  }
};

struct AgedChargeRow {
  ListingIndex listing = 0;
  Date day;
  std::string tier;
  std::optional<int64_t> units;
  std::optional<Money> amount, rate;
};

struct ReturnDay {
  ListingIndex listing = 0;
  Date day;
  std::string disposition;
  int64_t units = 0;
};

struct CostRow {
  std::string sku;
  std::string marketplace;  // empty: every marketplace
  std::optional<Money> unit_cost, freight;
  std::optional<int64_t> lead_time_days, moq, carton;
  std::optional<int64_t> lead_time_from, lead_time_to;  // days, where it is told as a span
  std::optional<int64_t> elsewhere;                     // units in other warehouses of the seller's
  std::optional<double> carton_m3;
  std::optional<Money> supplier_minimum;  // of an order to the supplier
  std::string supplier;
  std::string category, season, owner, tag;
  std::optional<Date> launch;
  std::optional<Date> from;  // of what was still to come when it was imported: the day from which it holds
};

// Units that lie in the country of a marketplace, or in those that belong to its network.
struct CountryStockRow {
  ListingIndex listing = 0;
  Date snapshot;
  int64_t units = 0;
};

// An offer as it stands: what it asks, whether it can be bought.
struct ListingStateRow {
  ListingIndex listing = 0;
  Date day;
  std::optional<Money> price;
  std::string status;  // as the report says it: "Active", "Inactive"; empty: not said
};

// Which SKU of the seller's own is which of Amazon's; an empty marketplace: in every one.
struct SkuPair {
  std::string own_sku, marketplace, sku;
};

struct ExchangeRateRow {
  Date day;
  Currency from, to;
  double rate = 0;
};

// The days, and within them the instants (UTC seconds), that a report speaks for in one marketplace.
struct Coverage {
  std::string marketplace;
  Date first_day, last_day;
  std::optional<int64_t> first_instant, last_instant;
  int64_t rows = 0, skus = 0, units = 0;
  // The day from which on the report tells its days whole. Days before the first instant's own are told in part: of
  // orders by last update those alone that changed since.
  Date told_from() const {
    return first_instant ? std::max(first_day, date_of_day_number(*first_instant / kSecondsADay)) : first_day;
  }
};

struct ReportFacts {
  std::vector<ListingInfo> listings;
  std::vector<PlanningRow> planning;
  std::vector<ManageFbaRow> manage_fba;
  std::vector<ReservedRow> reserved;
  std::vector<SalesDay> sales;  // ascending by listing, then day
  std::vector<OrdersOfDay> orders_of_day;
  std::vector<LedgerDay> ledger;
  std::vector<FeePreviewRow> fee_preview;
  std::vector<StorageFeeRow> storage_fees;
  std::vector<AgedChargeRow> aged_charges;
  std::vector<ReturnDay> returns;
  std::vector<CostRow> costs;
  std::vector<ExchangeRateRow> rates;
  std::vector<SkuPair> pairs;
  std::vector<PurchaseOrder> purchase_orders;
  std::vector<PlanningRow> restock;  // what Restock Inventory says of the same things
  std::vector<CountryStockRow> country_stock;
  std::vector<ListingStateRow> listing_states;
  std::vector<RemovalOrderRow> removal_orders;
  std::vector<RemovalShipmentRow> removal_shipments;
  std::vector<SettledDay> settled_days;
  std::vector<SettledAmount> settled_amounts;
  std::vector<PromotionRow> promotions;
  std::vector<TrafficRow> traffic;
  std::vector<StrandedRow> stranded;
  std::vector<StockEventRow> stock_events;
  std::vector<PromotionUseRow> promotion_uses;
  std::vector<Coverage> coverage;  // one per marketplace; empty for cost sheets and rates
};

}  // namespace destock::account
