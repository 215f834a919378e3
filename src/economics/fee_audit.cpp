#include "economics/fee_audit.h"

#include <fmt/format.h>
#include <algorithm>
#include <map>

#include "economics/fulfilment.h"
#include "economics/holding.h"
#include "economics/pace.h"

namespace destock::economics {
namespace {

void audit_fulfilment(const account::Account& account, size_t i, const market::RateCard& card,
                      std::span<const std::string> enrolled, FeeAudit& audit) {
  const account::FeeFacts& fees = account.fees[i];
  if (!fees.longest_in || !fees.median_in || !fees.shortest_in || !fees.weight_lb || !fees.preview_price) return;
  const PackageSize size{{*fees.longest_in, *fees.median_in, *fees.shortest_in}, *fees.weight_lb};
  const std::string& category = account.listings[i].category;
  // By the card of the day that it was previewed on: a peak fee is no difference from an ordinary day's.
  const Date day = fees.preview_day.value_or(account.as_of);
  const auto tier = size_tier_of(card, size, day, category);
  if (!tier) return;
  ++audit.checked_fees;
  const bool same_tier =
      fees.size_tier.empty() || letters_of(fees.size_tier).find(letters_of(tier->tier->id)) != std::string::npos;
  const auto fee = fulfilment_of(card, shipment_of(*tier, size, category, *fees.preview_price, day, enrolled)).fee;
  if (!fee || !fees.fulfilment_fee) {
    if (!same_tier)
      audit.differences.push_back(
          {i, "size_tier", tier->tier->id, fees.size_tier, {}, {}, {}, {"the size tiers differ", "尺寸分段不同"}});
    return;
  }
  const Money difference = (*fees.fulfilment_fee - fee->total).rounded();
  if (difference.is_zero() && same_tier) return;
  Text note = same_tier ? Text{"same tier, another fee", "分段相同，费用不同"}
                        : Text{"another size tier: have it measured again", "尺寸分段不同：可申请重新测量"};
  if (fee->peak_unknown && same_tier)
    note = {"peak season: the preview may hold a peak fee that the card does not know",
            "旺季：预览可能含费率表中没有的旺季费"};
  const auto sold = units_of_a_year(account, i);
  audit.differences.push_back({i, "fulfilment", tier->tier->id, fees.size_tier, fee->total.rounded(),
                               fees.fulfilment_fee, sold ? std::optional(difference.times(*sold)) : std::nullopt,
                               note});
}

void audit_storage(const account::Account& account, const market::Facts& facts, FeeAudit& audit) {
  std::map<std::pair<std::string, std::string>, size_t> by_fnsku;
  for (size_t i = 0; i < account.size(); ++i)
    if (!account.listings[i].fnsku.empty())
      by_fnsku.emplace(std::make_pair(account.listings[i].marketplace, account.listings[i].fnsku), i);
  for (const account::StorageFeeRow& row : account.storage_fees) {
    const auto listing = by_fnsku.find({row.marketplace, row.fnsku});
    const market::RateCard* card = facts.public_card(row.marketplace);
    if (listing == by_fnsku.end() || !card || !row.fee || !row.average_units || !row.volume_cuft) continue;
    account::FeeFacts charged_as;
    charged_as.size_tier = row.size_tier;
    const market::StorageRate* rate = market::storage_in_force(*card, size_class_of(charged_as), row.month,
                                                               account.listings[listing->second].category);
    if (!rate) continue;
    ++audit.checked_storage;
    const Money expected = Money::from_double(storage_of(*rate, facts.marketplaces.find(row.marketplace)->second,
                                                         *row.volume_cuft * *row.average_units, row.month),
                                              row.fee->currency());
    const Money difference = (*row.fee - expected).rounded();
    // A utilisation surcharge or rounding of volumes within a hundredth is no finding.
    if (std::abs(difference.to_double()) <= 0.01 + 0.01 * expected.to_double()) continue;
    audit.differences.push_back(
        {listing->second,
         "storage",
         iso(row.month).substr(0, 7),
         row.size_tier,
         expected.rounded(),
         row.fee->rounded(),
         difference * 12,
         {"charged storage is not volume × average units × rate; a utilisation surcharge may be in it",
          "仓储费与 体积 × 平均件数 × 费率 不符；可能含库容利用率附加费"}});
  }
}

}  // namespace

std::optional<double> units_of_a_year(const account::Account& account, size_t listing) {
  constexpr int kYear = 365;
  if (!account.sales.days.of(listing).empty())
    return static_cast<double>(account.units_since(listing, account.as_of - Days(kYear)));
  const auto pace = sold_a_day(account, listing, kYear);
  return pace ? std::optional(*pace * kYear) : std::nullopt;
}

FeeAudit audit_fees(const account::Account& account, const market::Facts& facts) {
  FeeAudit audit;
  for (size_t i = 0; i < account.size(); ++i)
    if (const market::RateCard* card = facts.public_card(account.listings[i].marketplace))
      audit_fulfilment(account, i, *card, facts.programmes_of(account.listings[i].marketplace, account.listings[i].sku),
                       audit);
  audit_storage(account, facts, audit);
  const auto size_of = [](const FeeDifference& difference) {
    return difference.a_year ? std::abs(difference.a_year->to_double()) : 0;
  };
  std::stable_sort(audit.differences.begin(), audit.differences.end(),
                   [&](const auto& a, const auto& b) { return size_of(a) > size_of(b); });
  return audit;
}

}  // namespace destock::economics
