#include "economics/own_charges.h"

#include <algorithm>
#include <cmath>
#include <tuple>

#include "economics/fee_audit.h"
#include "economics/sale_terms.h"

namespace destock::economics {
namespace {

constexpr int kWindowDays = 56;   // before the last day that was paid
constexpr double kAsCard = 0.01;  // of a fee: it is the card's

using account::SettledDay;

std::span<const SettledDay> days_of(const account::Account& account, size_t listing) {
  const account::Listing& named = account.listings[listing];
  const auto wanted = std::tie(named.marketplace, named.sku);
  const auto begin = std::partition_point(account.settled.begin(), account.settled.end(), [&](const SettledDay& row) {
    return std::tie(row.marketplace, row.sku) < wanted;
  });
  const auto end = std::partition_point(begin, account.settled.end(), [&](const SettledDay& row) {
    return std::tie(row.marketplace, row.sku) <= wanted;
  });
  return {begin, end};
}

// The fee of a unit that half of the units are charged at most: other prices and slips do not move it.
std::optional<Money> median_fee(std::span<const SettledDay> days) {
  std::vector<std::pair<double, int64_t>> fees;
  int64_t units = 0;
  for (const SettledDay& day : days) {
    if (day.fulfilment <= 0) continue;
    fees.emplace_back(static_cast<double>(day.fulfilment) / static_cast<double>(day.units), day.units);
    units += day.units;
  }
  if (fees.empty()) return std::nullopt;
  std::sort(fees.begin(), fees.end());
  int64_t below = 0;
  for (const auto& [fee, count] : fees)
    if ((below += count) * 2 >= units) return Money::from_units(std::llround(fee), days.front().currency);
  return std::nullopt;
}

// Referral ÷ what buyers paid, tax with it where prices hold it.
void fit_referral(std::span<const SettledDay> days, bool tax_in_price, account::SettledFees& settled) {
  double paid = 0, referral = 0, units = 0;
  for (const SettledDay& day : days) {
    const double of_day = static_cast<double>(day.principal) + static_cast<double>(day.promotion) +
                          (tax_in_price ? static_cast<double>(day.tax) : 0);
    if (day.referral <= 0 || of_day <= static_cast<double>(day.referral)) continue;
    paid += of_day;
    referral += static_cast<double>(day.referral);
    units += static_cast<double>(day.units);
  }
  if (units <= 0) return;
  settled.referral_rate = referral / paid;
  settled.price = Money::fitting(paid / units / Money::kUnitsPerWhole, days.front().currency);
}

// The newest days that one card speaks for.
std::span<const SettledDay> newest(std::span<const SettledDay> days, const market::RateCard* card) {
  const Date last = days.back().day;
  Date first = std::max(days.front().day, last - Days(kWindowDays));
  if (card)
    if (const auto changes = market::days_of_change(*card, first, last); !changes.empty()) first = changes.back();
  const auto from =
      std::partition_point(days.begin(), days.end(), [&](const SettledDay& day) { return day.day < first; });
  return {from, days.end()};
}

OwnRate beside_card(const account::Account& account, size_t listing, const char* fee, const Money& rate,
                    const std::optional<Money>& card, bool speaks, size_t rows) {
  const account::SettledFees& settled = *account.fees[listing].settled;
  OwnRate own{account.listings[listing].marketplace,
              fee,
              {},
              {},
              false,
              rate,
              card,
              {},
              settled.first_day,
              settled.last_day,
              rows};
  own.sku = account.listings[listing].sku;
  own.units = settled.units;
  const bool differs = !card || std::abs(rate.to_double() - card->to_double()) > kAsCard * card->to_double();
  own.used = speaks && differs;
  const auto sold = units_of_a_year(account, listing);
  if (card && !differs)
    own.a_year = Money::zero(rate.currency());
  else if (card && sold && *sold > 0)
    own.a_year = Money::fitting((rate.to_double() - card->to_double()) * *sold, rate.currency());
  return own;
}

void set_against_cards(const account::Account& account, size_t listing, const market::Facts& facts, size_t rows,
                       std::vector<OwnRate>& rates) {
  const account::FeeFacts& fees = account.fees[listing];
  const account::SettledFees& settled = *fees.settled;
  if (settled.fulfilment)
    rates.push_back(beside_card(account, listing, "fulfilment", *settled.fulfilment,
                                card_fulfilment(account, listing, facts, settled.last_day), !fees.fulfilment_fee,
                                rows));
  if (!settled.referral_rate || !settled.price) return;
  const market::RateCard* card = facts.public_card(account.listings[listing].marketplace);
  const market::ReferralRate* row = card ? market::in_force(card->referral, settled.last_day) : nullptr;
  std::optional<Money> by_card;
  if (row)
    if (const market::Priced priced = row->priced(*settled.price, account.listings[listing].category);
        !priced.disputed())
      by_card = priced.fee;
  OwnRate own = beside_card(account, listing, "referral", settled.price->times(*settled.referral_rate), by_card,
                            !fees.referral_fee, rows);
  own.share = settled.referral_rate;
  rates.push_back(std::move(own));
}

}  // namespace

std::vector<OwnRate> take_own_charges(account::Account& account, const market::Facts& facts) {
  std::vector<OwnRate> rates;
  if (account.settled.empty()) return rates;
  for (size_t i = 0; i < account.size(); ++i) {
    const auto all = days_of(account, i);
    if (all.empty() || all.back().currency != account.listings[i].currency) continue;
    const std::string& marketplace = account.listings[i].marketplace;
    const auto named = facts.marketplaces.find(marketplace);
    const auto days = newest(all, facts.public_card(marketplace));
    account::SettledFees settled{{}, {}, {}, days.front().day, days.back().day, 0};
    for (const SettledDay& day : days) settled.units += day.units;
    settled.fulfilment = median_fee(days);
    fit_referral(days, named != facts.marketplaces.end() && named->second.tax_in_price > 0, settled);
    account.fees[i].settled = settled;
    set_against_cards(account, i, facts, days.size(), rates);
  }
  // What costs the most more than the card first.
  std::stable_sort(rates.begin(), rates.end(), [](const OwnRate& a, const OwnRate& b) {
    const auto more = [](const OwnRate& own) { return own.a_year ? std::abs(own.a_year->to_double()) : -1.0; };
    return more(a) > more(b);
  });
  return rates;
}

}  // namespace destock::economics
