#pragma once
// What the seller's own reports say of rates: charged storage by volume and month, the aged surcharge by volume and
// age. Fitted once an account is read, they go before the card, and are set against it.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

struct OwnRate {
  std::string marketplace, fee;   // "storage", "utilisation", "aged_surcharge"; of a SKU "fulfilment", "referral"
  std::string size_class;         // of storage
  std::optional<int> from_day;    // of the surcharge
  bool last_quarter = false;      // storage of October to December
  Money rate;                     // per the card's unit of volume a month; of a SKU a unit
  std::optional<Money> card{};    // what the card has; nothing: no card, or sources that differ
  std::optional<Money> a_year{};  // what is charged more a year than by the card, at what was stored or held last
  Date first_day, last_day;       // that the figures are of
  size_t rows = 0;
  bool used = false;              // it differs from the card: it goes before it
  std::string sku{};              // empty: of all
  int64_t units = 0;              // of a SKU
  std::optional<double> share{};  // of what buyers paid: a referral
  std::optional<int> to_day{};    // of the surcharge; nothing: not said
  bool surcharge_in = false;      // of storage: the report does not split the surcharge from it

  bool agrees() const { return card && !used; }
};

std::vector<OwnRate> own_rates(const account::Account& account, const market::Facts& facts);

// Rows of the seller's own before the card's, from the first day that they are of.
void put_before_cards(const std::vector<OwnRate>& rates, market::Facts& facts);

}  // namespace destock::economics
