#pragma once
// A seller's account on one day, in memory: one entry per listing (marketplace x SKU) in every column, in the order of
// marketplace, then SKU. Histories are ragged: a listing's days lie side by side, found by its offsets.

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "account/demand_edit.h"
#include "account/report_facts.h"
#include "base/date.h"
#include "base/exchange_rates.h"
#include "base/money.h"

namespace destock::account {

struct Listing {
  std::string marketplace, sku, asin, fnsku, title;
  std::string category, season, owner, tag;
  Currency currency;  // the marketplace's
};

// Where the stock figure comes from.
enum class StockSource { kNone, kPlanning, kManageFba, kLedger, kRestock, kCountry };
std::string_view stock_source_id(StockSource source);

// What a reader must know about a stock figure.
enum StockFlag : uint32_t {
  kReservedNotSplit = 1u << 0,  // one reserved figure: counted whole, units for orders in it too
  kReservedUnknown = 1u << 1,
  kInboundNotSplit = 1u << 2,  // one inbound figure: counted whole, shipments not yet sent in it too
  kInboundUnknown = 1u << 3,
  kNotInPlanning = 1u << 4,     // Amazon's planning report leaves the SKU out
  kReportsDiffer = 1u << 5,     // two reports of the same day disagree
  kReportsOfTwoDays = 1u << 6,  // the figure is put together from reports of different days
  kStockFromLedger = 1u << 7,
  kSharedStock = 1u << 8,       // other listings show the same units: counted here
  kCountedElsewhere = 1u << 9,  // another listing shows the same units: counted there
};

struct StockPosition {
  StockSource source = StockSource::kNone;
  std::optional<Date> snapshot;
  int64_t available = 0;
  int64_t fc_transfer = 0;
  int64_t fc_processing = 0;
  int64_t reserved_orders = 0;   // sold already: not counted
  int64_t reserved_unsplit = 0;  // counted, and flagged
  int64_t inbound_working = 0;   // not sent yet: not counted
  int64_t inbound_shipped = 0;
  int64_t inbound_receiving = 0;
  int64_t inbound_unsplit = 0;  // counted, and flagged
  int64_t unfulfillable = 0;
  int64_t pending_removal = 0;
  uint32_t flags = 0;
  std::vector<std::string>
      differences;         // "available: FBA Inventory 12 (2026-01-05), Manage FBA Inventory 15 (2026-01-06)"
  bool lies_here = false;  // a report says that the units lie in this country
  std::vector<std::string> shared_with;  // "FR MAT-01": listings that show the same units
  std::string counted_at;                // "DE MAT-01": the listing where they are counted

