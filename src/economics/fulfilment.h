#pragma once
// Size tier and fulfilment fee by the rate card in force on a day. A card that is silent gives nothing, and says why.

#include <array>
#include <optional>
#include <span>
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
  double unit_weight_lb = 0;
};
// Some categories are measured by tiers of their own.
std::optional<TierFound> size_tier_of(const market::RateCard& card, const PackageSize& size, Date day,
                                      std::string_view category = {});

// One figure of a fee, with the card row that gave it.
struct FeePart {
  std::string id;  // "fulfilment", "surcharge", "overmax"
  Text name;
  Money amount;
  std::string source;
  market::Confidence confidence = market::Confidence::kSingle;
};

struct FulfilmentFee {
  std::vector<FeePart> parts;
  Money total;
  bool peak_unknown = false;   // the day is in a peak season whose table is not known: the fee is at least this
  bool low_price = false;      // by the table of low prices
  std::vector<FeePart> maybe;  // that come on top where something holds that no card and no report says
};

// What is shipped, at what price, on which day, by whom.
struct Shipment {
  std::string_view category;
  std::string_view tier;
  double shipping_weight_lb = 0;
  double unit_weight_lb = 0;
  Money price;
  Date day;
  std::optional<PackageSize> size{};
  std::span<const std::string> programmes{};
};
Shipment shipment_of(const TierFound& tier, const PackageSize& size, std::string_view category, const Money& price,
                     Date day, std::span<const std::string> programmes = {});

struct FulfilmentAnswer {
  std::optional<FulfilmentFee> fee;
  std::optional<FeePart> one, other;  // sources differ on it: both, and no fee
};
FulfilmentAnswer fulfilment_of(const market::RateCard& card, const Shipment& shipment);

// Nothing where the card has no row for tier, weight or day, or two that differ.
std::optional<FulfilmentFee> fulfilment_fee(const market::RateCard& card, std::string_view category,
                                            std::string_view tier, double shipping_weight_lb, const Money& price,
                                            Date day, const std::optional<PackageSize>& size = {});

// Letters and digits alone, small: a tier's name as reports write it, "UsLargeStandardSize" or "Large standard-size",
// then holds its id.
std::string letters_of(std::string_view text);
// The card's tier that a report names; nullptr where it has none.
const market::SizeTier* tier_named(const market::RateCard& card, std::string_view words, Date day);

// The most that a unit can weigh, to a quarter pound, whose fulfilment costs `fee`; `tier` in the report's words.
// Nothing where the card in force has no such tier, or is dearer throughout.
std::optional<double> heaviest_at_fee(const market::RateCard& card, std::string_view category, std::string_view tier,
                                      const Money& fee, const Money& price, Date day);

// What comes on top of referral and fulfilment of a sale, as a share of both: digital services fees of those who pay
// them.
double selling_surcharge(const market::RateCard& card, std::span<const std::string> programmes, Date day);

}  // namespace destock::economics
