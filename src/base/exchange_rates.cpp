#include "base/exchange_rates.h"

#include <algorithm>

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

void ExchangeRates::add_shipped(Date day, Currency from, Currency to, double rate) {
  DESTOCK_CHECK(rate > 0);
  const auto [held, fresh] = shipped_.try_emplace({from, to}, Leg{rate, day});
  if (!fresh && held->second.day <= day) held->second = {rate, day};
}

std::optional<double> ExchangeRates::own(Date day, Currency from, Currency to) const {
  if (auto direct = rates_.find({from, to}); direct != rates_.end()) return in_force(direct->second, day);
  if (auto inverse = rates_.find({to, from}); inverse != rates_.end()) return 1.0 / in_force(inverse->second, day);
  return std::nullopt;
}

std::optional<ExchangeRates::Leg> ExchangeRates::shipped_leg(Currency from, Currency to) const {
  if (auto direct = shipped_.find({from, to}); direct != shipped_.end()) return direct->second;
  if (auto inverse = shipped_.find({to, from}); inverse != shipped_.end())
    return Leg{1 / inverse->second.rate, inverse->second.day};
  return std::nullopt;
}

std::optional<ExchangeRates::Leg> ExchangeRates::shipped(Currency from, Currency to) const {
  if (auto leg = shipped_leg(from, to)) return leg;
  const Currency dollar = currency_of("USD");
  const auto first = shipped_leg(from, dollar);
  const auto second = shipped_leg(dollar, to);
  if (!first || !second) return std::nullopt;
  return Leg{first->rate * second->rate, std::min(first->day, second->day)};
}

std::optional<double> ExchangeRates::rate_on(Date day, Currency from, Currency to) const {
  if (from == to) return 1.0;
  if (const auto given = own(day, from, to)) return given;
  const auto brought = shipped(from, to);
  return brought ? std::optional<double>(brought->rate) : std::nullopt;
}

std::optional<Date> ExchangeRates::shipped_since(Date day, Currency from, Currency to) const {
  if (from == to || own(day, from, to)) return std::nullopt;
  const auto brought = shipped(from, to);
  return brought ? std::optional<Date>(brought->day) : std::nullopt;
}

std::optional<Money> ExchangeRates::convert(Money amount, Currency to, Date day) const {
  const auto rate = rate_on(day, amount.currency(), to);
  if (!rate) return std::nullopt;
  return Money::fitting(amount.to_double() * *rate, to);
}

}  // namespace destock
