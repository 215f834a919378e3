#pragma once
// What price and promotions do to units: one log-linear response a series, shrunk to what its group shows, as a
// distribution. Empirical Bayes: what the series itself says counts by how surely it says it.
//
//   log E[units] = level + trend · t + elasticity · log(price) + Σ effect · control + log(offset)

#include <array>
#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "demand/panel.h"

namespace destock::demand {

inline constexpr size_t kMostControls = 4;

// Histories of units with their prices, side by side. Rows of a series are in order of time.
struct ResponsePanel {
  size_t controls = 0;        // columns beside the price: promotion shares, flags
  int periods_per_year = 52;  // what was seen a year ago counts half
  std::vector<uint64_t> offsets{0};
  std::vector<double> units;      // kNotKnown: out of stock
  std::vector<double> log_price;  // kNotKnown: no price known
  std::vector<double> control;    // row by row, `controls` each
  std::vector<double> offset;     // expected factor of the period (season, events); empty: 1
  std::vector<int32_t> group;     // from 0

  size_t size() const { return offsets.size() - 1; }
};

struct NormalPrior {
  double mean, sd;
};
struct ResponsePrior {
  double elasticity_median = 2;  // of −elasticity, log-normal
  double elasticity_log_sd = 0.525;
  std::array<NormalPrior, kMostControls> controls{};  // effects on log units
};

// What a series' elasticity rests on.
enum class ResponseBasis {
  kPriorOnly,       // its price never moved: the group's, else the prior
  kOwnAndGroup,     // its own price moves, shrunk to the group
  kWrongSign,       // units fell with the price beyond chance: set aside, the prior alone
  kFollowedDemand,  // the price moved after units had: its evidence counts a quarter
  kNoSales,         // nothing to learn from
};
std::string_view response_basis_id(ResponseBasis basis);
Text response_basis_name(ResponseBasis basis);

struct Effect {
  double mean = 0, sd = 0;
};
struct PriceResponse {
  ResponseBasis basis = ResponseBasis::kPriorOnly;
  Effect elasticity;             // negative
  double low = 0, high = 0;      // the middle 90 % of the elasticity
  double own = kNotKnown;        // as the series alone says it, without prior
  double own_error = kNotKnown;  // standard error of that
  int price_changes = 0;
  std::array<Effect, kMostControls> effects{};  // on log units, of each control
};

// What all series of a group show: the prior of each of them.
struct GroupResponse {
  double elasticity_median = 2;
  double elasticity_log_sd = 0.5;
  std::array<Effect, kMostControls> effects{};
  double series = 0;  // with evidence of their own
};

struct PriceResponses {
  std::vector<GroupResponse> groups;
  std::vector<PriceResponse> series;
};

// One prior a group.
PriceResponses price_responses(const ResponsePanel& panel, std::span<const ResponsePrior> priors, unsigned threads);

}  // namespace destock::demand
