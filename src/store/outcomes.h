#pragma once
// What became of stock and offers, into its tables and out of them. Throws soci_error.

#include <soci/soci.h>

#include <functional>

#include "account/assemble.h"

namespace destock::store {

// Inside the caller's transaction.
void write_removals(soci::session& sql, int64_t import, const account::ReportFacts& facts);
void write_settled(soci::session& sql, int64_t import, const account::ReportFacts& facts);
void write_promotions(soci::session& sql, int64_t import, const account::ReportFacts& facts);
void write_traffic(soci::session& sql, int64_t import, const account::ReportFacts& facts);
void write_stock_events(soci::session& sql, int64_t import, const account::ReportFacts& facts);

// A query of rows of `table` that imports in force hold, as "t"; the oldest import first.
std::string rows_in_force(const std::string& columns, const std::string& table, int64_t account,
                          const std::string& and_where = {});

// Of imports in force, each order, SKU and disposition as it was last updated; oldest request first.
std::vector<account::RemovalOrderRow> read_removal_orders(soci::session& sql, int64_t account);
// Each parcel once, by its newest import; oldest first.
std::vector<account::RemovalShipmentRow> read_removal_shipments(soci::session& sql, int64_t account);

// Each day of a settlement by one import: a settlement before a report of dates, then the newest. Days in [from, to].
std::vector<account::SettledDay> read_settled_days(soci::session& sql, int64_t account, Date from, Date to);
std::vector<account::SettledAmount> read_settled_amounts(soci::session& sql, int64_t account);

// Promotions and coupons with their products, each as it was updated last, else by its newest import; by their start.
std::vector<account::PromotionRow> read_promotions(soci::session& sql, int64_t account);

// Each product and span of days by its newest import; by marketplace, ASIN, SKU and last day. `since`: of
// spans that end then or later.
std::vector<account::TrafficRow> read_traffic(soci::session& sql, int64_t account, std::optional<Date> since = {});

// What is stranded on a day, by each marketplace's newest report.
std::vector<account::StrandedRow> read_stranded(soci::session& sql, int64_t account, Date as_of);
// Events of each day by one import: the ledger's detailed view before receipts, then the newest.
// `receipts`: those alone.
std::vector<account::StockEventRow> read_stock_events(soci::session& sql, int64_t account, bool receipts = false);
// Receipts of days that the ledger's summary does not tell, into the facts.
void add_receipts(soci::session& sql, int64_t account, const std::function<bool(const std::string&, int32_t)>& told,
                  account::FactsInForce& facts);
std::vector<account::PromotionUseRow> read_promotion_uses(soci::session& sql, int64_t account);

}  // namespace destock::store
