#include "store/write_facts.h"

#include <algorithm>
#include <array>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>

#include "store/bulk_insert.h"
#include "store/costs.h"
#include "store/day_runs.h"
#include "store/orders_of_day.h"
#include "store/outcomes.h"

namespace destock::store {
namespace {

using account::ReportFacts;

std::string key_of(const std::string& marketplace, const std::string& sku) {
  return marketplace + '\0' + sku;
}

struct Known {
  long long id;
  std::string asin, fnsku, title;
};

std::unordered_map<std::string, Known> known_listings(soci::session& sql, int64_t account) {
  std::unordered_map<std::string, Known> known;
  constexpr size_t kBatch = 5'000;
  std::vector<long long> ids(kBatch);
  std::vector<std::string> marketplaces(kBatch), skus(kBatch), asins(kBatch), fnskus(kBatch), titles(kBatch);
  const long long owner = account;
  soci::statement statement =
      (sql.prepare << "SELECT id, marketplace, sku, asin, fnsku, title FROM listing WHERE account_id = :account",
       soci::use(owner), soci::into(ids), soci::into(marketplaces), soci::into(skus), soci::into(asins),
       soci::into(fnskus), soci::into(titles));
  statement.execute();
  while (statement.fetch()) {
    for (size_t i = 0; i < ids.size(); ++i)
      known.emplace(key_of(marketplaces[i], skus[i]), Known{ids[i], asins[i], fnskus[i], titles[i]});
    ids.resize(kBatch);
    marketplaces.resize(kBatch);
    skus.resize(kBatch);
    asins.resize(kBatch);
    fnskus.resize(kBatch);
    titles.resize(kBatch);
  }
  return known;
}

// The ids of the facts' listings; new listings are added, names that a report newly gives are taken over.
std::vector<int64_t> write_listings(soci::session& sql, int64_t account, const ReportFacts& facts) {
  std::vector<int64_t> ids;
  if (facts.listings.empty()) return ids;
  const auto known = known_listings(sql, account);
  long long next = 1;
  {
    soci::indicator any = soci::i_null;
    long long highest = 0;
    sql << "SELECT max(id) FROM listing", soci::into(highest, any);
    if (any == soci::i_ok) next = highest + 1;
  }
  BulkInsert insert(sql, "listing",
                    {{"id", kInt},
                     {"account_id", kInt},
                     {"marketplace", kText},
                     {"sku", kText},
                     {"asin", kText},
                     {"fnsku", kText},
                     {"title", kText}});
  long long id = 0;
  std::string asin, fnsku, title;
  soci::statement update =
      (sql.prepare << "UPDATE listing SET asin = :asin, fnsku = :fnsku, title = :title WHERE id = :id", soci::use(asin),
       soci::use(fnsku), soci::use(title), soci::use(id));
  for (const account::ListingInfo& info : facts.listings) {
    const auto found = known.find(key_of(info.marketplace, info.sku));
    if (found == known.end()) {
      insert.add({value(int64_t{next}), value(account), value(info.marketplace), value(info.sku), value(info.asin),
                  value(info.fnsku), value(info.title)});
      ids.push_back(next++);
      continue;
    }
    const Known& held = found->second;
    ids.push_back(held.id);
    const auto newer = [](const std::string& said, const std::string& was) { return said.empty() ? was : said; };
    id = held.id;  // NOLINT(clang-analyzer-deadcode.DeadStores): bound to the statement
    asin = newer(info.asin, held.asin);
    fnsku = newer(info.fnsku, held.fnsku);
    title = newer(info.title, held.title);
    if (asin != held.asin || fnsku != held.fnsku || title != held.title) update.execute(true);
  }
  insert.finish();
  return ids;
}

void write_planning(soci::session& sql, int64_t import, const std::vector<account::PlanningRow>& planning,
                    const std::vector<int64_t>& ids) {
  BulkInsert rows(sql, "planning",
                  {{"import_id", kInt},
                   {"listing_id", kInt},
                   {"snapshot", kInt},
                   {"condition_name", kText},
                   {"available", kInt},
                   {"reserved", kInt},
                   {"customer_orders", kInt},
                   {"fc_transfer", kInt},
                   {"fc_processing", kInt},
                   {"inbound", kInt},
                   {"inbound_working", kInt},
                   {"inbound_shipped", kInt},
                   {"inbound_received", kInt},
                   {"unfulfillable", kInt},
                   {"pending_removal", kInt},
                   {"currency", kText},
                   {"price", kInt},
                   {"sales_price", kInt},
                   {"units_t7", kInt},
                   {"units_t30", kInt},
                   {"units_t60", kInt},
                   {"units_t90", kInt},
                   {"alert", kText},
                   {"recommended_action", kText},
                   {"health_status", kText},
                   {"storage_type", kText},
                   {"product_group", kText},
                   {"amazon_excess", kInt},
                   {"days_of_supply", kReal},
                   {"sell_through", kReal},
                   {"volume_cuft", kReal},
                   {"storage_cost_next_month", kInt},
                   {"aged_cost_next_month", kInt}});
  BulkInsert ages(sql, "age_band",
                  {{"import_id", kInt},
                   {"listing_id", kInt},
                   {"condition_name", kText},
                   {"from_day", kInt},
                   {"to_day", kInt},
                   {"units", kInt}});
  for (const account::PlanningRow& row : planning) {
    const int64_t listing = ids[row.listing];
    rows.add({value(import),
              value(listing),
              value(row.snapshot),
              value(row.condition),
              value(row.available),
              value(row.reserved),
              value(row.customer_orders),
              value(row.fc_transfer),
              value(row.fc_processing),
              value(row.inbound),
              value(row.inbound_working),
              value(row.inbound_shipped),
              value(row.inbound_received),
              value(row.unfulfillable),
              value(row.pending_removal),
              currency_of_any({&row.price, &row.sales_price, &row.storage_cost_next_month, &row.aged_cost_next_month}),
              value(row.price),
              value(row.sales_price),
              value(row.units_t7),
              value(row.units_t30),
              value(row.units_t60),
              value(row.units_t90),
              value(row.alert),
              value(row.recommended_action),
              value(row.health_status),
              value(row.storage_type),
              value(row.product_group),
              value(row.amazon_excess),
              value(row.days_of_supply),
              value(row.sell_through),
              value(row.volume_cuft),
              value(row.storage_cost_next_month),
              value(row.aged_cost_next_month)});
    for (const account::AgeBand& band : row.ages)
      ages.add({value(import), value(listing), value(row.condition), value(int64_t{band.from_day}),
                band.to_day ? value(int64_t{*band.to_day}) : null(), value(band.units)});
  }
  rows.finish();
  ages.finish();
}

// Days on which a snapshot has nothing available: kept apart, so that a load need not look through every snapshot.
void write_stockouts(soci::session& sql, int64_t import, const ReportFacts& facts, const std::vector<int64_t>& ids) {
  std::set<std::pair<int64_t, Date>> empty;
  for (const account::PlanningRow& row : facts.planning)
    if (row.available == 0) empty.emplace(ids[row.listing], row.snapshot);
  for (const account::ManageFbaRow& row : facts.manage_fba)
    if (row.fulfillable == 0) empty.emplace(ids[row.listing], row.snapshot);
  BulkInsert rows(sql, "stockout_day", {{"import_id", kInt}, {"listing_id", kInt}, {"day", kInt}});
  for (const auto& [listing, day] : empty) rows.add({value(import), value(listing), value(day)});
  rows.finish();
}

void write_inventory(soci::session& sql, int64_t import, const ReportFacts& facts, const std::vector<int64_t>& ids) {
  BulkInsert manage(sql, "manage_fba",
                    {{"import_id", kInt},
                     {"listing_id", kInt},
                     {"snapshot", kInt},
                     {"condition_name", kText},
                     {"currency", kText},
                     {"price", kInt},
                     {"fulfillable", kInt},
                     {"unsellable", kInt},
                     {"reserved", kInt},
                     {"total", kInt},
                     {"inbound_working", kInt},
                     {"inbound_shipped", kInt},
                     {"inbound_receiving", kInt},
                     {"researching", kInt},
                     {"volume_cuft", kReal},
                     {"lies_here", kInt}});
  for (const account::ManageFbaRow& row : facts.manage_fba)
    manage.add({value(import), value(ids[row.listing]), value(row.snapshot), value(row.condition),
                currency_of_any({&row.price}), value(row.price), value(row.fulfillable), value(row.unsellable),
                value(row.reserved), value(row.total), value(row.inbound_working), value(row.inbound_shipped),
                value(row.inbound_receiving), value(row.researching), value(row.volume_cuft),
                value(int64_t{row.lies_here})});
  manage.finish();
  BulkInsert reserved(sql, "reserved",
                      {{"import_id", kInt},
                       {"listing_id", kInt},
                       {"snapshot", kInt},
                       {"total", kInt},
                       {"customer_orders", kInt},
                       {"fc_transfer", kInt},
                       {"fc_processing", kInt}});
  for (const account::ReservedRow& row : facts.reserved)
    reserved.add({value(import), value(ids[row.listing]), value(row.snapshot), value(row.total),
                  value(row.customer_orders), value(row.fc_transfer), value(row.fc_processing)});
  reserved.finish();
  DayRuns ledger(sql, "ledger_of_listing", import);
  std::vector<size_t> by_day(facts.ledger.size());
  std::iota(by_day.begin(), by_day.end(), size_t{0});
  const auto place = [&](size_t i) {
    const account::LedgerDay& row = facts.ledger[i];
    return std::make_tuple(ids[row.listing], row.day, row.sellable);
  };
  std::sort(by_day.begin(), by_day.end(), [&](size_t a, size_t b) { return place(a) < place(b); });
  for (const size_t i : by_day) {
    const account::LedgerDay& row = facts.ledger[i];
    const std::array<int64_t, 7> figures = {row.sellable, row.starting, row.receipts, row.shipments,
                                            row.returns,  row.other,    row.ending};
    ledger.add(ids[row.listing], static_cast<int32_t>(day_number(row.day)), figures);
  }
  ledger.finish();
}

void write_complements(soci::session& sql, int64_t import, const ReportFacts& facts, const std::vector<int64_t>& ids) {
  BulkInsert country(sql, "country_stock",
                     {{"import_id", kInt}, {"listing_id", kInt}, {"snapshot", kInt}, {"units", kInt}});
  for (const account::CountryStockRow& row : facts.country_stock)
    country.add({value(import), value(ids[row.listing]), value(row.snapshot), value(row.units)});
  country.finish();
  BulkInsert states(sql, "listing_state",
                    {{"import_id", kInt},
                     {"listing_id", kInt},
                     {"day", kInt},
                     {"currency", kText},
                     {"price", kInt},
                     {"status", kText}});
  for (const account::ListingStateRow& row : facts.listing_states)
    states.add({value(import), value(ids[row.listing]), value(row.day), currency_of_any({&row.price}), value(row.price),
                value(row.status)});
  states.finish();
}

void write_sales(soci::session& sql, int64_t import, const ReportFacts& facts, const std::vector<int64_t>& ids) {
  std::vector<std::pair<int64_t, size_t>> begins;  // a listing's id, its first row
  for (size_t i = 0; i < facts.sales.size(); ++i)
    if (i == 0 || facts.sales[i].listing != facts.sales[i - 1].listing)
      begins.emplace_back(ids[facts.sales[i].listing], i);
  std::sort(begins.begin(), begins.end());
  DayRuns runs(sql, "sales_of_listing", import);
  for (const auto& [id, begin] : begins)
    for (size_t i = begin; i < facts.sales.size() && facts.sales[i].listing == facts.sales[begin].listing; ++i) {
      const account::SalesDay& day = facts.sales[i];
      const std::array<int64_t, 5> figures = {day.units, day.revenue, day.priced_units, day.promo_units,
                                              day.promo_discount};
      runs.add(id, day.day, figures);
    }
  runs.finish();
}

void write_fees(soci::session& sql, int64_t import, const ReportFacts& facts, const std::vector<int64_t>& ids) {
  BulkInsert preview(sql, "fee_preview",
                     {{"import_id", kInt},
                      {"listing_id", kInt},
                      {"currency", kText},
                      {"price", kInt},
                      {"referral_fee", kInt},
                      {"fulfilment_fee", kInt},
                      {"total_fee", kInt},
                      {"longest_in", kReal},
                      {"median_in", kReal},
                      {"shortest_in", kReal},
                      {"weight_lb", kReal},
                      {"size_tier", kText},
                      {"product_group", kText},
                      {"closing_fee", kInt}});
  for (const account::FeePreviewRow& row : facts.fee_preview)
    preview.add(
        {value(import), value(ids[row.listing]),
         currency_of_any({&row.price, &row.referral_fee, &row.fulfilment_fee, &row.total_fee, &row.closing_fee}),
         value(row.price), value(row.referral_fee), value(row.fulfilment_fee), value(row.total_fee),
         value(row.longest_in), value(row.median_in), value(row.shortest_in), value(row.weight_lb),
         value(row.size_tier), value(row.product_group), value(row.closing_fee)});
  preview.finish();
  BulkInsert storage(sql, "storage_fee",
                     {{"import_id", kInt},
                      {"marketplace", kText},
                      {"fnsku", kText},
                      {"asin", kText},
                      {"size_tier", kText},
                      {"month", kInt},
                      {"average_units", kReal},
                      {"volume_cuft", kReal},
                      {"currency", kText},
                      {"rate", kInt},
                      {"fee", kInt},
                      {"base_fee", kInt},
                      {"utilisation_fee", kInt},
                      {"utilisation_rate", kInt},
                      {"discount", kInt},
                      {"utilisation_weeks", kReal}});
  for (const account::StorageFeeRow& row : facts.storage_fees)
    storage.add({value(import), value(row.marketplace), value(row.fnsku), value(row.asin), value(row.size_tier),
                 value(row.month), value(row.average_units), value(row.volume_cuft),
                 currency_of_any({&row.rate, &row.fee}), value(row.rate), value(row.fee), value(row.base_fee),
                 value(row.utilisation_fee), value(row.utilisation_rate), value(row.discount),
                 value(row.utilisation_weeks)});
  storage.finish();
  BulkInsert aged(sql, "aged_charge",
                  {{"import_id", kInt},
                   {"listing_id", kInt},
                   {"day", kInt},
                   {"tier", kText},
                   {"units", kInt},
                   {"currency", kText},
                   {"amount", kInt},
                   {"rate", kInt}});
  for (const account::AgedChargeRow& row : facts.aged_charges)
    aged.add({value(import), value(ids[row.listing]), value(row.day), value(row.tier), value(row.units),
              currency_of_any({&row.amount, &row.rate}), value(row.amount), value(row.rate)});
  aged.finish();
}

// A line's amounts may each be in a currency of its own.
void write_purchase_orders(soci::session& sql, int64_t import, const ReportFacts& facts) {
  BulkInsert orders(sql, "purchase_order",
                    {{"import_id", kInt},
                     {"number", kText},
                     {"sku", kText},
                     {"marketplace", kText},
                     {"supplier", kText},
                     {"units", kInt},
                     {"received_units", kInt},
                     {"ordered_on", kInt},
                     {"expected_on", kInt},
                     {"received_on", kInt},
                     {"unit_cost_currency", kText},
                     {"unit_cost", kInt},
                     {"cancel_cost_currency", kText},
                     {"cancel_cost", kInt},
                     {"deposit_currency", kText},
                     {"deposit", kInt},
                     {"cancelled", kInt}});
  for (const account::PurchaseOrder& row : facts.purchase_orders)
    orders.add({value(import), value(row.number), value(row.sku), value(row.marketplace), value(row.supplier),
                value(row.units), value(row.received_units), value(row.ordered_on), value(row.expected_on),
                value(row.received_on), currency_of_any({&row.unit_cost}), value(row.unit_cost),
                currency_of_any({&row.cancel_cost}), value(row.cancel_cost), currency_of_any({&row.deposit}),
                value(row.deposit), value(int64_t{row.cancelled ? 1 : 0})});
  orders.finish();
}

void write_rest(soci::session& sql, int64_t account, int64_t import, const ReportFacts& facts,
                const std::vector<int64_t>& ids) {
  BulkInsert returns(
      sql, "return_day",
      {{"import_id", kInt}, {"listing_id", kInt}, {"day", kInt}, {"disposition", kText}, {"units", kInt}});
  for (const account::ReturnDay& row : facts.returns)
    returns.add({value(import), value(ids[row.listing]), value(row.day), value(row.disposition), value(row.units)});
  returns.finish();
  write_costs(sql, import, facts.costs);
  write_purchase_orders(sql, import, facts);
  BulkInsert pairs(sql, "sku_pair", {{"import_id", kInt}, {"own_sku", kText}, {"marketplace", kText}, {"sku", kText}});
  for (const account::SkuPair& pair : facts.pairs)
    pairs.add({value(import), value(pair.own_sku), value(pair.marketplace), value(pair.sku)});
  pairs.finish();
  BulkInsert rates(sql, "exchange_rate",
                   {{"account_id", kInt},
                    {"import_id", kInt},
                    {"day", kInt},
                    {"from_currency", kText},
                    {"to_currency", kText},
                    {"rate", kReal}});
  for (const account::ExchangeRateRow& row : facts.rates)
    rates.add(
        {value(account), value(import), value(row.day), value(row.from.str()), value(row.to.str()), value(row.rate)});
  rates.finish();
}

}  // namespace

void write_facts(soci::session& sql, int64_t account, int64_t import, const ReportFacts& facts) {
  const std::vector<int64_t> ids = write_listings(sql, account, facts);
  write_planning(sql, import, facts.planning, ids);
  write_planning(sql, import, facts.restock, ids);
  write_complements(sql, import, facts, ids);
  write_inventory(sql, import, facts, ids);
  write_stockouts(sql, import, facts, ids);
  write_sales(sql, import, facts, ids);
  write_fees(sql, import, facts, ids);
  write_rest(sql, account, import, facts, ids);
  write_removals(sql, import, facts);
  write_settled(sql, import, facts);
  write_promotions(sql, import, facts);
  write_traffic(sql, import, facts);
  write_stock_events(sql, import, facts);
  write_orders_of_day(sql, import, facts.orders_of_day);
  BulkInsert coverage(sql, "coverage",
                      {{"import_id", kInt},
                       {"marketplace", kText},
                       {"first_day", kInt},
                       {"last_day", kInt},
                       {"first_instant", kInt},
                       {"last_instant", kInt},
                       {"row_count", kInt},
                       {"skus", kInt},
                       {"units", kInt}});
  for (const account::Coverage& row : facts.coverage)
    coverage.add({value(import), value(row.marketplace), value(row.first_day), value(row.last_day),
                  value(row.first_instant), value(row.last_instant), value(row.rows), value(row.skus),
                  value(row.units)});
  coverage.finish();
}

}  // namespace destock::store
