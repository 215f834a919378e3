#include "economics/sale_terms.h"

#include <algorithm>

namespace destock::economics {

double SaleTerms::net(double price) const {
  double referral = price * referral_rate;
  if (referral_minimum) referral = std::max(referral, referral_minimum->to_double());
  return price / (1 + tax_in_price) - referral - (fulfilment ? fulfilment->to_double() : 0);
}

Money SaleTerms::referral_fee(Money price) const {
  const Money share = price.times(referral_rate);
  return referral_minimum ? std::max(share, *referral_minimum) : share;
}

SaleTerms sale_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  const std::string& marketplace = account.listings[listing].marketplace;
  SaleTerms terms{account.listings[listing].currency, 0, 0, {}, fees.fulfilment_fee, false, {}};
  if (const auto found = facts.marketplaces.find(marketplace); found != facts.marketplaces.end())
    terms.tax_in_price = found->second.tax_in_price;
  const market::RateCard* card = facts.rate_card(marketplace);
  const market::ReferralRate* referral = card ? market::in_force(card->referral, day) : nullptr;
  if (referral) terms.referral_minimum = referral->minimum;
  if (fees.referral_fee && fees.preview_price && fees.preview_price->units() > 0) {
    terms.referral_rate = fees.referral_fee->to_double() / fees.preview_price->to_double();
    terms.referral_from_preview = true;
  } else if (referral) {
    terms.referral_rate = referral->default_rate;
  } else {
    terms.unknown.push_back({"referral fee unknown: cash is before it", "佣金未知：回款未扣佣金"});
  }
  if (!terms.fulfilment)
    terms.unknown.push_back({"fulfilment fee unknown (import Fee Preview): cash is before it",
                             "配送费未知（请导入费用预览）：回款未扣配送费"});
  return terms;
}

std::optional<LandedCost> landed_cost(const account::Account& account, size_t listing, Currency currency, Date day) {
  const account::CostFacts& cost = account.costs[listing];
  if (!cost.unit_cost) return std::nullopt;
  const auto purchase = account.rates.convert(*cost.unit_cost, currency, day);
  if (!purchase) return std::nullopt;
  LandedCost landed{*purchase, Money::zero(currency), false};
  if (cost.freight) {
    const auto freight = account.rates.convert(*cost.freight, currency, day);
    if (!freight) return std::nullopt;
    landed.freight = *freight;
    landed.freight_known = true;
  }
  return landed;
}

}  // namespace destock::economics
