#include "economics/utilisation.h"

#include <algorithm>
#include <map>

#include "economics/holding.h"
#include "economics/pace.h"

namespace destock::economics {
namespace {

// Units on hand that are older than the free days; all, where no ages are known.
double counted_units(const account::Account& account, size_t listing, int free_days) {
  const auto on_hand = static_cast<double>(account.stock[listing].on_hand());
  double young = 0;
  for (const account::AgeBand& band : account.ages.of(listing)) {
    if (band.from_day > free_days) continue;
    const int to = band.to_day.value_or(free_days);
    const double share =
        to <= free_days ? 1 : static_cast<double>(free_days - band.from_day + 1) / (to - band.from_day + 1);
    young += static_cast<double>(band.units) * share;
  }
  return std::max(0.0, on_hand - young);
}

const market::UtilisationSurcharge* surcharge_of(const market::RateCard& card, std::string_view size_class, Date day) {
  for (const market::UtilisationSurcharge& row : card.utilisation)
    if (row.size_class == size_class && row.in_force_on(day)) return &row;
  return nullptr;
}

}  // namespace

std::vector<account::StorageUse> storage_use(const account::Account& account, const market::Facts& facts) {
  std::map<std::pair<std::string, std::string>, account::StorageUse> uses;
  std::map<std::string, Date> first_seen;
  for (size_t i = 0; i < account.size(); ++i) {
    const std::string& marketplace = account.listings[i].marketplace;
    if (const auto& seen = account.first_seen[i]) {
      const auto at = first_seen.try_emplace(marketplace, *seen).first;
      at->second = std::min(at->second, *seen);
    }
    const market::RateCard* card = facts.rate_card(marketplace);
    const std::string size_class(size_class_of(account.fees[i]));
    const market::UtilisationSurcharge* row = card ? surcharge_of(*card, size_class, account.as_of) : nullptr;
    if (!row || !account.fees[i].volume_cuft) continue;
    account::StorageUse& use = uses[{marketplace, size_class}];
    use.marketplace = marketplace;
    use.size_class = size_class;
    use.volume_cuft += counted_units(account, i, row->free_days) * *account.fees[i].volume_cuft;
    const auto pace = sold_a_day(account, i, row->over_days);
    if (!pace && account.stock[i].on_hand() > 0) use.unknown = true;
    use.shipped_cuft_a_week += pace.value_or(0) * kWeekDays * *account.fees[i].volume_cuft;
  }
  std::vector<account::StorageUse> list;
  for (auto& [key, use] : uses) {
    const market::UtilisationSurcharge& row =
        *surcharge_of(*facts.rate_card(use.marketplace), use.size_class, account.as_of);
    const auto seen = first_seen.find(use.marketplace);
    const bool old = seen != first_seen.end() && days_between(seen->second, account.as_of) > row.first_shipment_days;
    const double per_cuft = volumes_per_cuft(facts.marketplaces.find(use.marketplace)->second);
    const bool held_enough = old && use.volume_cuft * per_cuft >= row.least_volume;
    use.unknown = use.unknown && held_enough;
    if (!use.unknown && use.shipped_cuft_a_week > 0) use.weeks = use.volume_cuft / use.shipped_cuft_a_week;
    const market::UtilisationSurcharge::Band* band = use.weeks ? row.band(*use.weeks) : nullptr;
    if (band && held_enough) {
      use.per_volume = band->per_volume;
      use.months = row.months;
      use.source = row.source;
    }
    list.push_back(std::move(use));
  }
  return list;
}

}  // namespace destock::economics
