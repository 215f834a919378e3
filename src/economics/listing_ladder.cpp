#include "economics/listing_ladder.h"

#include "economics/sale_terms.h"

namespace destock::economics {

market::PriceEnding ending_in(const market::Facts& facts, const std::string& marketplace) {
  const auto found = facts.marketplaces.find(marketplace);
  return found == facts.marketplaces.end() ? market::PriceEnding::kTenthNine : found->second.price_ending;
}

Result<std::array<LadderStage, 3>> listing_ladder(const account::Account& account, size_t listing,
                                                  const market::Facts& facts) {
  const account::Listing& named = account.listings[listing];
  if (!account.costs[listing].unit_cost)
    return fail(ErrorKind::kNotFound, {"unit cost (cost sheet)", "采购成本（成本表）"});
  const auto landed = landed_cost(account, listing, named.currency, account.as_of);
  if (!landed) return fail(ErrorKind::kNotFound, {"exchange rate", "汇率"});
  const SaleTerms sale = sale_terms(account, listing, facts, account.as_of);
  if (!sale.fulfilment) return fail(ErrorKind::kNotFound, {"fulfilment fee (Fee Preview)", "配送费（费用预览）"});
  return price_ladder({landed->unit_cost, landed->freight, *sale.fulfilment + sale.closing_fee(), sale.referral_rate,
                       sale.referral_minimum, 1, sale.tax_in_price, ending_in(facts, named.marketplace),
                       facts.playbook.markdown.last_stage_cost_share});
}

}  // namespace destock::economics
