#include "account/country_stock.h"

#include <algorithm>
#include <map>

namespace destock::account {
namespace {

constexpr int kOlderDays = 7;  // than the stock report beside it: of older ones countries have changed

std::string_view network_of(const MarketplaceBook& book, std::string_view marketplace) {
  const MarketplaceEntry* entry = book.find(marketplace);
  return entry && !entry->network.empty() ? std::string_view(entry->network) : marketplace;
}

// The units of one SKU in the countries of a network, and the listings that show it.
struct Sku {
  Date day;
  std::map<size_t, int64_t> here;  // by listing
};

void take_units(const Sku& sku, size_t listing, Account& account) {
  StockPosition& stock = account.stock[listing];
  const auto units = sku.here.find(listing);
  if (stock.source == StockSource::kNone) {
    if (units == sku.here.end()) return;
    stock.source = StockSource::kCountry;
    stock.snapshot = sku.day;
    stock.flags |= kReservedUnknown | kInboundUnknown;
  }
  stock.available = units == sku.here.end() ? 0 : units->second;
  stock.lies_here = true;
}

// Bands of the whole network's stock, in the measure of what lies here; what that rounds away is with the oldest.
void scale_ages(const std::vector<size_t>& listings, Account& account) {
  Ragged<AgeBand> scaled;
  for (size_t i = 0; i < account.size(); ++i) {
    const auto bands = account.ages.of(i);
    int64_t shown = 0;
    for (const AgeBand& band : bands) shown += band.units;
    const int64_t units = account.stock[i].on_hand();
    const bool here = std::binary_search(listings.begin(), listings.end(), i) && shown > units && shown > 0;
    const size_t first = scaled.values.size();
    int64_t left = units;
    for (AgeBand band : bands) {
      if (here) band.units = band.units * units / shown;
      left -= band.units;
      scaled.values.push_back(band);
    }
    if (here && scaled.values.size() > first) scaled.values.back().units += left;
    scaled.close();
  }
  account.ages = std::move(scaled);
}

constexpr int64_t StockPosition::*kOfTheNetwork[] = {
    &StockPosition::fc_transfer,       &StockPosition::fc_processing,   &StockPosition::reserved_orders,
    &StockPosition::reserved_unsplit,  &StockPosition::inbound_working, &StockPosition::inbound_shipped,
    &StockPosition::inbound_receiving, &StockPosition::inbound_unsplit, &StockPosition::unfulfillable};

// Reserved and inbound units that several listings show alike are the network's: they count where most of it lies.
void keep_once(const std::vector<size_t>& listings, Account& account) {
  const auto most = std::max_element(listings.begin(), listings.end(), [&](size_t a, size_t b) {
    return account.stock[a].available < account.stock[b].available;
  });
  if (most == listings.end()) return;
  for (const auto figure : kOfTheNetwork) {
    const int64_t units = account.stock[*most].*figure;
    if (units <= 0) continue;
    for (const size_t i : listings)
      if (i != *most && account.stock[i].*figure == units) account.stock[i].*figure = 0;
  }
}

using Key = std::pair<std::string_view, std::string_view>;  // network and SKU

std::map<Key, Sku> by_sku(const FactsInForce& facts, const std::vector<ListingIndex>& moved,
                          const MarketplaceBook& book, const Account& account) {
  std::map<Key, Sku> skus;
  for (const CountryStockRow& row : facts.country_stock) {
    const Listing& listing = account.listings[moved[row.listing]];
    Sku& sku = skus[{network_of(book, listing.marketplace), listing.sku}];
    sku.day = std::max(sku.day, row.snapshot);
    sku.here[moved[row.listing]] += row.units;
  }
  return skus;
}

}  // namespace

void take_country_stock(const FactsInForce& facts, const std::vector<ListingIndex>& moved, const MarketplaceBook& book,
                        Account& account) {
  const auto skus = by_sku(facts, moved, book, account);
  std::map<Key, std::vector<size_t>> shown;  // listings whose units are known to lie in their country
  std::vector<size_t> changed;
  for (size_t i = 0; i < account.size(); ++i) {
    const Key key{network_of(book, account.listings[i].marketplace), account.listings[i].sku};
    if (const auto sku = skus.find(key); sku != skus.end()) {
      const auto& snapshot = account.stock[i].snapshot;
      if (!snapshot || sku->second.day + Days(kOlderDays) >= *snapshot) {
        take_units(sku->second, i, account);
        changed.push_back(i);
      }
    }
    if (account.stock[i].lies_here) shown[key].push_back(i);
  }
  for (const auto& [key, listings] : shown) keep_once(listings, account);
  if (!changed.empty()) scale_ages(changed, account);
}

}  // namespace destock::account
