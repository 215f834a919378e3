#pragma once
// Dated exchange rates. A conversion always names its day; the rate in force is the newest one on or before that day.

#include <map>
#include <optional>
#include <utility>

#include "base/date.h"
#include "base/money.h"

namespace destock {

class ExchangeRates {
public:
  // One unit of `from` is worth `rate` units of `to` from `day` on. rate must be positive.
  void add(Date day, Currency from, Currency to, double rate);

  // The rate from → to on a day: 1 for the same currency, the inverse where only to → from is known, nothing if
  // unknown. A first rate also serves the days before it: a plan without any rate of the time is worse than a late one.
  std::optional<double> rate_on(Date day, Currency from, Currency to) const;
  std::optional<Money> convert(Money amount, Currency to, Date day) const;

private:
  std::map<std::pair<Currency, Currency>, std::map<Date, double>> rates_;
};

}  // namespace destock
