#include "economics/explain.h"

#include "economics/listing_ladder.h"

namespace destock::economics {
namespace {

void explain_sale(const account::Account& account, size_t listing, const SaleTerms& terms, Explanation& out) {
  const auto& price = account.fees[listing].price;
  out.sale.push_back({"price", {"price", "售价"}, price, {"the seller's reports", "卖家报告"}});
  if (!price) return;
  const Money tax = *price - price->times(1 / (1 + terms.tax_in_price));
  if (!tax.is_zero())
    out.sale.push_back({"tax", {"tax in the price", "含税"}, -tax, {"data/marketplaces", "data/marketplaces"}});
  out.sale.push_back({"referral",
                      {"referral fee", "佣金"},
                      terms.referral_known ? std::optional<Money>(-terms.referral_fee(*price)) : std::nullopt,
                      terms.referral_source});
  out.sale.push_back({"fulfilment",
                      {"fulfilment fee", "配送费"},
                      terms.fulfilment ? std::optional<Money>(-*terms.fulfilment) : std::nullopt,
                      terms.fulfilment_source});
  out.sale.push_back({"returns",
                      {"expected returns", "预期退货"},
                      terms.return_rate ? std::optional<Money>(-terms.returns_cost(*price)) : std::nullopt,
                      terms.return_rate ? Text{"FBA Customer Returns ÷ units sold in 180 days", "180 天退货 ÷ 销量"}
                                        : Text{"unknown: import FBA Customer Returns", "未提供：请导入买家退货报告"}});
  if (terms.referral_known && terms.fulfilment)
    out.net_of_sale = Money::from_double(terms.net(price->to_double()), out.currency);
}

void explain_holding(const account::Account& account, size_t listing, const HoldingTerms& terms, Explanation& out) {
  const auto ages = account.ages.of(listing);
  out.units = static_cast<double>(account.stock[listing].on_hand());
  out.holding = holding_until(terms, ages, out.units, out.from, out.until);
  for (const account::AgeBand& band : ages)
    if (band.units > 0)
      out.cohorts.push_back(
          {band, holding_until(terms, std::span(&band, 1), static_cast<double>(band.units), out.from, out.until)});
  double total = 0;
  for (const HoldingMonth& month : out.holding) {
    if (!month.storage) return;
    total += *month.storage + month.surcharge.value_or(0);
  }
  out.holding_total = Money::fitting(total, out.currency);
}

}  // namespace

Explanation explain(const account::Account& account, size_t listing, const market::Facts& facts, Date until) {
  Explanation out{account.listings[listing].currency, account.as_of, until, {}, {}, {}, {}, {}, {}, 0, {}, {}, {}, {}};
  const SaleTerms terms = sale_terms(account, listing, facts, account.as_of);
  explain_sale(account, listing, terms, out);
  explain_holding(account, listing, holding_terms(account, listing, facts, account.as_of), out);
  if (const auto landed = landed_cost(account, listing, out.currency, account.as_of)) {
    out.landed_cost = landed->total();
    if (const auto ladder = listing_ladder(account, listing, facts)) out.break_even_price = (*ladder)[0].price;
    if (out.net_of_sale) out.profit_now = *out.net_of_sale - *out.landed_cost;
    if (out.profit_now && out.holding_total && out.units > 0)
      out.profit_held = *out.profit_now - out.holding_total->times(1 / out.units);
  }
  out.exits = exit_values(account, listing, facts, account.as_of);
  return out;
}

}  // namespace destock::economics
