#include "market/fulfilment_card.h"

namespace destock::market {

const FulfilmentTier* FulfilmentTable::tier(std::string_view id) const {
  for (const FulfilmentTier& row : tiers)
    if (row.tier == id) return &row;
  return nullptr;
}

size_t FulfilmentTable::price_band(const Money& price) const {
  for (size_t i = 0; i < price_bounds.size(); ++i)
    if (i == 0 ? price < price_bounds[i] : price <= price_bounds[i]) return i;
  return price_bounds.size();
}

}  // namespace destock::market
