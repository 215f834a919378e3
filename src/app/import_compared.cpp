#include "app/import_compared.h"

#include <fmt/format.h>
#include <algorithm>
#include <set>

#include "account/pools.h"
#include "base/date.h"
#include "deliver/table.h"

namespace destock::app {
namespace {

std::string with_commas(int64_t units) {
  return deliver::shown(units, {"units", {}, deliver::Kind::kUnits}, Lang::kEn, false);
}

}  // namespace

void Compared::add(account::ReportKind kind, const account::ReportFacts& facts) {
  const bool events = kind == account::ReportKind::kLedgerDetail;
  const bool ledger = kind == account::ReportKind::kLedger || events;
  if (!ledger && !account::is_sales(kind)) return;
  for (const account::Coverage& span : facts.coverage) {
    // The first and the last day of orders may be parts of days.
    const int64_t part = ledger ? 0 : 1;
    const int64_t first = day_number(span.told_from()) + part, last = day_number(span.last_day) - part;
    const auto [said, fresh] = said_[span.marketplace].try_emplace(kind, Said{{}, first, last});
    if (fresh) continue;
    said->second.first = std::min(said->second.first, first);
    said->second.last = std::max(said->second.last, last);
  }
  const auto count = [&](account::ListingIndex listing, int64_t day, int64_t units) {
    const auto place = said_.find(facts.listings[listing].marketplace);
    if (place == said_.end()) return;
    if (const auto said = place->second.find(kind); said != place->second.end()) said->second.units[day] += units;
  };
  for (const account::StockEventRow& event : facts.stock_events)
    if (const auto place = said_.find(event.marketplace); events && event.event == "Shipments" && place != said_.end())
      place->second.find(kind)->second.units[day_number(event.day)] -= event.units;  // down in the ledger
  for (const account::SalesDay& day : facts.sales) count(day.listing, day.day, day.units);
  if (ledger && !events)
    for (const account::LedgerDay& day : facts.ledger) count(day.listing, day_number(day.day), day.shipments);
}

std::vector<Text> Compared::sentences() const {
  std::vector<Text> sentences;
  for (const auto& [marketplace, kinds] : said_) {
    if (kinds.size() < 2) continue;
    int64_t first = kinds.begin()->second.first, last = kinds.begin()->second.last;
    for (const auto& [kind, said] : kinds) {
      first = std::max(first, said.first);
      last = std::min(last, said.last);
    }
    if (first > last) continue;
    Text list;
    for (const auto& [kind, said] : kinds) {
      int64_t units = 0;
      for (auto day = said.units.lower_bound(first); day != said.units.end() && day->first <= last; ++day)
        units += day->second;
      const Text name = account::report_name(kind);
      add_to_list(list.en, name.en + " " + with_commas(units) + (units == 1 ? " unit" : " units"), "; ");
      add_to_list(list.zh, name.zh + " " + with_commas(units) + " 件", "；");
    }
    const std::string days = iso(date_of_day_number(first)) + " – " + iso(date_of_day_number(last));
    sentences.push_back(
        {marketplace + ", sold " + days + ": " + list.en, marketplace + " 站 " + days + " 销量：" + list.zh});
  }
  return sentences;
}

void PoolsSeen::add(account::ReportKind kind, const account::ReportFacts& facts, const account::MarketplaceBook& book) {
  const auto take = [&](account::ListingIndex index, const std::optional<int64_t>& units, Date day, bool own) {
    const account::ListingInfo& listing = facts.listings[index];
    const account::MarketplaceEntry* entry = book.find(listing.marketplace);
    Shown now{listing.marketplace,
              entry && !entry->network.empty() ? entry->network : listing.marketplace,
              listing.sku,
              listing.asin,
              listing.fnsku,
              units.value_or(0),
              day,
              own};
    const auto [held, fresh] = shown_[kind].try_emplace({listing.marketplace, listing.sku}, now);
    if (!fresh && held->second.day <= day) held->second = std::move(now);
  };
  for (const account::PlanningRow& row : facts.planning) take(row.listing, row.available, row.snapshot, false);
  for (const account::ManageFbaRow& row : facts.manage_fba)
    take(row.listing, row.fulfillable, row.snapshot, row.lies_here);
}

namespace {

// One FNSKU is one stock, in whatever stores it is shown: the United Kingdom's units lie in the European network as
// well.
std::pair<std::string, std::string> network_stock(const account::ListingInfo& listing,
                                                  const account::MarketplaceBook& book) {
  if (!listing.fnsku.empty()) return {{}, listing.fnsku};
  const account::MarketplaceEntry* entry = book.find(listing.marketplace);
  return {entry && !entry->network.empty() ? entry->network : listing.marketplace, listing.sku};
}

}  // namespace

void ElsewhereSeen::add(const account::ReportFacts& facts, const account::MarketplaceBook& book) {
  for (const account::ManageFbaRow& row : facts.manage_fba) {
    if (row.elsewhere <= 0) continue;
    int64_t& whole = whole_[network_stock(facts.listings[row.listing], book)];
    whole = std::max(whole, row.fulfillable.value_or(0) + row.elsewhere);
  }
}

std::vector<Text> ElsewhereSeen::sentences(const account::FactsInForce& in_force,
                                           const account::MarketplaceBook& book) const {
  if (!in_force.country_stock.empty()) return {};  // tells what lies where
  std::map<std::pair<std::string, std::string>, int64_t> counted;
  std::map<std::pair<std::string, std::string>, std::string> skus;
  for (const account::ManageFbaRow& row : in_force.manage_fba) {
    const account::ListingInfo& listing = in_force.listings[row.listing];
    const auto stock = network_stock(listing, book);
    counted[stock] += row.fulfillable.value_or(0);
    skus.emplace(stock, listing.sku);
  }
  constexpr int kNamed = 5;
  int64_t units = 0, stocks = 0;
  std::string some;
  for (const auto& [stock, whole] : whole_) {
    const int64_t missing = whole - counted[stock];
    if (missing <= 0) continue;
    units += missing;
    if (stocks++ < kNamed) add_to_list(some, skus[stock]);
  }
  if (units == 0) return {};
  const std::string n = with_commas(units), more = stocks > kNamed ? ", …" : "";
  return {{n + " units lie in countries of the network whose report is not here, and are counted nowhere (" + some +
               more + "): import Manage FBA Inventory of each store, or Multi-Country Inventory",
           n + " 件位于网络内其他国家，而缺少该国的报告，未计入任何库存（" + some + more +
               "）：请导入各站点的“管理亚马逊库存”，或“多国库存”报告"}};
}

std::vector<Text> PoolsSeen::sentences() const {
  std::vector<Text> sentences;
  for (const auto& [kind, listings] : shown_) {
    std::vector<Shown> rows;
    for (const auto& [listing, row] : listings) rows.push_back(row);
    std::vector<account::ShownStock> shown;
    shown.reserve(rows.size());
    for (const Shown& row : rows)
      shown.push_back({row.marketplace, row.network, row.sku, row.asin, row.fnsku, row.units, row.day, row.own});
    const auto stores_of = [&](const std::vector<size_t>& group) {
      std::set<std::string> stores;
      for (const size_t i : group) stores.insert(rows[i].marketplace);
      std::string names;
      for (const std::string& store : stores) add_to_list(names, store);
      return names;
    };
    std::map<std::string, std::pair<size_t, int64_t>> by_stores;  // FNSKUs and units, by the stores that show them
    std::set<size_t> shared;
    for (const auto& stock : account::shared_stocks(shown)) {
      auto& [fnskus, units] = by_stores[stores_of(stock)];
      ++fnskus;
      units += rows[stock.front()].units;
      shared.insert(stock.begin(), stock.end());
    }
    std::map<std::string, size_t> apart;  // FNSKUs of which stores show different units, by stores
    for (const auto& group : account::same_fnsku(shown))
      if (std::any_of(group.begin(), group.end(), [&](size_t i) { return !shared.contains(i) && !shown[i].own; }))
        ++apart[stores_of(group)];
    for (const auto& [stores, fnskus] : apart) {
      const std::string n = std::to_string(fnskus);
      const Text name = account::report_name(kind);
      sentences.push_back({name.en + ", " + stores + ": " + n + (fnskus == 1 ? " FNSKU has" : " FNSKUs have") +
                               " different units in several listings: counted in each; Multi-Country Inventory tells "
                               "what lies where",
                           name.zh + "，" + stores + "：" + n +
                               " 个 FNSKU 在多个 Listing 中数量不同：分别计入；“多国库存”报告可说明实际所在"});
    }
    for (const auto& [stores, found] : by_stores) {
      const std::string n = std::to_string(found.first), units = with_commas(found.second);
      const Text name = account::report_name(kind);
      sentences.push_back(
          {name.en + ", " + stores + ": " + n + (found.first == 1 ? " FNSKU is" : " FNSKUs are") +
               " one stock that several listings show, a shared pool; its " + units + " units are counted once",
           name.zh + "，" + stores + "：" + n + " 个 FNSKU 为多个 Listing 共享的同一库存，" + units + " 件只计一次"});
    }
  }
  return sentences;
}

void CostsSeen::note(const std::string& name, ingest::ReadReport& report) {
  constexpr int64_t kNamed = 5;
  const auto say = [&](Seen& seen, std::optional<Money> account::CostRow::*amount, const Text& what) {
    std::string some;
    int64_t count = 0;
    for (const account::CostRow& row : report.facts.costs) {
      if (!(row.*amount) || row.from) continue;
      const Money now = *(row.*amount);
      const auto [held, fresh] = seen.try_emplace({row.sku, row.marketplace}, now, name);
      if (fresh) continue;
      if (held->second.first != now && held->second.second != name && count++ < kNamed)
        add_to_list(some, row.sku + " " + held->second.first.str() + " (" + held->second.second + "), " + now.str(),
                    "; ");
      held->second = {now, name};
    }
    if (count == 0) return;
    const std::string n = std::to_string(count);
    report.notes.push_back(
        {n + (count == 1 ? " SKU has" : " SKUs have") + " another " + what.en +
             " in another sheet or file; this one counts: " + some + (count > kNamed ? "; …" : ""),
         n + " 个 SKU 在其他表中" + what.zh + "不同，以此表为准：" + some + (count > kNamed ? "；…" : "")});
  };
  say(costs_, &account::CostRow::unit_cost, {"cost", "成本"});
  say(freights_, &account::CostRow::freight, {"freight", "头程"});
}

}  // namespace destock::app
