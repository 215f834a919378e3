#pragma once
// The fee audit: the card's size tier and fulfilment fee beside Fee Preview's, and charged storage beside volume ×
// average units × rate. Sellers find overcharges that way, and we find wrong cards.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

struct FeeDifference {
  size_t listing;
  std::string what;           // "fulfilment", "size_tier", "storage"
  std::string card, charged;  // as each names it
  std::optional<Money> card_fee, charged_fee;
  std::optional<Money> a_year;  // positive: charged more than the card says
  Text note;
};

// Differences of more than a cent, the dearest a year first. `checked`: listings that could be compared at all.
struct FeeAudit {
  size_t checked_fees = 0, checked_storage = 0;
  std::vector<FeeDifference> differences;
};
FeeAudit audit_fees(const account::Account& account, const market::Facts& facts);

// Units that a listing sold in the last year; without orders, at the pace of its reports; nothing where nothing says
// it.
std::optional<double> units_of_a_year(const account::Account& account, size_t listing);

}  // namespace destock::economics
