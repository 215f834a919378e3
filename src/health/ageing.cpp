#include "health/ageing.h"

#include <algorithm>
#include <cmath>

#include "account/assemble.h"

namespace destock::health {
namespace {

size_t shown_band(int from_day) {
  size_t band = 0;
  for (size_t i = 0; i < kShownBandsFrom.size(); ++i)
    if (from_day >= kShownBandsFrom[i]) band = i;
  return band;
}

// Units at least `days` old; a band that straddles the day gives its older part, spread evenly.
int64_t at_least(std::span<const account::AgeBand> bands, int days) {
  double units = 0;
  for (const account::AgeBand& band : bands) {
    if (band.from_day >= days)
      units += static_cast<double>(band.units);
    else if (band.to_day && *band.to_day >= days)
      units += static_cast<double>(band.units) * (*band.to_day - days + 1) / (*band.to_day - band.from_day + 1);
  }
  return std::llround(units);
}

std::optional<Crossing> crossing(std::span<const account::AgeBand> bands, Date as_of, int days) {
  std::optional<Crossing> next;
  for (const account::AgeBand& band : bands) {
    if (band.units <= 0 || !band.to_day || band.from_day >= days) continue;
    const Date earliest = as_of + Days(std::max(1, days - *band.to_day));
    const Date latest = as_of + Days(days - band.from_day);
    if (!next || earliest < next->earliest) next = Crossing{earliest, latest, band.units};
  }
  return next;
}

}  // namespace

Ageing ageing(std::span<const account::AgeBand> bands, std::span<const account::Receipt> receipts, int64_t on_hand,
              Date as_of, const market::AgeRule& rule, std::optional<int> surcharge_from) {
  Ageing result;
  if (bands.empty()) return result;
  result.known = true;
  for (const account::AgeBand& band : bands) {
    result.units[shown_band(band.from_day)] += band.units;
    if (band.units > 0) result.oldest_at_least = std::max(result.oldest_at_least.value_or(0), band.from_day);
  }
  result.aged_91_plus = at_least(bands, rule.aged_days);
  result.aged_181_plus = at_least(bands, kShownBandsFrom[2]);
  result.surcharge_from = surcharge_from;
  if (!surcharge_from) return result;
  result.charged = at_least(bands, *surcharge_from);
  result.next_charged = crossing(bands, as_of, *surcharge_from);
  if (on_hand > 0 && !receipts.empty()) {
    // Receipts that explain every unit on hand, or all that are younger than the surcharge, are exact.
    const Date first = date_of_day_number(receipts.front().day);
    const auto exact = account::ages_from_receipts(receipts, on_hand, as_of, first);
    const bool explained = !exact.empty() && (exact.back().to_day || exact.back().from_day >= *surcharge_from);
    if (explained) {
      const auto by_receipt = crossing(exact, as_of, *surcharge_from);
      if (by_receipt && by_receipt->exact()) result.next_charged = by_receipt;
    }
  }
  return result;
}

}  // namespace destock::health