  int64_t reserved() const { return fc_transfer + fc_processing + reserved_orders + reserved_unsplit; }
  int64_t inbound() const { return inbound_shipped + inbound_receiving + inbound_unsplit; }
  int64_t on_hand() const { return available + fc_transfer + fc_processing + reserved_unsplit; }
  // Stock counted for the stock-to-sales ratio: on hand and on its way, without what is sold, unsellable or not yet
  // sent.
  int64_t total() const { return on_hand() + inbound(); }
};

// Amazon's own opinion, to stand beside ours.
struct AmazonView {
  std::optional<int64_t> excess;
  std::optional<int64_t> units_t7, units_t30, units_t60, units_t90;
  std::optional<double> days_of_supply, sell_through;
  std::string recommended_action, alert, health_status;
  std::string listing_status;  // "Inactive": it cannot be bought; empty: not said
  std::optional<StrandedRow> stranded{};
  std::optional<TrafficRow> traffic{};  // of its newest days; of the ASIN whole where nothing says the SKU's own
};

// How far back a load reads payments, and visits.
inline constexpr int kSettledDays = 180;
inline constexpr int kTrafficDays = 92;

// What FBA orders of a SKU were charged, as settlements show it: the newest of it. economics/own_charges.h
struct SettledFees {
  std::optional<Money> fulfilment;      // of a unit, with taxes in it as charged
  std::optional<double> referral_rate;  // of what buyers paid
  std::optional<Money> price;           // that they paid on average
  Date first_day, last_day;
  int64_t units = 0;
};

// What the seller's own reports say of fees; they beat any table.
struct FeeFacts {
  std::optional<Money> price;          // the current price
  std::optional<Money> preview_price;  // the price that the previewed referral fee was computed at
  std::optional<Money> referral_fee, fulfilment_fee;
  std::optional<Money> closing_fee;  // nought: none is due
  std::optional<Date> preview_day;   // of which the previewed fees are
  std::optional<Money> storage_cost_next_month, aged_cost_next_month;
  std::optional<double> volume_cuft;
  std::optional<double> weight_lb;
  std::optional<double> longest_in, median_in, shortest_in;
  std::string size_tier, storage_type;
  std::optional<SettledFees> settled{};
};

struct CostFacts {
  std::optional<Money> unit_cost, freight;
  std::optional<int64_t> lead_time_days, moq, carton;
  std::optional<int64_t> lead_time_from, lead_time_to;  // days
  std::optional<int64_t> elsewhere;                     // units in other warehouses of the seller's
  std::optional<double> carton_m3;
  std::optional<Money> supplier_minimum;
  std::string supplier;
  std::optional<Date> launch;
};

// Ages of the stock on hand, and what they rest on.
enum class AgeBasis { kUnknown, kPlanningBands, kLedgerReceipts };

template <typename T>
struct Ragged {
  std::vector<uint64_t> offsets{0};  // one more than listings
  std::vector<T> values;
  std::span<const T> of(size_t listing) const {
    return {values.data() + offsets[listing], values.data() + offsets[listing + 1]};
  }
  void close() { offsets.push_back(values.size()); }
};

struct SalesHistory {
  Ragged<int32_t> days;  // ascending day numbers; the columns beside it share its offsets
  std::vector<int32_t> units;
  std::vector<int64_t> revenue;  // 1/10,000 of the marketplace's currency
  std::vector<int32_t> priced_units;
  std::vector<int32_t> promo_units;
  std::vector<int64_t> discount;  // given on those units, 1/10,000
};

// Which days the sales history speaks for, by marketplace.
struct SalesSpan {
  std::string marketplace;
  Date first_day, last_day;
};

// Sellable units in the fulfilment centres at the end of a week, from the ledger.
struct StockWeek {
  ListingIndex listing;
  int32_t weeks_ago;  // the week that ended so many times seven days before `as_of`
  int64_t units;
};
inline constexpr int kStockWeeks = 13;

struct Receipt {
  int32_t day;
  int64_t units;
};

// Each report in use: how old it is, and whether a newer one waits to be accepted.
struct ReportAge {
  ReportKind report;
  std::string marketplace;
  Date day;  // the snapshot's, or the last day covered
  int64_t import_id = 0;
  bool newer_set_aside = false;
};

// How much of its storage an account turns over, by marketplace and size class: an estimate from what it holds and has
// shipped. economics/utilisation.h
struct StorageUse {
  std::string marketplace, size_class;
  double volume_cuft = 0;           // held a day, what is young left out
  double shipped_cuft_a_week = 0;   // on average over thirteen weeks
  std::optional<double> weeks;      // one by the other
  bool unknown = false;             // nothing says how fast it sells: whether a surcharge is due is not known
  std::optional<Money> per_volume;  // the surcharge that is due; nothing: none
  std::vector<unsigned> months;     // in which
  std::string source;
};

// A SKU that a spreadsheet seems to have damaged, and the listing's that it was taken for.
struct DoubtedSku {
  std::string sku, taken_for;
  bool of_cost = false;  // in a cost sheet
};

// A purchase order of a listing.
struct ListingOrder {
  size_t listing;
  PurchaseOrder order;
};

struct Account {
  std::string name;
  Date as_of;
  std::optional<Currency> base_currency;  // chosen by the user
  std::vector<Listing> listings;
  std::vector<StockPosition> stock;
  std::vector<AmazonView> amazon;
  std::vector<FeeFacts> fees;
  std::vector<CostFacts> costs;
  Ragged<AgeBand> ages;  // youngest first
  std::vector<AgeBasis> age_basis;
  Ragged<Receipt> receipts;  // oldest first
  Ragged<int32_t> stockout_days;
  std::vector<StockWeek> stock_weeks;           // ascending by listing, then weeks; the last kStockWeeks
  std::vector<std::optional<Date>> first_seen;  // first receipt, sale or launch that is known
  SalesHistory sales;
  std::vector<SalesSpan> sales_spans;
  std::vector<SalesSpan> sales_gaps;  // days within them of which no report tells; by marketplace ascending
  std::vector<StorageFeeRow> storage_fees;
  std::vector<AgedChargeRow> aged_charges;  // listing: index into listings
  std::vector<ReturnDay> returns;           // ascending by listing, then day
  std::vector<SettledDay> settled;          // ascending by marketplace, SKU, then day, as listings are
  std::vector<DemandEdit> demand_edits;     // what people know of demand, as they decided it
  std::vector<StorageUse> storage_use;      // empty: not reckoned
  std::vector<ReportAge> reports;
  std::vector<ReportAge> not_in_force;        // imported, and of days that the account's day does not reach: not used
  std::vector<ListingOrder> purchase_orders;  // ascending by listing, then as the sheets have them
  std::vector<std::string> unmatched_orders;  // "PO-7 A-1": of no listing, or of several
  std::vector<std::string> unmatched_costs;   // SKUs of the cost sheet without a listing
  std::vector<DoubtedSku> doubted_skus;
  ExchangeRates rates;

  size_t size() const { return listings.size(); }
  std::span<const ReturnDay> returns_of(size_t listing) const;
  std::span<const ListingOrder> orders_of(size_t listing) const;
  std::span<const StockWeek> stock_weeks_of(size_t listing) const;
  // Units of the sales history from a day on; and of the days from..to, both inclusive.
  int64_t units_since(size_t listing, Date from) const;
  int64_t units_sold(size_t listing, Date from, Date to) const;
  // Days of from..to, both inclusive, that lie in a gap of the marketplace's sales.
  int64_t untold_days(std::string_view marketplace, Date from, Date to) const;
};

}  // namespace destock::account
