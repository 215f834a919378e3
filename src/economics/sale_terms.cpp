#include "economics/sale_terms.h"

#include <algorithm>
#include <cmath>

#include "economics/fulfilment.h"
#include "economics/pace.h"

namespace destock::economics {

namespace {

// Returned units of a window by those sold in it.
std::optional<double> return_rate(const account::Account& account, size_t listing, const market::ReturnsRule& rule) {
  const bool reported =
      std::any_of(account.reports.begin(), account.reports.end(), [&](const account::ReportAge& report) {
        return report.report == account::ReportKind::kReturns &&
               report.marketplace == account.listings[listing].marketplace;
      });
  if (!reported) return std::nullopt;
  const Date from = account.as_of - Days(rule.window_days);
  const int64_t sold = account.units_since(listing, from);
  if (sold < rule.least_units_sold) return std::nullopt;
  int64_t returned = 0;
  for (const account::ReturnDay& row : account.returns_of(listing))
    if (row.day >= from) returned += row.units;
  return std::min(1.0, static_cast<double>(returned) / static_cast<double>(sold));
}

// A listing's package, where its size is known.
struct Measured {
  PackageSize size;
  TierFound tier;
};
std::optional<Measured> measured(const account::Account& account, size_t listing, const market::RateCard& card,
                                 Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  if (!fees.longest_in || !fees.median_in || !fees.shortest_in || !fees.weight_lb) return std::nullopt;
  const PackageSize size{{*fees.longest_in, *fees.median_in, *fees.shortest_in}, *fees.weight_lb};
  const auto tier = size_tier_of(card, size, day, account.listings[listing].category);
  return tier ? std::optional(Measured{size, *tier}) : std::nullopt;
}

std::vector<std::string> programmes_of(const account::Account& account, size_t listing, const market::Facts& facts) {
  return facts.programmes_of(account.listings[listing].marketplace, account.listings[listing].sku);
}

FulfilmentAnswer by_card(const account::Account& account, size_t listing, const market::Facts& facts,
                         const market::RateCard& card, const Money& price, Date day) {
  const auto package = measured(account, listing, card, day);
  if (!package) return {};
  const std::vector<std::string> in = programmes_of(account, listing, facts);
  return fulfilment_of(card,
                       shipment_of(package->tier, package->size, account.listings[listing].category, price, day, in));
}

// The fee by the card, where Fee Preview is silent and the size is known.
void fulfilment_by_card(const account::Account& account, size_t listing, const market::Facts& facts,
                        const market::RateCard& card, Date day, SaleTerms& terms) {
  const account::FeeFacts& fees = account.fees[listing];
  if (!fees.price) return;
  const auto answer = by_card(account, listing, facts, card, *fees.price, day);
  if (answer.one) {
    const std::string figures = answer.one->amount.str() + " / " + answer.other->amount.decimal();
    terms.unknown.push_back({"fulfilment fee: sources differ, " + figures + ", neither is counted",
                             "配送费来源不一致：" + figures + "，均未计入"});
  }
  if (!answer.fee) return;
  // Tax in it is set off against the tax in the price.
  terms.fulfilment = answer.fee->total.times(1 / (1 + card.tax_in_fulfilment));
  terms.fulfilment_source = {answer.fee->parts.front().source, answer.fee->parts.front().source};
  if (answer.fee->peak_unknown)
    terms.unknown.push_back({"peak season: the fulfilment fee is at least the card's", "旺季：配送费至少为费率表数额"});
}

Text charged(const account::SettledFees& settled) {
  const std::string days = iso(settled.first_day) + " – " + iso(settled.last_day), n = std::to_string(settled.units);
  return {"from your own reports: Settlement, " + days + ", " + n + " units",
          "来自您自己的报告：结算报告，" + days + "，" + n + " 件"};
}

// The public card's fee of a listing's unit at a price.
std::optional<Money> at_price(const account::Account& account, size_t listing, const market::Facts& facts,
                              const std::optional<Money>& price, Date day) {
  const market::RateCard* card = facts.public_card(account.listings[listing].marketplace);
  if (!card || !price) return std::nullopt;
  const auto answer = by_card(account, listing, facts, *card, *price, day);
  return answer.fee ? std::optional(answer.fee->total) : std::nullopt;
}

// A fee of an earlier day and price, by what the card has moved since.
Money moved(const Money& fee, const std::optional<Money>& card_then, const std::optional<Money>& card_now) {
  return card_then && card_now && fee + *card_now > *card_then ? fee + *card_now - *card_then : fee;
}

// As Fee Preview had it on its day.
void fulfilment_as_previewed(const account::Account& account, size_t listing, const market::Facts& facts, Date day,
                             SaleTerms& terms) {
  const account::FeeFacts& fees = account.fees[listing];
  if (!fees.fulfilment_fee) return;
  const Date of = fees.preview_day.value_or(account.as_of);
  terms.fulfilment = moved(*fees.fulfilment_fee, at_price(account, listing, facts, fees.preview_price, of),
                           at_price(account, listing, facts, fees.price, day));
  terms.fulfilment_source = {"Fee Preview", "费用预览"};
  if (fees.preview_day) terms.fulfilment_source = {"Fee Preview of " + iso(of), iso(of) + " 费用预览"};
  if (*terms.fulfilment == *fees.fulfilment_fee) return;
  terms.fulfilment_source.en += ", and what the card has changed since";
  terms.fulfilment_source.zh += "，并计入此后费率变动";
}

// As the last FBA orders were charged.
void fulfilment_as_charged(const account::Account& account, size_t listing, const market::Facts& facts, Date day,
                           SaleTerms& terms) {
  const auto& settled = account.fees[listing].settled;
  if (!settled || !settled->fulfilment) return;
  terms.fulfilment_source = charged(*settled);
  terms.fulfilment = moved(*settled->fulfilment, card_fulfilment(account, listing, facts, settled->last_day),
                           card_fulfilment(account, listing, facts, day));
}

// The share that settlements show; the card's schedule where it says the same of what buyers paid.
void referral_as_charged(const account::SettledFees& settled, const market::ReferralRate* card, SaleTerms& terms) {
  constexpr double kAsPaid = 0.01;
  terms.referral_rate = *settled.referral_rate;
  terms.referral_known = true;
  terms.referral_source = charged(settled);
  if (!card || !settled.price) return;
  const market::Priced priced = card->priced(*settled.price, terms.category, terms.tier);
  const double paid = settled.price->to_double() * terms.referral_rate;
  if (!priced.disputed() && std::abs(priced.fee.to_double() - paid) <= kAsPaid * paid) terms.schedule = card;
}

// Neither Fee Preview nor settlements have it in referral or fulfilment.
void add_selling_surcharge(const market::RateCard& card, std::span<const std::string> programmes, Date day,
                           SaleTerms& terms) {
  terms.selling_surcharge = selling_surcharge(card, programmes, day);
  if (terms.selling_surcharge <= 0) return;
  if (terms.fulfilment) terms.fulfilment = *terms.fulfilment + terms.fulfilment->times(terms.selling_surcharge);
  for (auto* steps : {&terms.fulfilment_steps, &terms.fulfilment_above})
    for (FeeStep& step : *steps) step.more *= 1 + terms.selling_surcharge;
}

std::vector<market::PriceBound> all_bounds(const market::RateCard& card, Date one, Date other) {
  std::vector<market::PriceBound> bounds;
  for (const market::FulfilmentTable& table : card.fulfilment) {
    if (!table.in_force_on(one) && !table.in_force_on(other)) continue;
    for (const market::PriceBound& bound : table.price_bounds) bounds.push_back(bound);
    if (table.up_to) bounds.push_back({*table.up_to, true});
    if (table.up_to_special) bounds.push_back({*table.up_to_special, true});
  }
  return bounds;
}

// Below a price, the bounds of the card's price bands on either of two days; the lowest first.
std::vector<market::PriceBound> bounds_below(const market::RateCard& card, const Money& price, Date one, Date other) {
  std::vector<market::PriceBound> bounds = all_bounds(card, one, other);
  std::erase_if(bounds, [&](const market::PriceBound& bound) { return bound.holds(price); });
  std::sort(bounds.begin(), bounds.end(),
            [](const market::PriceBound& a, const market::PriceBound& b) { return a.at < b.at; });
  return bounds;
}

// The bounds that hold a price: the highest first.
std::vector<market::PriceBound> bounds_above(const market::RateCard& card, const Money& price, Date day) {
  std::vector<market::PriceBound> bounds = all_bounds(card, day, day);
  std::erase_if(bounds, [&](const market::PriceBound& bound) { return !bound.holds(price); });
  std::sort(bounds.begin(), bounds.end(),
            [](const market::PriceBound& a, const market::PriceBound& b) { return b.at < a.at; });
  return bounds;
}

Money lowest_beyond(const market::PriceBound& bound) {
  return bound.inclusive ? bound.at + Money::from_units(Money::kUnitsPerWhole / 100, bound.at.currency()) : bound.at;
}

// The highest price that a bound holds.
Money highest(const market::PriceBound& bound) {
  return bound.inclusive ? bound.at : bound.at - Money::from_units(Money::kUnitsPerWhole / 100, bound.at.currency());
}

// Below a bound of the card's price bands the fee is another one.
void add_fee_steps(const account::Account& account, size_t listing, const market::Facts& facts,
                   const market::RateCard& card, Date day, SaleTerms& terms) {
  const auto& price = account.fees[listing].price;
  if (!price || !terms.fulfilment) return;
  const auto bounds = bounds_below(card, *price, day, day);
  if (bounds.empty()) return;
  const auto now = by_card(account, listing, facts, card, *price, day);
  if (!now.fee) return;
  for (const market::PriceBound& bound : bounds) {
    const auto then = by_card(account, listing, facts, card, highest(bound), day);
    if (then.fee)
      terms.fulfilment_steps.push_back(
          {bound, (then.fee->total - now.fee->total).to_double() / (1 + card.tax_in_fulfilment)});
  }
}

// Beyond a bound too, for who asks what a higher price would bring.
void add_steps_above(const account::Account& account, size_t listing, const market::Facts& facts,
                     const market::RateCard& card, Date day, SaleTerms& terms) {
  const auto& price = account.fees[listing].price;
  if (!price || !terms.fulfilment) return;
  const auto now = by_card(account, listing, facts, card, *price, day);
  if (!now.fee) return;
  for (const market::PriceBound& bound : bounds_above(card, *price, day)) {
    const auto then = by_card(account, listing, facts, card, lowest_beyond(bound), day);
    if (then.fee)
      terms.fulfilment_above.push_back(
          {bound, (then.fee->total - now.fee->total).to_double() / (1 + card.tax_in_fulfilment)});
  }
}

// The card's schedule says what every price pays; it speaks where Fee Preview says nothing else of today's.
void referral_by_card(const account::Account& account, size_t listing, const market::ReferralRate& referral,
                      SaleTerms& terms) {
  const auto& price = account.fees[listing].price;
  const std::string& category = account.listings[listing].category;
  if (price && price->units() > 0) {
    const market::Priced priced = referral.priced(*price, category, terms.tier);
    if (priced.disputed()) {
      const std::string figures = priced.fee.str() + " / " + priced.other->decimal();
      terms.unknown.push_back({"referral fee: sources differ, " + figures + ", neither is counted",
                               "佣金来源不一致：" + figures + "，均未计入"});
      return;
    }
    terms.referral_rate = priced.fee.to_double() / price->to_double();
  } else {
    terms.referral_rate = referral.default_rate;
  }
  terms.referral_known = true;
  terms.referral_source = {referral.source, referral.source};
  terms.schedule = &referral;
}

// Whether the card says of the previewed price what Fee Preview says.
bool agrees(const account::FeeFacts& fees, const market::ReferralRate& referral, const SaleTerms& terms) {
  const market::Priced priced = referral.priced(*fees.preview_price, terms.category, terms.tier);
  const Money apart = priced.fee - *fees.referral_fee;
  return !priced.disputed() && std::abs(apart.units()) <= Money::kUnitsPerWhole / 100;
}

std::string tier_of(const account::Account& account, size_t listing, const market::RateCard& card, Date day) {
  const auto package = measured(account, listing, card, day);
  const market::SizeTier* tier = package ? package->tier.tier : tier_named(card, account.fees[listing].size_tier, day);
  return tier ? tier->id : std::string();
}

void least_referral(const market::ReferralRate& referral, SaleTerms& terms) {
  terms.referral_minimum = referral.minimum;
  const market::TierMinimum* of_tier = referral.minimum_of(terms.tier);
  if (!of_tier) return;
  if (of_tier->least) terms.referral_minimum = std::max(referral.minimum.value_or(*of_tier->least), *of_tier->least);
}

// Fee Preview's own, else the card's by category.
void take_closing(const account::FeeFacts& fees, const market::ReferralRate* referral, SaleTerms& terms) {
  if (fees.closing_fee) {
    if (fees.closing_fee->units() > 0) terms.closing = fees.closing_fee;
    terms.closing_source = {"Fee Preview", "费用预览"};
    return;
  }
  if (!referral) return;
  const market::ClosingFee closing = referral->closing(terms.category);
  if (closing.unknown) {
    terms.closing_unknown = true;
    const std::string figures = closing.other ? closing.fee->str() + " / " + closing.other->decimal() : std::string();
    terms.unknown.push_back(closing.other
                                ? Text{"closing fee of media: sources differ, " + figures + ", neither is counted",
                                       "媒介类结算费来源不一致：" + figures + "，均未计入"}
                                : Text{"closing fee of media not known: in no figure", "媒介类结算费暂无数据：未计入"});
    return;
  }
  terms.closing = closing.fee;
  terms.closing_source = {referral->source, referral->source};
}

// Units on hand on average over some weeks, by the ledger; as they stand where it says nothing.
double average_stock(const account::Account& account, size_t listing, int weeks) {
  double sum = static_cast<double>(account.stock[listing].on_hand());
  int count = 1;
  for (const account::StockWeek& week : account.stock_weeks_of(listing))
    if (week.weeks_ago < weeks) {
      sum += static_cast<double>(week.units);
      ++count;
    }
  return sum / count;
}

// Of a unit sold while the days of supply of every window are short. Stock that is sold off at a steady pace has them
// long to the last unit: what it held before counts.
void add_low_inventory(const account::Account& account, size_t listing, const market::Facts& facts,
                       const market::RateCard& card, Date day, SaleTerms& terms) {
  const std::vector<std::string> in = programmes_of(account, listing, facts);
  for (const market::LowInventoryFee& row : card.low_inventory) {
    const bool member = row.programme.empty() || std::find(in.begin(), in.end(), row.programme) != in.end();
    if (!member || !row.in_force_on(day)) continue;
    const auto last_week = sold_a_day(account, listing, kWeekDays);
    if (!last_week) {
      if (account.stock[listing].on_hand() > 0)
        terms.unknown.push_back({"low-inventory-level fee unknown: no report says how fast it sells",
                                 "低库存水平费未提供：没有报告说明销售速度"});
      return;
    }
    if (*last_week * kWeekDays < std::max(1.0, row.from_units_a_week)) continue;
    double supply = 0;
    for (int days : row.windows) {
      const double pace = sold_a_day(account, listing, days).value_or(0);
      if (pace <= 0) return;
      supply = std::max(supply, average_stock(account, listing, days / kWeekDays) / pace);
    }
    const auto package = measured(account, listing, card, day);
    const market::SizeTier* tier =
        package ? package->tier.tier : tier_named(card, account.fees[listing].size_tier, day);
    if (!tier) continue;
    const auto weight = package ? std::optional(package->tier.shipping_weight_lb) : account.fees[listing].weight_lb;
    if (const auto fee = row.fee(tier->id, weight, supply)) {
      terms.low_inventory = {*fee, supply, row.source};
      return;
    }
  }
}

}  // namespace

double FeeChange::at(const Money& price) const {
  for (const FeeStep& step : lower)
    if (step.below.holds(price)) return step.more;
  return more;
}

bool FeeChange::none() const {
  return more == 0 && std::all_of(lower.begin(), lower.end(), [](const FeeStep& step) { return step.more == 0; });
}

double SaleTerms::fulfilment_at(Money price) const {
  const double now = (fulfilment ? fulfilment->to_double() : 0) + (low_inventory ? low_inventory->fee.to_double() : 0);
  for (const FeeStep& step : fulfilment_steps)
    if (step.below.holds(price)) return now + step.more;
  for (const FeeStep& step : fulfilment_above)
    if (!step.below.holds(price)) return now + step.more;
  return now;
}

double SaleTerms::net(double price) const {
  const Money asked = Money::from_double(price, currency);
  const double selling = (referral_fee(asked) + closing_fee()).to_double();
  return (price / (1 + tax_in_price) - selling) * (1 - return_rate.value_or(0)) - fulfilment_at(asked);
}

Money SaleTerms::closing_fee() const {
  if (!closing) return Money::zero(currency);
  return selling_surcharge > 0 ? *closing + closing->times(selling_surcharge) : *closing;
}

Money SaleTerms::referral_fee(Money price) const {
  const auto with_surcharge = [&](Money fee) {
    return selling_surcharge > 0 ? fee + fee.times(selling_surcharge) : fee;
  };
  if (schedule) {
    const market::Priced priced = schedule->priced(price, category, tier);
    return with_surcharge(priced.other ? std::max(priced.fee, *priced.other) : priced.fee);
  }
  const Money share = price.times(referral_rate);
  return with_surcharge(referral_minimum ? std::max(share, *referral_minimum) : share);
}

std::optional<market::Priced> SaleTerms::referral_disputed(Money price) const {
  if (!schedule) return std::nullopt;
  const market::Priced priced = schedule->priced(price, category, tier);
  return priced.disputed() ? std::optional(priced) : std::nullopt;
}

Money SaleTerms::returns_cost(Money price) const {
  return (price.times(1 / (1 + tax_in_price)) - referral_fee(price) - closing_fee()).times(return_rate.value_or(0));
}

std::optional<Money> card_fulfilment(const account::Account& account, size_t listing, const market::Facts& facts,
                                     Date day) {
  return at_price(account, listing, facts, account.fees[listing].price, day);
}

SaleTerms sale_terms(const account::Account& account, size_t listing, const market::Facts& facts, Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  const account::Listing& named = account.listings[listing];
  SaleTerms terms{named.currency};
  terms.category = named.category;
  fulfilment_as_previewed(account, listing, facts, day, terms);
  terms.return_rate = return_rate(account, listing, facts.playbook.returns);
  if (const auto found = facts.marketplaces.find(named.marketplace); found != facts.marketplaces.end())
    terms.tax_in_price = found->second.tax_in_price;
  const market::RateCard* card = facts.rate_card(named.marketplace);
  const market::ReferralRate* referral = card ? market::in_force(card->referral, day) : nullptr;
  if (card) terms.tier = tier_of(account, listing, *card, day);
  if (referral) least_referral(*referral, terms);
  // A fee above the price is a slip of the report: the card knows better.
  if (fees.referral_fee && fees.preview_price && fees.preview_price->units() > 0 &&
      fees.referral_fee->units() <= fees.preview_price->units()) {
    terms.referral_rate = fees.referral_fee->to_double() / fees.preview_price->to_double();
    terms.referral_known = true;
    terms.referral_source = {"Fee Preview", "费用预览"};
    if (referral && agrees(fees, *referral, terms)) terms.schedule = referral;
  } else if (fees.settled && fees.settled->referral_rate) {
    referral_as_charged(*fees.settled, referral, terms);
  } else if (referral) {
    referral_by_card(account, listing, *referral, terms);
  } else {
    terms.unknown.push_back({"referral fee unknown (no Fee Preview, no card)", "佣金未提供（无费用预览，无费率表）"});
  }
  take_closing(fees, referral, terms);
  if (!terms.fulfilment) fulfilment_as_charged(account, listing, facts, day, terms);
  if (!terms.fulfilment && card) fulfilment_by_card(account, listing, facts, *card, day, terms);
  if (!terms.fulfilment)
    terms.unknown.push_back({"fulfilment fee unknown: import Fee Preview", "配送费未提供：请导入费用预览"});
  if (card) add_fee_steps(account, listing, facts, *card, day, terms);
  if (card) add_steps_above(account, listing, facts, *card, day, terms);
  if (card) add_low_inventory(account, listing, facts, *card, day, terms);
  if (card) add_selling_surcharge(*card, programmes_of(account, listing, facts), day, terms);
  return terms;
}

std::vector<FeeChange> fulfilment_changes(const account::Account& account, size_t listing, const market::Facts& facts,
                                          Date first, Date last, std::vector<Text>& unknown) {
  std::vector<FeeChange> changes;
  const market::RateCard* card = facts.rate_card(account.listings[listing].marketplace);
  const auto& price = account.fees[listing].price;
  if (!card || !price) return changes;
  const std::vector<Date> days = market::days_of_change(*card, first, last);
  if (days.empty()) return changes;
  const auto fee_on = [&](Date day, const Money& at) { return by_card(account, listing, facts, *card, at, day).fee; };
  const auto now = fee_on(first, *price);
  if (!now) return changes;
  const double share =
      (1 + selling_surcharge(*card, programmes_of(account, listing, facts), first)) / (1 + card->tax_in_fulfilment);
  const auto more = [&](const FulfilmentFee& then, const FulfilmentFee& before) {
    return (then.total - before.total).to_double() * share;
  };
  for (Date day : days) {
    const auto then = fee_on(day, *price);
    if (!then) continue;
    if (then->peak_unknown && !now->peak_unknown)
      unknown.push_back({"peak season from " + iso(day) + ": what it adds to the fulfilment fee is not known",
                         iso(day) + " 起旺季：配送费上涨幅度未提供"});
    FeeChange change{day, more(*then, *now)};
    for (const market::PriceBound& bound : bounds_below(*card, *price, first, day)) {
      const auto low_then = fee_on(day, highest(bound)), low_now = fee_on(first, highest(bound));
      if (low_then && low_now) change.lower.push_back({bound, more(*low_then, *low_now)});
    }
    changes.push_back(std::move(change));
  }
  return changes;
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
