#pragma once
// What a sale brings and what holding and leaving cost, for one listing on one day. The seller's own figures come first
// (Fee Preview, planning report), then the rate card in force; what neither knows is unknown, and is named.

#include <optional>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

struct SaleTerms {
  Currency currency;
  double tax_in_price = 0;
  double referral_rate = 0;
  std::optional<Money> referral_minimum;
  bool referral_known = false;
  std::optional<Money> fulfilment;
  std::optional<double> return_rate;  // returned ÷ sold; nothing: no returns report, or too few sales to say
  Text referral_source, fulfilment_source;
  std::vector<Text> unknown;  // figures that neither the reports nor a card gives

  // Cash of one sale at a price, less tax, referral, fulfilment and expected returns; before what is unknown.
  double net(double price) const;
  Money referral_fee(Money price) const;
  // A returned sale gives back the price and gets back the referral; the fulfilment is gone.
  Money returns_cost(Money price) const;
};
SaleTerms sale_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day);

// Unit cost and freight in one currency; nothing where the purchase cost is unknown or no rate joins the two.
struct LandedCost {
  Money unit_cost;
  Money freight;  // zero where the sheet gives none: see freight_known
  bool freight_known = false;
  Money total() const { return unit_cost + freight; }
};
std::optional<LandedCost> landed_cost(const account::Account& account, size_t listing, Currency currency, Date day);

}  // namespace destock::economics
