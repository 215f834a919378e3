#include "economics/explain.h"

#include "economics/break_even.h"
#include "economics/listing_ladder.h"

namespace destock::economics {
namespace {

void explain_closing(const SaleTerms& terms, Explanation& out) {
  const Text name{"closing fee", "结算费"};
  if (terms.closing_unknown)
    out.sale.push_back(
        {"closing", name, std::nullopt, {"unknown for this category: in no figure", "该类目暂无数据：未计入"}});
  else if (terms.closing)
    out.sale.push_back({"closing", name, -terms.closing_fee(), terms.closing_source});
}

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
  explain_closing(terms, out);
  out.sale.push_back({"fulfilment",
                      {"fulfilment fee", "配送费"},
                      terms.fulfilment ? std::optional<Money>(-*terms.fulfilment) : std::nullopt,
                      terms.fulfilment_source});
  if (terms.low_inventory)
    out.sale.push_back({"low_inventory",
                        {"low-inventory-level fee", "低库存水平费"},
                        -terms.low_inventory->fee,
                        {terms.low_inventory->source, terms.low_inventory->source}});
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
  out.storage_own = terms.storage_rate && terms.storage_rate->own;
  if (terms.storage_rate)
    out.storage_source = {terms.storage_rate->source, terms.storage_rate->source};
  else if (terms.storage_from_report)
    out.storage_source = {"the inventory report's estimate of next month", "库存报告对下月的估算"};
  out.holding = holding_until(terms, ages, out.units, out.from, out.until);
  for (const account::AgeBand& band : ages)
    if (band.units > 0)
      out.cohorts.push_back(
          {band, holding_until(terms, std::span(&band, 1), static_cast<double>(band.units), out.from, out.until)});
  double total = 0;
  bool storage_known = true, surcharge_known = true, surcharge_at_least = false, at_least = false, at_most = false;
  for (const HoldingMonth& month : out.holding) {
    storage_known = storage_known && month.storage;
    surcharge_known = surcharge_known && month.surcharge;
    surcharge_at_least = surcharge_at_least || month.surcharge_at_least;
    at_least = at_least || month.storage_bound == Bound::kAtLeast;
    at_most = at_most || month.storage_bound == Bound::kAtMost;
    total += month.storage.value_or(0) + month.surcharge.value_or(0);
  }
  const auto say = [&](bool when, const char* en, const char* zh) {
    if (when) out.holding_unknown.push_back({en, zh});
  };
  say(!storage_known, "storage is unknown: no total", "仓储费未提供：无合计");
  say(!surcharge_known, "the aged surcharge of some months is unknown: in no figure, the total is at least this",
      "部分月份的超龄附加费未提供：未计入，合计至少为此数");
  say(surcharge_at_least,
      "the aged surcharge of some ages was not seen: counted as that of younger ones, at least this",
      "部分库龄的超龄附加费未见收取：按较低库龄计，至少为此数");
  say(at_least, "storage of October to December was not seen: counted as that of January to September, at least this",
      "10–12 月仓储费未见收取：按 1–9 月计，至少为此数");
  say(at_most, "storage of January to September was not seen: counted as that of October to December, at most this",
      "1–9 月仓储费未见收取：按 10–12 月计，至多为此数");
  const bool more = at_least || surcharge_at_least || !surcharge_known;
  if (more != at_most) out.holding_bound = more ? Bound::kAtLeast : Bound::kAtMost;
  if (storage_known) out.holding_total = Money::fitting(total, out.currency);
}

}  // namespace

Explanation explain(const account::Account& account, size_t listing, const market::Facts& facts, Date until) {
  Explanation out{account.listings[listing].currency, account.as_of, until};
  const SaleTerms terms = sale_terms(account, listing, facts, account.as_of);
  explain_sale(account, listing, terms, out);
  explain_holding(account, listing, holding_terms(account, listing, facts, account.as_of), out);
  if (const auto landed = landed_cost(account, listing, out.currency, account.as_of)) {
    out.landed_cost = landed->total();
    if (terms.referral_known && terms.fulfilment)
      out.break_even_price =
          break_even_price(terms, *out.landed_cost, ending_in(facts, account.listings[listing].marketplace));
    if (out.net_of_sale) out.profit_now = *out.net_of_sale - *out.landed_cost;
    if (out.profit_now && out.holding_total && out.units > 0)
      out.profit_held = *out.profit_now - out.holding_total->times(1 / out.units);
  }
  out.exits = exit_values(account, listing, facts, account.as_of);
  return out;
}

}  // namespace destock::economics
