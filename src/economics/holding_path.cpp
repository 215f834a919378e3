#include "economics/holding_path.h"

#include <algorithm>

namespace destock::economics {

std::vector<HoldingMonth> holding_until(const HoldingTerms& terms, std::span<const account::AgeBand> ages, double units,
                                        Date from, Date until) {
  std::vector<HoldingMonth> months;
  for (Date day = from; day <= until; day = first_of_next_month(day)) {
    const Date last = std::min(until, first_of_next_month(day) - Days(1));
    HoldingMonth month{day, last, {}, 0.0, 0, Bound::kExact, false};
    const double share = static_cast<double>(days_between(day, last) + 1) / days_in_month(day);
    if (const auto whole = terms.month(month_of(day), units)) month.storage = *whole * share;
    month.utilisation = terms.utilisation_in(month_of(day), units) * share;
    month.storage_bound = terms.bound_of(month_of(day));
    // Where no card says on which day ages are looked at, any may be it.
    const auto assessed = terms.assessed_in(day);
    const Date looked_at = assessed.value_or(last);
    const auto ahead = static_cast<int>(days_between(from, looked_at));
    if (looked_at >= day && looked_at <= last) {
      month.surcharge = ages.empty() && units > 0 ? std::nullopt : aged_surcharge_of(terms, ages, ahead, looked_at);
      month.surcharge_at_least = std::any_of(ages.begin(), ages.end(), [&](const account::AgeBand& held) {
        return terms.at_least(looked_at, held, ahead);
      });
    }
    months.push_back(month);
  }
  return months;
}

bool holding_by_week(const HoldingTerms& terms, std::span<const account::AgeBand> ages, double units, Date first_day,
                     std::span<double> weekly) {
  std::fill(weekly.begin(), weekly.end(), 0.0);
  if (!terms.storage_per_unit || weekly.empty()) return false;
  const auto days = static_cast<int64_t>(weekly.size()) * 7;
  const Date end = first_day + Days(days);
  // Month by month: a day's rate is the same within one, so a week takes as many days of it as fall into both.
  for (Date month = first_day; month < end; month = first_of_next_month(month)) {
    const int64_t begin = days_between(first_day, month);
    const int64_t stop = std::min(days, days_between(first_day, first_of_next_month(month)));
    const double per_day = (*terms.storage_per_unit)[month_of(month) - 1] * units / days_in_month(month);
    for (int64_t day = begin; day < stop;) {
      const int64_t week = day / 7;
      const int64_t upto = std::min(stop, (week + 1) * 7);
      weekly[static_cast<size_t>(week)] += per_day * static_cast<double>(upto - day);
      day = upto;
    }
    const auto assessed_on = terms.assessed_in(month);
    const int64_t assessed = assessed_on ? days_between(first_day, *assessed_on) : -1;
    if (assessed < begin || assessed >= stop) continue;
    if (const auto surcharge = aged_surcharge_of(terms, ages, static_cast<int>(assessed), *assessed_on))
      weekly[static_cast<size_t>(assessed / 7)] += *surcharge;
  }
  return true;
}

}  // namespace destock::economics
