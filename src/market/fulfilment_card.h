#pragma once
// Size tiers and fulfilment fees of a rate card, as dated rows. Lengths in inches, weights in pounds, whatever the file
// says.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

struct SizeTier {
  std::string id;
  Text name;
  std::optional<double> max_lb;                   // of shipping weight; nothing: no limit
  std::optional<std::array<double, 3>> sides_in;  // longest, median, shortest, each inclusive
  std::optional<double> length_plus_girth_in;     // longest + 2 · (median + shortest)
  bool unit_weight = false;                       // the unit's own weight counts, not the dimensional one
  bool bulky = false;                             // the bulky minimum counts for its dimensional weight
};

struct SizeTiers : Sourced {
  std::optional<double> dimensional_divisor;  // cubic inches a pound; nothing: not known, unit weight is used
  double bulky_minimum_in = 0;
  std::vector<SizeTier> tiers;  // the first that fits
};

// Weight up to `to_lb` (inclusive) costs fees[price band].
struct FulfilmentBand {
  double to_lb;
  std::vector<Money> fees;
};

struct FulfilmentTier {
  std::string tier;
  std::vector<FulfilmentBand> bands;
  // Beyond the bands: base + per_step for each step begun above from_lb.
  struct Beyond {
    double from_lb;
    std::vector<Money> base;
    double step_lb;
    Money per_step;
  };
  std::optional<Beyond> beyond;
};

struct FulfilmentTable : Sourced {
  std::string group;                // "standard", "apparel", "dangerous_goods", "low_price"
  std::vector<Money> price_bounds;  // bands: below the first, up to each next (inclusive), above the last
  std::vector<FulfilmentTier> tiers;

  const FulfilmentTier* tier(std::string_view id) const;
  // Which price band a price is in: below the first bound is 0; a bound itself belongs to the band it closes, but the
  // first bound opens the second.
  size_t price_band(const Money& price) const;
};

struct FulfilmentSurcharge : Sourced {
  Text name;
  double rate;  // of the fulfilment fee
};

struct OvermaxFee : Sourced {
  double longest_over_in, length_plus_girth_over_in;
  std::vector<std::pair<std::string, Money>> fees;  // by tier
};

// Days on which fulfilment costs more by a table that is not known.
struct PeakSeason {
  Date from, to;
  std::string source;
};

struct LowInventoryFee : Sourced {
  std::vector<int> days_below;  // ascending
  struct Row {
    std::string tier;
    std::optional<double> to_lb;
    std::vector<Money> fees;  // one for each of days_below
  };
  std::vector<Row> rows;
};

// Storage utilisation surcharge, per volume on top of the base rate, January to September.
struct UtilisationSurcharge : Sourced {
  Text applies;
  struct Band {
    double from_weeks;
    std::optional<double> to_weeks;  // exclusive
    Money per_volume;
  };
  std::vector<Band> bands;
};

}  // namespace destock::market
