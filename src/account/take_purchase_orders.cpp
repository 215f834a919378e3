#include "account/take_purchase_orders.h"

#include <algorithm>
#include <map>

namespace destock::account {
namespace {

class Places {
public:
  Places(const FactsInForce& facts, const Account& account) : account_(account) {
    for (size_t i = 0; i < account.size(); ++i) by_sku_.emplace(account.listings[i].sku, i);
    for (const SkuPair& pair : facts.pairs) by_own_.emplace(pair.own_sku, &pair);
  }

  // The listings that an order can be of.
  std::vector<size_t> of(const PurchaseOrder& order) const {
    std::vector<size_t> found;
    add(order.sku, order.marketplace, found);
    if (!found.empty()) return found;
    const auto [begin, end] = by_own_.equal_range(order.sku);
    for (auto it = begin; it != end; ++it) {
      const SkuPair& pair = *it->second;
      if (order.marketplace.empty() || pair.marketplace.empty() || order.marketplace == pair.marketplace)
        add(pair.sku, pair.marketplace.empty() ? order.marketplace : pair.marketplace, found);
    }
    return found;
  }

private:
  void add(std::string_view sku, const std::string& marketplace, std::vector<size_t>& found) const {
    const auto [begin, end] = by_sku_.equal_range(sku);
    for (auto it = begin; it != end; ++it) {
      const bool counted = (account_.stock[it->second].flags & kCountedElsewhere) == 0;
      if (marketplace.empty() ? counted : account_.listings[it->second].marketplace == marketplace)
        found.push_back(it->second);
    }
  }

  const Account& account_;
  std::multimap<std::string_view, size_t> by_sku_;
  std::multimap<std::string_view, const SkuPair*> by_own_;
};

}  // namespace

void take_purchase_orders(const FactsInForce& facts, Account& account) {
  std::map<std::string_view, int64_t> newest;
  for (const PurchaseOrder& order : facts.purchase_orders) {
    int64_t& sheet = newest[order.number];
    sheet = std::max(sheet, order.sheet);
  }
  const Places places(facts, account);
  for (const PurchaseOrder& order : facts.purchase_orders) {
    if (order.sheet != newest[order.number]) continue;
    const std::vector<size_t> found = places.of(order);
    if (found.size() == 1)
      account.purchase_orders.push_back({found.front(), order});
    else if (order.open() > 0)
      account.unmatched_orders.push_back(order.number + " " + order.sku);
  }
  std::stable_sort(account.purchase_orders.begin(), account.purchase_orders.end(),
                   [](const ListingOrder& a, const ListingOrder& b) { return a.listing < b.listing; });
}

std::span<const ListingOrder> Account::orders_of(size_t listing) const {
  const auto [first, last] =
      std::equal_range(purchase_orders.begin(), purchase_orders.end(), ListingOrder{listing, {}},
                       [](const ListingOrder& a, const ListingOrder& b) { return a.listing < b.listing; });
  return {first, last};
}

}  // namespace destock::account
