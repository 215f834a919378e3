#pragma once
// What a sale brings and what holding and leaving cost, for one listing on one day. The seller's own figures come first
// (Fee Preview, then settlements; the planning report), then the rate card in force; what neither knows is unknown, and
// is named.

#include <optional>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

// The fulfilment fee changes with the price: below, or up to, a bound of the card.
struct FeeStep {
  market::PriceBound below;
  double more;
};
// Or on a day: with the peak season, a new card, a surcharge.
struct FeeChange {
  Date from;
  double more;                   // a unit at the current price, than on the day that the terms are of
  std::vector<FeeStep> lower{};  // at lower prices, the lowest bound first: what has a low fee may not rise

  double at(const Money& price) const;
  bool none() const;  // at any price
};
// What a unit pays that is sold while its days of supply are short.
struct LowInventory {
  Money fee;
  double days_of_supply;
  std::string source;
};

struct SaleTerms {
  Currency currency;
  double tax_in_price = 0;
  double referral_rate = 0;
  std::optional<Money> referral_minimum{};
  bool referral_known = false;
  // The card's own schedule, where it speaks for every price; else the rate and the minimum above.
  const market::ReferralRate* schedule = nullptr;
  std::string category{};
  std::string tier{};              // the card's, where the size is known
  std::optional<Money> closing{};  // of media, beside the referral fee; nothing: none is due, or it is not known
  bool closing_unknown = false;
  std::optional<Money> fulfilment{};
  std::optional<LowInventory> low_inventory{};  // on top of the fulfilment fee
  double selling_surcharge = 0;                 // on top of referral and fulfilment, as a share of them
  std::vector<FeeStep> fulfilment_steps{};      // at lower prices, the lowest bound first
  std::vector<FeeStep> fulfilment_above{};      // at prices beyond a bound, the highest bound first
  std::optional<double> return_rate{};          // returned ÷ sold; nothing: no returns report, or too few sales to say
  Text referral_source{}, fulfilment_source{}, closing_source{};
  std::vector<Text> unknown{};  // figures that neither the reports nor a card gives

  // Cash of one sale at a price, less tax, referral, fulfilment and expected returns; before what is unknown. Where
  // sources differ on a lower price's referral, the dearer is taken off: no cut is made for a fee that may be too low.
  double net(double price) const;
  Money referral_fee(Money price) const;
  Money closing_fee() const;                // zero where none is counted
  double fulfilment_at(Money price) const;  // with the low-inventory-level fee
  // Both figures of a price whose referral sources differ on.
  std::optional<market::Priced> referral_disputed(Money price) const;
  // A returned sale gives back the price and gets back referral and closing fee; the fulfilment is gone.
  Money returns_cost(Money price) const;
};
SaleTerms sale_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day);

// The public card's fulfilment fee of a listing's unit on a day at its price; nothing where size, price or card is not
// known.
std::optional<Money> card_fulfilment(const account::Account& account, size_t listing, const market::Facts& facts,
                                     Date day);

// How the fulfilment fee will differ from what it is on `first`, by the card; empty where the size or the card is not
// known. `unknown`: days on which it rises by what nobody knows are said there.
std::vector<FeeChange> fulfilment_changes(const account::Account& account, size_t listing, const market::Facts& facts,
                                          Date first, Date last, std::vector<Text>& unknown);

// Unit cost and freight in one currency; nothing where the purchase cost is unknown or no rate joins the two.
struct LandedCost {
  Money unit_cost;
  Money freight;  // zero where the sheet gives none: see freight_known
  bool freight_known = false;
  Money total() const { return unit_cost + freight; }
};
std::optional<LandedCost> landed_cost(const account::Account& account, size_t listing, Currency currency, Date day);

}  // namespace destock::economics
