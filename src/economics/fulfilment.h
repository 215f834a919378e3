#pragma once
// Size tier and fulfilment fee by the rate card in force on a day. A card that is silent gives nothing, and says why.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "market/rate_card.h"

namespace destock::economics {

// A packaged unit; sides in any order, inches; pounds.
struct PackageSize {
  std::array<double, 3> sides_in{};
  double weight_lb = 0;
};

struct TierFound {
  const market::SizeTier* tier = nullptr;
  const market::SizeTiers* table = nullptr;  // where it comes from
  double shipping_weight_lb = 0;
};
std::optional<TierFound> size_tier_of(const market::RateCard& card, const PackageSize& size, Date day);

// One figure of a fee, with the card row that gave it.
struct FeePart {
  std::string id;  // "fulfilment", "fuel_surcharge", "overmax"
  Text name;
  Money amount;
  std::string source;
  market::Confidence confidence = market::Confidence::kSingle;
};

struct FulfilmentFee {
  std::vector<FeePart> parts;
  Money total;
  bool peak_unknown = false;  // the day is in a peak season whose table is not known: the fee is at least this
};
// `group`: "standard", "apparel", "dangerous_goods". Nothing where the card has no row for tier, weight or day.
std::optional<FulfilmentFee> fulfilment_fee(const market::RateCard& card, std::string_view group, std::string_view tier,
                                            double shipping_weight_lb, const Money& price, Date day,
                                            const std::optional<PackageSize>& size = {});

// Letters and digits alone, small: a tier's name as reports write it, "UsLargeStandardSize" or "Large standard-size",
// then holds its id.
std::string letters_of(std::string_view text);

// The most that a unit can weigh, to a quarter pound, whose fulfilment costs `fee`; `tier` in the report's words.
// Nothing where the card in force has no such tier, or is dearer throughout.
std::optional<double> heaviest_at_fee(const market::RateCard& card, std::string_view group, std::string_view tier,
                                      const Money& fee, const Money& price, Date day);

// The group that a category's name puts a product in.
std::string_view fee_group_of(std::string_view category);

}  // namespace destock::economics
