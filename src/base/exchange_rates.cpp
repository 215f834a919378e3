#include "base/exchange_rates.h"

namespace destock {
namespace {

double in_force(const std::map<Date, double>& by_day, Date day) {
  auto after = by_day.upper_bound(day);
  return after == by_day.begin() ? after->second : std::prev(after)->second;
}

}  // namespace

void ExchangeRates::add(Date day, Currency from, Currency to, double rate) {
  DESTOCK_CHECK(rate > 0);
  rates_[{from, to}][day] = rate;
}

std::optional<double> ExchangeRates::rate_on(Date day, Currency from, Currency to) const {
  if (from == to) return 1.0;
  if (auto direct = rates_.find({from, to}); direct != rates_.end()) return in_force(direct->second, day);
  if (auto inverse = rates_.find({to, from}); inverse != rates_.end()) return 1.0 / in_force(inverse->second, day);
  return std::nullopt;
}

std::optional<Money> ExchangeRates::convert(Money amount, Currency to, Date day) const {
  const auto rate = rate_on(day, amount.currency(), to);
  if (!rate) return std::nullopt;
  return Money::from_double(amount.to_double() * *rate, to);
}

}  // namespace destock
