#pragma once
// A marketplace: one Amazon store with one currency and one time zone. data/marketplaces/<id>.toml

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/currency.h"
#include "base/text.h"

namespace destock::market {

// How prices end: what a buyer is used to see.
enum class PriceEnding {
  kTenthNine,     // x.x9: 20.69 (the playbook's habit)
  kNinetyNine,    // x.99
  kNone,          // to the minor unit
  kWholeEnding8,  // whole units that end in 8 or 0 (JPY: 1,980)
};

inline constexpr std::string_view kPriceEndingIds[] = {"x.x9", "x.99", "none", "x8"};
inline std::string_view price_ending_id(PriceEnding ending) {
  return kPriceEndingIds[static_cast<size_t>(ending)];
}
inline std::optional<PriceEnding> price_ending_of(std::string_view id) {
  for (size_t i = 0; i < std::size(kPriceEndingIds); ++i)
    if (kPriceEndingIds[i] == id) return static_cast<PriceEnding>(i);
  return std::nullopt;
}

struct Marketplace {
  std::string id;  // "US", "CA", "UK", …
  Text name;
  Currency currency;
  std::string time_zone;                        // IANA
  std::vector<std::string> sales_channels;      // as All Orders names it: "Amazon.com"
  std::vector<std::string> aliases;             // other spellings in reports: country codes, store names
  std::vector<std::string> centre_countries{};  // where its network keeps stock beside its own country
  std::string network{};                        // whose stores may sell one stock; empty: a store alone
  bool storage_by_cubic_metre = false;          // else by cubic foot
  double tax_in_price = 0;  // VAT or consumption tax contained in the shown price, as a rate on the net price
  PriceEnding price_ending = PriceEnding::kTenthNine;
};

}  // namespace destock::market
