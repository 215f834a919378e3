#include "account/pools.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <numeric>
#include <set>

namespace destock::account {
namespace {

constexpr size_t kShortestFnsku = 4;  // "X", "-" and the like stand in for one

using Indices = std::vector<size_t>;

// An FNSKU is of one product: another ASIN under it, and another SKU, is a figure of something else.
bool same_product(const ShownStock& a, const ShownStock& b) {
  return a.sku == b.sku || a.asin == b.asin || a.asin.empty() || b.asin.empty();
}

// Figures of one stock that were fetched at different moments differ by what was sold in between.
bool nearly_same(int64_t a, int64_t b) {
  constexpr int64_t kFew = 2, kShare = 20;
  return std::llabs(a - b) <= std::max(kFew, std::max(a, b) / kShare);
}

}  // namespace

std::vector<std::vector<size_t>> same_fnsku(std::span<const ShownStock> shown) {
  std::map<std::pair<std::string_view, std::string_view>, std::vector<Indices>> groups;
  for (size_t i = 0; i < shown.size(); ++i) {
    const ShownStock& row = shown[i];
    if (row.fnsku.size() < kShortestFnsku || row.units <= 0) continue;
    auto& products = groups[{row.network, row.fnsku}];
    const auto same = std::find_if(products.begin(), products.end(),
                                   [&](const Indices& product) { return same_product(shown[product.front()], row); });
    if (same == products.end())
      products.push_back({i});
    else
      same->push_back(i);
  }
  std::vector<Indices> several;
  for (auto& [key, products] : groups)
    for (Indices& product : products)
      if (product.size() > 1) several.push_back(std::move(product));
  return several;
}

namespace {

// How often two stores show the same units of an FNSKU, and how often others.
class Votes {
public:
  Votes(std::span<const ShownStock> shown, const std::vector<Indices>& groups) : shown_(shown) {
    for (const Indices& group : groups)
      for (size_t a = 0; a < group.size(); ++a)
        for (size_t b = a + 1; b < group.size() && b < a + kMost; ++b) count(shown[group[a]], shown[group[b]]);
  }
  bool one_stock(size_t a, size_t b) const {
    const auto found = votes_.find(key(shown_[a], shown_[b]));
    return found != votes_.end() && found->second.same > 0 && found->second.same >= found->second.other;
  }

private:
  static constexpr size_t kMost = 32;      // stores of a network are fewer
  static constexpr int64_t kTelling = 20;  // so many units are nearly the same by chance in few cases
  struct Vote {
    int64_t same = 0, other = 0;
  };
  static std::pair<std::string_view, std::string_view> key(const ShownStock& a, const ShownStock& b) {
    return std::minmax(a.marketplace, b.marketplace);
  }
  void count(const ShownStock& a, const ShownStock& b) {
    if (a.own || b.own) return;
    Vote& vote = votes_[key(a, b)];
    const bool near = nearly_same(a.units, b.units);
    if (a.units == b.units || (near && (a.day != b.day || std::min(a.units, b.units) >= kTelling)))
      ++vote.same;
    else if (!near)
      ++vote.other;
  }
  std::span<const ShownStock> shown_;
  std::map<std::pair<std::string_view, std::string_view>, Vote> votes_;
};

// The figure that most rows of a group show; of several the largest.
int64_t usual_units(std::span<const ShownStock> shown, const Indices& group) {
  std::map<int64_t, size_t> times;
  for (const size_t i : group)
    if (!shown[i].own) ++times[shown[i].units];
  int64_t usual = 0;
  size_t most = 0;
  for (const auto& [units, count] : times)
    if (count >= most) {
      usual = units;
      most = count;
    }
  return usual;
}

}  // namespace

std::vector<std::vector<size_t>> shared_stocks(std::span<const ShownStock> shown) {
  const std::vector<Indices> groups = same_fnsku(shown);
  const Votes votes(shown, groups);
  std::vector<Indices> stocks;
  for (const Indices& group : groups) {
    const int64_t usual = usual_units(shown, group);
    Indices stock;
    for (const size_t i : group) {
      if (shown[i].own || !nearly_same(shown[i].units, usual)) continue;
      if (stock.empty() || votes.one_stock(stock.front(), i)) stock.push_back(i);
    }
    if (stock.size() > 1) stocks.push_back(std::move(stock));
  }
  return stocks;
}

namespace {

int64_t sold_by_report(const Account& account, size_t listing) {
  return account.amazon[listing].units_t90.value_or(account.amazon[listing].units_t30.value_or(0));
}

// Where a stock is counted: where most of it was sold, of those that know its age; else where the network keeps it.
size_t home_of(const Account& account, const Indices& stock, const MarketplaceBook& book) {
  const auto better = [&](size_t a, size_t b) {
    const auto rank = [&](size_t i) {
      const MarketplaceEntry* entry = book.find(account.listings[i].marketplace);
      return std::tuple(!account.ages.of(i).empty(), account.units_since(i, Date{}), sold_by_report(account, i),
                        entry && !entry->centres.empty());
    };
    return rank(a) < rank(b);
  };
  return *std::max_element(stock.begin(), stock.end(), better);
}

constexpr int64_t StockPosition::*kFigures[] = {
    &StockPosition::available,       &StockPosition::fc_transfer,       &StockPosition::fc_processing,
    &StockPosition::reserved_orders, &StockPosition::reserved_unsplit,  &StockPosition::inbound_working,
    &StockPosition::inbound_shipped, &StockPosition::inbound_receiving, &StockPosition::inbound_unsplit,
    &StockPosition::unfulfillable,   &StockPosition::pending_removal};

std::string named(const Account& account, size_t listing) {
  return account.listings[listing].marketplace + " " + account.listings[listing].sku;
}

// The same units reserved or on their way are shown by each listing; what only one shows is in the stock too.
void join_positions(Account& account, const Indices& stock, size_t home) {
  StockPosition& held = account.stock[home];
  const auto newest = std::max_element(stock.begin(), stock.end(), [&](size_t a, size_t b) {
    return account.stock[a].snapshot < account.stock[b].snapshot;
  });
  const std::optional<Date> day = account.stock[*newest].snapshot;
  for (const auto figure : kFigures) {
    int64_t most = 0;
    for (const size_t i : stock)
      if (account.stock[i].snapshot == day) most = std::max(most, account.stock[i].*figure);
    for (const size_t i : stock) account.stock[i].*figure = i == home ? most : 0;
  }
  held.snapshot = day;
  for (const size_t i : stock) {
    if (i == home) continue;
    StockPosition& other = account.stock[i];
    held.shared_with.push_back(named(account, i));
    other.counted_at = named(account, home);
    other.flags = kCountedElsewhere;
    other.differences.clear();
  }
  held.flags |= kSharedStock;
}

void add(std::optional<int64_t>& sum, std::optional<int64_t>& part) {
  if (part) sum = sum.value_or(0) + *part;
  part.reset();
}

void join_views(Account& account, const Indices& stock, size_t home) {
  AmazonView& held = account.amazon[home];
  for (const size_t i : stock) {
    if (i == home) continue;
    AmazonView& other = account.amazon[i];
    add(held.units_t7, other.units_t7);
    add(held.units_t30, other.units_t30);
    add(held.units_t60, other.units_t60);
    add(held.units_t90, other.units_t90);
    other = {};
  }
}

// The goods are the same: what one listing's cost sheet row says of them serves where the stock is counted, unless
// others say otherwise.
void join_costs(Account& account, const Indices& stock, size_t home) {
  CostFacts& held = account.costs[home];
  const auto join = [&](auto CostFacts::*figure) {
    if (held.*figure) return;
    auto said = held.*figure;
    for (const size_t i : stock) {
      const auto& other = account.costs[i].*figure;
      if (other && said && *other != *said) return;
      if (other) said = other;
    }
    held.*figure = said;
  };
  join(&CostFacts::unit_cost);
  join(&CostFacts::freight);
  join(&CostFacts::lead_time_days);
  join(&CostFacts::moq);
  join(&CostFacts::carton);
  join(&CostFacts::lead_time_from);
  join(&CostFacts::lead_time_to);
}

// Where each listing's stock and sales go: to itself, but for the members of a shared stock.
using Homes = std::vector<size_t>;

template <typename T>
void keep_own(Ragged<T>& rows, const Homes& homes) {
  Ragged<T> kept;
  for (size_t i = 0; i < homes.size(); ++i) {
    if (homes[i] == i)
      for (const T& row : rows.of(i)) kept.values.push_back(row);
    kept.close();
  }
  rows = std::move(kept);
}

struct Sold {
  int32_t day = 0, units = 0, priced = 0, promo = 0;
  int64_t revenue = 0, discount = 0;
};

Sold sold_at(const SalesHistory& sales, size_t at, bool same_currency) {
  Sold sold{sales.days.values[at], sales.units[at]};
  if (!same_currency) return sold;  // kronor are no euro: units count, what was paid for them is not known here
  sold.priced = sales.priced_units[at];
  sold.promo = sales.promo_units[at];
  sold.revenue = sales.revenue[at];
  sold.discount = sales.discount[at];
  return sold;
}

void add(const Sold& sold, SalesHistory& sales) {
  const bool again = sales.days.values.size() > sales.days.offsets.back() && sales.days.values.back() == sold.day;
  if (!again) {
    sales.days.values.push_back(sold.day);
    sales.units.push_back(0);
    sales.revenue.push_back(0);
    sales.priced_units.push_back(0);
    sales.promo_units.push_back(0);
    sales.discount.push_back(0);
  }
  sales.units.back() += sold.units;
  sales.revenue.back() += sold.revenue;
  sales.priced_units.back() += sold.priced;
  sales.promo_units.back() += sold.promo;
  sales.discount.back() += sold.discount;
}

void join_sales(Account& account, const Homes& homes) {
  std::vector<Indices> from(homes.size());
  for (size_t i = 0; i < homes.size(); ++i) from[homes[i]].push_back(i);
  SalesHistory joined;
  for (size_t home = 0; home < homes.size(); ++home) {
    std::vector<Sold> sold;
    for (const size_t i : from[home])
      for (size_t at = account.sales.days.offsets[i]; at < account.sales.days.offsets[i + 1]; ++at)
        sold.push_back(sold_at(account.sales, at, account.listings[i].currency == account.listings[home].currency));
    if (from[home].size() > 1)
      std::stable_sort(sold.begin(), sold.end(), [](const Sold& a, const Sold& b) { return a.day < b.day; });
    for (const Sold& one : sold) add(one, joined);
    joined.days.close();
  }
  account.sales = std::move(joined);
}

std::string_view network_of(const MarketplaceEntry* entry, std::string_view marketplace) {
  return entry && !entry->network.empty() ? std::string_view(entry->network) : marketplace;
}

std::vector<ShownStock> shown_in(const Account& account, const MarketplaceBook& book) {
  std::vector<ShownStock> shown;
  shown.reserve(account.size());
  for (size_t i = 0; i < account.size(); ++i) {
    const Listing& listing = account.listings[i];
    const StockPosition& stock = account.stock[i];
    const MarketplaceEntry* entry = book.find(listing.marketplace);
    // The ledger tells what lies in each country; so do reports with columns of their own for it.
    const bool own = stock.source == StockSource::kLedger || stock.lies_here;
    shown.push_back({listing.marketplace, network_of(entry, listing.marketplace), listing.sku, listing.asin,
                     listing.fnsku, stock.source == StockSource::kNone ? 0 : stock.available,
                     stock.snapshot.value_or(Date()), own});
  }
  return shown;
}

}  // namespace

void join_shared_stocks(Account& account, const MarketplaceBook& book) {
  const auto stocks = shared_stocks(shown_in(account, book));
  if (stocks.empty()) return;
  Homes homes(account.size());
  std::iota(homes.begin(), homes.end(), size_t{0});
  for (const Indices& stock : stocks) {
    const size_t home = home_of(account, stock, book);
    join_positions(account, stock, home);
    join_views(account, stock, home);
    join_costs(account, stock, home);
    for (const size_t i : stock) homes[i] = home;
  }
  keep_own(account.ages, homes);
  for (size_t i = 0; i < homes.size(); ++i)
    if (homes[i] != i) account.age_basis[i] = AgeBasis::kUnknown;
  join_sales(account, homes);
  for (ReturnDay& row : account.returns) row.listing = static_cast<ListingIndex>(homes[row.listing]);
  std::stable_sort(account.returns.begin(), account.returns.end(), [](const ReturnDay& a, const ReturnDay& b) {
    return std::tie(a.listing, a.day, a.disposition) < std::tie(b.listing, b.day, b.disposition);
  });
}

}  // namespace destock::account
