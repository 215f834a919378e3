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

// Of a listing in a month: what it was charged, all its centres together, and what the card asks for the same volume.
struct StorageMonth {
  Money charged, expected;
  std::string size_tier;
  bool split = true;  // the surcharge stands by itself in the report

  Money more() const { return (charged - expected).rounded(); }
  // Rounding of volumes within a hundredth is no finding.
  bool differs() const { return std::abs(more().to_double()) > 0.01 + 0.01 * expected.to_double(); }
};
using StorageMonths = std::map<Date, StorageMonth>;

std::map<size_t, StorageMonths> storage_charged(const account::Account& account, const market::Facts& facts,
                                                FeeAudit& audit) {
  std::map<std::pair<std::string, std::string>, size_t> by_fnsku;
  for (size_t i = 0; i < account.size(); ++i)
    if (!account.listings[i].fnsku.empty())
      by_fnsku.emplace(std::make_pair(account.listings[i].marketplace, account.listings[i].fnsku), i);
  std::map<size_t, StorageMonths> charged;
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
    const Money zero = Money::zero(row.fee->currency());
    StorageMonth& month =
        charged[listing->second].try_emplace(row.month, StorageMonth{zero, zero, row.size_tier}).first->second;
    month.expected += Money::from_double(storage_of(*rate, facts.marketplaces.find(row.marketplace)->second,
                                                    *row.volume_cuft * *row.average_units, row.month),
                                         row.fee->currency());
    month.charged += row.base().value_or(*row.fee);
    month.split = month.split && row.base();
  }
  return charged;
}

// One finding a listing: its newest month, and a year of nine ordinary months and three of the last quarter, each as
// its newest was charged. A season that was not charged adds nothing.
void audit_storage(const account::Account& account, const market::Facts& facts, FeeAudit& audit) {
  constexpr unsigned kLastQuarter = 10;
  for (const auto& [listing, months] : storage_charged(account, facts, audit)) {
    const StorageMonths::value_type* newest = nullptr;
    const StorageMonths::value_type* of_season[2] = {nullptr, nullptr};
    for (const auto& month : months) {
      of_season[month_of(month.first) >= kLastQuarter] = &month;
      if (month.second.differs()) newest = &month;
    }
    if (!newest) continue;
    Money a_year = Money::zero(newest->second.charged.currency());
    Text counted;
    for (int season = 0; season < 2; ++season) {
      if (!of_season[season]) continue;
      const int of_year = season ? 3 : 9;
      if (of_season[season]->second.differs()) a_year += of_season[season]->second.more() * of_year;
      const std::string month = iso(of_season[season]->first).substr(0, 7);
      counted.en += fmt::format("{}{} months as {}", counted.en.empty() ? "" : ", ", of_year, month);
      counted.zh += fmt::format("{}{} 个月按 {}", counted.zh.empty() ? "" : "，", of_year, month);
    }
    const auto& [day, month] = *newest;
    const bool split = month.split;
    audit.differences.push_back(
        {listing,
         "storage",
         iso(day).substr(0, 7),
         month.size_tier,
         month.expected.rounded(),
         month.charged.rounded(),
         a_year,
         {std::string(split ? "the base fee" : "charged storage") + " is not volume × average units × rate" +
              (split ? "" : "; a utilisation surcharge may be in it") + "; a year: " + counted.en,
          std::string(split ? "基础仓储费" : "仓储费") + "与 体积 × 平均件数 × 费率 不符" +
              (split ? "" : "；可能含库容利用率附加费") + "；每年：" + counted.zh}});
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
