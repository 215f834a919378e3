#pragma once
// From the facts of many reports to one Account: which report is believed for what, how reports of different dates are
// reconciled, and what their differences are. Pure: the same facts in any order give the same account.

#include "account/account.h"
#include "account/marketplace_book.h"

namespace destock::account {

struct LedgerReceipt {
  ListingIndex listing;
  int32_t day;
  int64_t units;
};
struct LedgerBalance {
  ListingIndex listing;
  Date day;
  int64_t sellable;
  int64_t unsellable;
};
struct LedgerStockout {
  ListingIndex listing;
  int32_t day;
};

// The rows in force on a day, as the store gives them. Listing indices refer to `listings`, which need no order.
struct FactsInForce {
  std::string account;
  std::optional<Currency> base_currency;
  Date as_of;
  std::vector<ListingInfo> listings;
  std::vector<PlanningRow> planning;
  std::vector<ManageFbaRow> manage_fba;
  std::vector<ReservedRow> reserved;
  std::vector<LedgerReceipt> receipts;
  std::vector<LedgerBalance> balances;  // the last one of each listing
  std::vector<LedgerStockout> stockouts;
  std::vector<StockWeek> stock_weeks;
  std::vector<SalesSpan> ledger_spans;
  std::vector<SalesDay> sales;  // one source per marketplace and day already chosen
  std::vector<SalesSpan> sales_spans;
  std::vector<SalesSpan> sales_gaps;   // of which no report tells, between days of which some do
  std::vector<SalesSpan> ledger_gaps;  // the same of the ledger
  std::vector<FeePreviewRow> fee_preview;
  std::vector<StorageFeeRow> storage_fees;
  std::vector<AgedChargeRow> aged_charges;
  std::vector<ReturnDay> returns;
  std::vector<CostRow> costs;  // later rows win
  std::vector<ExchangeRateRow> rates;
  std::vector<SkuPair> pairs;
  std::vector<PurchaseOrder> purchase_orders;  // later rows win
  std::vector<PlanningRow> restock;
  std::vector<CountryStockRow> country_stock;
  std::vector<ListingStateRow> listing_states;
  std::vector<TrafficRow> traffic;    // of the last kTrafficDays, and later
  std::vector<StrandedRow> stranded;  // of each marketplace's newest report
  std::vector<SettledDay> settled;    // of the last kSettledDays
  std::vector<ReportAge> reports;
  std::vector<ReportAge> not_in_force;
};

Account assemble(FactsInForce facts, const MarketplaceBook& book);

// The ages of `units` on hand by first-in-first-out over receipts (oldest first): the units left are the youngest.
// Units that came before `history_from` are in one open band that starts at the age of that day.
std::vector<AgeBand> ages_from_receipts(std::span<const Receipt> receipts, int64_t units, Date as_of,
                                        Date history_from);

}  // namespace destock::account
