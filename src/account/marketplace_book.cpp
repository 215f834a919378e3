#include "account/marketplace_book.h"

#include <algorithm>
#include <cctype>

namespace destock::account {
namespace {

bool same_folded(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    return std::tolower(static_cast<unsigned char>(x)) == std::tolower(static_cast<unsigned char>(y));
  });
}

}  // namespace

const MarketplaceEntry* MarketplaceBook::find(std::string_view id) const {
  for (const MarketplaceEntry& entry : entries)
    if (entry.id == id) return &entry;
  return nullptr;
}

const MarketplaceEntry* MarketplaceBook::named(std::string_view name) const {
  for (const MarketplaceEntry& entry : entries) {
    if (same_folded(entry.id, name)) return &entry;
    for (const std::string& known : entry.names)
      if (same_folded(known, name)) return &entry;
  }
  return nullptr;
}

const MarketplaceEntry* MarketplaceBook::of_centres_in(std::string_view country) const {
  for (const MarketplaceEntry& entry : entries)
    for (const std::string& centre : entry.centres)
      if (same_folded(centre, country)) return &entry;
  return named(country);
}

DateOrder usual_date_order(std::string_view marketplace) {
  return marketplace == "US" || marketplace == "CA" ? DateOrder::kMonthFirst : DateOrder::kDayFirst;
}

}  // namespace destock::account
