#include <algorithm>
#include <map>
#include <tuple>

#include "store/bulk_insert.h"
#include "store/cells.h"
#include "store/outcomes.h"

namespace destock::store {
namespace {

// A report of stranded stock that is older says nothing of today.
constexpr int kStrandedDays = 30;
constexpr int kFetchedWithin = 7;  // it is downloaded a few days after a snapshot

}  // namespace

void write_stock_events(soci::session& sql, int64_t import, const account::ReportFacts& facts) {
  BulkInsert stranded(sql, "stranded",
                      {{"import_id", kInt},
                       {"marketplace", kText},
                       {"sku", kText},
                       {"day", kInt},
                       {"since", kInt},
                       {"removed_from", kInt},
                       {"reason", kText},
                       {"action", kText},
                       {"units", kInt}});
  for (const account::StrandedRow& row : facts.stranded)
    stranded.add({value(import), value(row.marketplace), value(row.sku), value(row.day), value(row.since),
                  value(row.removed_from), value(row.reason), value(row.action), value(row.units)});
  stranded.finish();
  BulkInsert events(sql, "stock_event",
                    {{"import_id", kInt},
                     {"marketplace", kText},
                     {"sku", kText},
                     {"day", kInt},
                     {"event", kText},
                     {"sellable", kInt},
                     {"units", kInt}});
  for (const account::StockEventRow& row : facts.stock_events)
    events.add({value(import), value(row.marketplace), value(row.sku), value(row.day), value(row.event),
                value(int64_t{row.sellable}), value(row.units)});
  events.finish();
  BulkInsert uses(sql, "promotion_use",
                  {{"import_id", kInt},
                   {"marketplace", kText},
                   {"promotion_id", kText},
                   {"description", kText},
                   {"day", kInt},
                   {"order_lines", kInt},
                   {"currency", kText},
                   {"discount", kInt}});
  for (const account::PromotionUseRow& row : facts.promotion_uses)
    uses.add({value(import), value(row.marketplace), value(row.promotion_id), value(row.description), value(row.day),
              value(row.lines), currency_of_any({&row.discount}), value(row.discount)});
  uses.finish();
}

std::vector<account::StrandedRow> read_stranded(soci::session& sql, int64_t account, Date as_of) {
  std::map<std::string, std::pair<Date, int64_t>> newest;  // day and import, by marketplace
  std::vector<std::pair<int64_t, account::StrandedRow>> rows_read;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.import_id, t.marketplace, t.sku, t.day, t.since, t.removed_from, t.reason, t.action, t.units", "stranded",
          account,
          " AND t.day BETWEEN " + std::to_string(day_number(as_of) - kStrandedDays) + " AND " +
              std::to_string(day_number(as_of) + kFetchedWithin));
  for (const soci::row& row : rows) {
    Cells c(row);
    const int64_t import = c.whole().value_or(0);
    account::StrandedRow one;
    one.marketplace = c.text();
    one.sku = c.text();
    one.day = c.day();
    one.since = c.day_if();
    one.removed_from = c.day_if();
    one.reason = c.text();
    one.action = c.text();
    one.units = c.whole();
    auto& held = newest[one.marketplace];
    held = std::max(held, {one.day, import});
    rows_read.emplace_back(import, std::move(one));
  }
  std::vector<account::StrandedRow> stranded;
  for (auto& [import, row] : rows_read)
    if (newest[row.marketplace] == std::pair(row.day, import)) stranded.push_back(std::move(row));
  return stranded;
}

std::vector<account::StockEventRow> read_stock_events(soci::session& sql, int64_t account, bool receipts) {
  struct Told {
    std::pair<bool, int64_t> by;  // the ledger or not, and the import
    std::vector<account::StockEventRow> rows;
  };
  std::map<std::tuple<std::string, Date, std::string>, Told> told;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force("t.import_id, i.report, t.marketplace, t.sku, t.day, t.event, t.sellable, t.units",
                                   "stock_event", account, receipts ? " AND t.event = 'Receipts'" : std::string());
  for (const soci::row& row : rows) {
    Cells c(row);
    const int64_t import = c.whole().value_or(0);
    const std::pair<bool, int64_t> by{c.text() == account::report_id(account::ReportKind::kLedgerDetail), import};
    account::StockEventRow one;
    one.marketplace = c.text();
    one.sku = c.text();
    one.day = c.day();
    one.event = c.text();
    one.sellable = c.whole().value_or(0) != 0;
    one.units = c.whole().value_or(0);
    Told& held = told[{one.marketplace, one.day, one.event}];
    if (held.by < by) held = {by, {}};
    if (held.by == by) held.rows.push_back(std::move(one));
  }
  std::vector<account::StockEventRow> events;
  for (auto& [key, held] : told) std::move(held.rows.begin(), held.rows.end(), std::back_inserter(events));
  return events;
}

void add_receipts(soci::session& sql, int64_t account, const std::function<bool(const std::string&, int32_t)>& told,
                  account::FactsInForce& facts) {
  const auto events = read_stock_events(sql, account, true);
  if (events.empty()) return;
  std::map<std::pair<std::string_view, std::string_view>, account::ListingIndex> index;
  for (account::ListingIndex i = 0; i < facts.listings.size(); ++i)
    index.emplace(std::pair(facts.listings[i].marketplace, facts.listings[i].sku), i);
  for (const account::StockEventRow& event : events) {
    const auto day = static_cast<int32_t>(day_number(event.day));
    const auto listing = index.find({event.marketplace, event.sku});
    const bool counts = event.event == "Receipts" && event.sellable && event.units > 0 && event.day <= facts.as_of;
    if (counts && listing != index.end() && !told(event.marketplace, day))
      facts.receipts.push_back({listing->second, day, event.units});
  }
}

std::vector<account::PromotionUseRow> read_promotion_uses(soci::session& sql, int64_t account) {
  std::map<std::tuple<std::string, std::string, Date>, account::PromotionUseRow> newest;
  soci::rowset<soci::row> rows =
      sql.prepare << rows_in_force(
          "t.marketplace, t.promotion_id, t.description, t.day, t.order_lines, t.currency, t.discount", "promotion_use",
          account);
  for (const soci::row& row : rows) {
    Cells c(row);
    account::PromotionUseRow one;
    one.marketplace = c.text();
    one.promotion_id = c.text();
    one.description = c.text();
    one.day = c.day();
    one.lines = c.whole().value_or(0);
    c.currency();
    one.discount = c.money();
    newest.insert_or_assign({one.marketplace, one.promotion_id, one.day}, std::move(one));
  }
  std::vector<account::PromotionUseRow> uses;
  uses.reserve(newest.size());
  for (auto& [key, use] : newest) uses.push_back(std::move(use));
  return uses;
}

}  // namespace destock::store
