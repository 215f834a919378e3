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

  // A rate that the program brings along: it serves where the seller has given none for a pair, by way of the US dollar
  // where neither is one, and says so.
  void add_shipped(Date day, Currency from, Currency to, double rate);

  // The rate from → to on a day: 1 for the same currency, the inverse where only to → from is known, then a shipped
  // one, nothing if unknown. A first rate also serves the days before it: a plan without any rate of the time is worse
  // than a late one.
  std::optional<double> rate_on(Date day, Currency from, Currency to) const;
  // Nothing without a rate, and where the product is beyond what Money holds.
  std::optional<Money> convert(Money amount, Currency to, Date day) const;

  // The day of the shipped rate that the pair rests on, the older of two; nothing: the seller's own, or none.
  std::optional<Date> shipped_since(Date day, Currency from, Currency to) const;

private:
  struct Leg {
    double rate;
    Date day;
  };
  std::optional<double> own(Date day, Currency from, Currency to) const;
  std::optional<Leg> shipped(Currency from, Currency to) const;
  std::optional<Leg> shipped_leg(Currency from, Currency to) const;
  std::map<std::pair<Currency, Currency>, std::map<Date, double>> rates_;
  std::map<std::pair<Currency, Currency>, Leg> shipped_;  // the newest of each pair
};

}  // namespace destock
