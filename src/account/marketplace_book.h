#pragma once
// How reports name marketplaces, and what follows from the name: currency, time zone, order of day and month.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/currency.h"
#include "base/date.h"

namespace destock::account {

struct MarketplaceEntry {
  std::string id;  // "US"
  Currency currency;
  std::string time_zone;
  std::vector<std::string> names;      // sales channels, country codes, marketplace ids; without regard to case
  std::vector<std::string> centres{};  // countries whose centres belong to its network
  std::string network{};               // whose stores may sell one stock; empty: none
};

struct MarketplaceBook {
  std::vector<MarketplaceEntry> entries;

  const MarketplaceEntry* find(std::string_view id) const;
  // The marketplace that a report calls by any of its names; nullptr if none does.
  const MarketplaceEntry* named(std::string_view name) const;
  // The marketplace whose network the centres of a country belong to: its own where it has centres there.
  const MarketplaceEntry* of_centres_in(std::string_view country) const;
};

// 07/08/2026 is 8 July in the United States alone; Canada's reports follow it.
DateOrder usual_date_order(std::string_view marketplace);

}  // namespace destock::account
