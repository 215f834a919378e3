#include "economics/price_ending.h"

namespace destock::economics {
namespace {

// Prices of an ending are offset + k · step, in 1/10,000.
struct Grid {
  int64_t step;
  int64_t offset;
};

Grid grid_of(Currency currency, market::PriceEnding ending) {
  const bool whole = currency.minor_digits() == 0;
  switch (ending) {
    case market::PriceEnding::kTenthNine: return whole ? Grid{100'000, 90'000} : Grid{1'000, 900};
    case market::PriceEnding::kNinetyNine: return whole ? Grid{1'000'000, 990'000} : Grid{10'000, 9'900};
    case market::PriceEnding::kWholeEnding8: return {100'000, 80'000};
    case market::PriceEnding::kNone: return {whole ? 10'000 : 100, 0};
  }
  return {100, 0};
}

int64_t floor_on(int64_t units, Grid grid) {
  const int64_t from = units - grid.offset;
  const int64_t steps = from >= 0 ? from / grid.step : -((-from + grid.step - 1) / grid.step);
  return grid.offset + steps * grid.step;
}

Money at_least_first(int64_t units, Grid grid, Currency currency) {
  const int64_t first = grid.offset > 0 ? grid.offset : grid.step;
  return Money::from_units(units < first ? first : units, currency);
}

}  // namespace

Money nearest_ending(Money price, market::PriceEnding ending) {
  const Grid grid = grid_of(price.currency(), ending);
  const int64_t below = floor_on(price.units(), grid);
  const int64_t above = below + grid.step;
  return at_least_first(price.units() - below < above - price.units() ? below : above, grid, price.currency());
}

Money ending_at_or_below(Money price, market::PriceEnding ending) {
  const Grid grid = grid_of(price.currency(), ending);
  return at_least_first(floor_on(price.units(), grid), grid, price.currency());
}

Money ending_at_or_above(Money price, market::PriceEnding ending) {
  const Grid grid = grid_of(price.currency(), ending);
  const int64_t below = floor_on(price.units(), grid);
  return at_least_first(below < price.units() ? below + grid.step : below, grid, price.currency());
}

Money discounted(Money price, double discount, market::PriceEnding ending) {
  return ending_at_or_below(price.times(1 - discount), ending);
}

double half_a_step(Currency currency) {
  double step = 0.5;
  for (int digit = 0; digit < currency.minor_digits(); ++digit) step /= 10;
  return step;
}

}  // namespace destock::economics
