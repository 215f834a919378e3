#include "economics/sale_terms.h"

#include <algorithm>

#include "economics/fulfilment.h"

namespace destock::economics {

namespace {

constexpr int kReturnWindow = 180;       // days
constexpr int64_t kLeastUnitsSold = 20;  // fewer say nothing about a rate

// Returned units of a half year by those sold in it.
std::optional<double> return_rate(const account::Account& account, size_t listing) {
  const bool reported =
      std::any_of(account.reports.begin(), account.reports.end(), [&](const account::ReportAge& report) {
        return report.report == account::ReportKind::kReturns &&
               report.marketplace == account.listings[listing].marketplace;
      });
  if (!reported) return std::nullopt;
  const Date from = account.as_of - Days(kReturnWindow);
  const auto days = account.sales.days.of(listing);
  int64_t sold = 0;
  for (size_t i = 0; i < days.size(); ++i)
    if (days[i] >= day_number(from)) sold += account.sales.units[account.sales.days.offsets[listing] + i];
  if (sold < kLeastUnitsSold) return std::nullopt;
  int64_t returned = 0;
  for (const account::ReturnDay& row : account.returns_of(listing))
    if (row.day >= from) returned += row.units;
  return std::min(1.0, static_cast<double>(returned) / static_cast<double>(sold));
}

// The fee by the card, where Fee Preview is silent and the size is known.
void fulfilment_by_card(const account::Account& account, size_t listing, const market::RateCard* card, Date day,
                        SaleTerms& terms) {
  const account::FeeFacts& fees = account.fees[listing];
  if (!card || !fees.price || !fees.longest_in || !fees.median_in || !fees.shortest_in || !fees.weight_lb) return;
  const PackageSize size{{*fees.longest_in, *fees.median_in, *fees.shortest_in}, *fees.weight_lb};
  const auto tier = size_tier_of(*card, size, day);
  if (!tier) return;
  const auto fee = fulfilment_fee(*card, fee_group_of(account.listings[listing].category), tier->tier->id,
                                  tier->shipping_weight_lb, *fees.price, day, size);
  if (!fee) return;
  terms.fulfilment = fee->total;
  terms.fulfilment_source = {fee->parts.front().source, fee->parts.front().source};
  if (fee->peak_unknown)
    terms.unknown.push_back({"peak season: the fulfilment fee is at least the card's", "旺季：配送费至少为费率表数额"});
}

void referral_by_card(const account::Account& account, size_t listing, const market::ReferralRate& referral,
                      SaleTerms& terms) {
  const auto& price = account.fees[listing].price;
  terms.referral_known = true;
  terms.referral_source = {referral.source, referral.source};
  // The rate at the current price: within a category's step it holds for every price of the step.
  terms.referral_rate = referral.default_rate;
  if (price && price->units() > 0 && referral.category(account.listings[listing].category))
    terms.referral_rate = referral.fee(*price, account.listings[listing].category).to_double() / price->to_double();
}

}  // namespace

double SaleTerms::net(double price) const {
  double referral = price * referral_rate;
  if (referral_minimum) referral = std::max(referral, referral_minimum->to_double());
  const double kept = price / (1 + tax_in_price) - referral;
  return kept * (1 - return_rate.value_or(0)) - (fulfilment ? fulfilment->to_double() : 0);
}

Money SaleTerms::referral_fee(Money price) const {
  const Money share = price.times(referral_rate);
  return referral_minimum ? std::max(share, *referral_minimum) : share;
}

Money SaleTerms::returns_cost(Money price) const {
  return (price.times(1 / (1 + tax_in_price)) - referral_fee(price)).times(return_rate.value_or(0));
}

SaleTerms sale_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  const std::string& marketplace = account.listings[listing].marketplace;
  SaleTerms terms{account.listings[listing].currency, 0,  0,  {}, false, fees.fulfilment_fee,
                  return_rate(account, listing),      {}, {}, {}};
  const Text preview{"Fee Preview", "费用预览"};
  if (terms.fulfilment) terms.fulfilment_source = preview;
  if (const auto found = facts.marketplaces.find(marketplace); found != facts.marketplaces.end())
    terms.tax_in_price = found->second.tax_in_price;
  const market::RateCard* card = facts.rate_card(marketplace);
  const market::ReferralRate* referral = card ? market::in_force(card->referral, day) : nullptr;
  if (referral) terms.referral_minimum = referral->minimum;
  // A fee above the price is a slip of the report: the card knows better.
  if (fees.referral_fee && fees.preview_price && fees.preview_price->units() > 0 &&
      fees.referral_fee->units() <= fees.preview_price->units()) {
    terms.referral_rate = fees.referral_fee->to_double() / fees.preview_price->to_double();
    terms.referral_known = true;
    terms.referral_source = preview;
  } else if (referral) {
    referral_by_card(account, listing, *referral, terms);
  } else {
    terms.unknown.push_back({"referral fee unknown (no Fee Preview, no card)", "佣金未提供（无费用预览，无费率表）"});
  }
  if (!terms.fulfilment) fulfilment_by_card(account, listing, card, day, terms);
  if (!terms.fulfilment)
    terms.unknown.push_back({"fulfilment fee unknown: import Fee Preview", "配送费未提供：请导入费用预览"});
  return terms;
}

std::optional<LandedCost> landed_cost(const account::Account& account, size_t listing, Currency currency, Date day) {
  const account::CostFacts& cost = account.costs[listing];
  if (!cost.unit_cost) return std::nullopt;
  const auto purchase = account.rates.convert(*cost.unit_cost, currency, day);
  if (!purchase || !purchase->is_plausible()) return std::nullopt;
  LandedCost landed{*purchase, Money::zero(currency), false};
  if (cost.freight) {
    const auto freight = account.rates.convert(*cost.freight, currency, day);
    if (!freight || !freight->is_plausible()) return std::nullopt;
    landed.freight = *freight;
    landed.freight_known = true;
  }
  return landed;
}

}  // namespace destock::economics
