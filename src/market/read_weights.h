#pragma once
// Weights of a card's rows, in the unit that the row names, as pounds.

#include "market/rate_card.h"
#include "market/toml_file.h"

namespace destock::market {

inline constexpr double kPoundsPerKg = 2.20462262185;

// Pounds in the row's unit: oz, lb, kg or g.
double pounds_per(const FactTable& row);

// `key`: rows of [limit, fee], or [limit, fee, another source's fee]; `above`: what is beyond them.
WeightTable read_weight_table(const FactTable& row, std::string_view key, std::string_view above, Currency currency);

}  // namespace destock::market
