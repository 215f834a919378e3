#include "market/rate_card.h"

#include <cmath>

namespace destock::market {

const StorageRate* storage_in_force(const RateCard& card, std::string_view size_class, Date day) {
  for (const StorageRate& row : card.storage)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

const RemovalFee* removal_in_force(const RateCard& card, std::string_view size_class, Date day) {
  for (const RemovalFee& row : card.removal)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

std::optional<Money> fee_of_weight(const std::vector<WeightBand>& bands, const std::optional<Money>& per_lb_above,
                                   double weight_lb) {
  if (bands.empty()) return std::nullopt;
  for (const WeightBand& band : bands)
    if (weight_lb <= band.to_lb) return band.fee;
  if (!per_lb_above) return std::nullopt;
  const auto pounds = static_cast<int64_t>(std::ceil(weight_lb - bands.back().to_lb));
  return bands.back().fee + *per_lb_above * pounds;
}

}  // namespace destock::market
