#include "economics/exit_value.h"

#include <algorithm>

#include "economics/fulfilment.h"
#include "economics/holding.h"

namespace destock::economics {
namespace {

std::string_view size_class_at_exit(const account::Account& account, size_t listing, const market::RateCard& card,
                                    Date day) {
  return exit_size_class(size_class_of(account.fees[listing]), account.listings[listing].category, card, day);
}

// Its weight, or the most that its fulfilment fee allows: the fees of leaving are then at most what they are taken for.
std::optional<double> weight_at_most(const account::Account& account, size_t listing, const market::RateCard& card,
                                     Date day) {
  const account::FeeFacts& fees = account.fees[listing];
  if (fees.weight_lb || !fees.fulfilment_fee || !fees.price) return fees.weight_lb;
  return heaviest_at_fee(card, fee_group_of(account.listings[listing].category), fees.size_tier, *fees.fulfilment_fee,
                         *fees.price, day);
}

ExitValue liquidation(const account::Account& account, size_t listing, const market::Facts& facts,
                      const market::Channel& channel, Date day) {
  const Money price = *account.fees[listing].price;
  const market::RateCard* card = facts.rate_card(account.listings[listing].marketplace);
  const auto weight = card ? weight_at_most(account, listing, *card, day) : std::nullopt;
  const market::LiquidationTerms* terms =
      card ? market::liquidation_in_force(*card, size_class_at_exit(account, listing, *card, day), day) : nullptr;
  const double gross = price.to_double() * facts.playbook.liquidation.recovery_of_price;
  ExitValue value{channel.id, gross * (1 - (terms ? terms->referral_on_gross : 0)), channel.delay_days.value_or(0), {}};
  std::optional<Money> processing;
  if (terms && weight)
    processing =
        market::fee_of_weight(terms->processing, terms->processing_per_lb_above, *weight, terms->processing_above_base);
  if (processing)
    value.per_unit -= processing->to_double();
  else
    value.unknown.push_back({"its processing fee is unknown", "处理费未提供"});
  return value;
}

}  // namespace

std::optional<Money> removal_fee(const account::Account& account, size_t listing, const market::Facts& facts,
                                 Date day) {
  const market::RateCard* card = facts.rate_card(account.listings[listing].marketplace);
  const auto weight = card ? weight_at_most(account, listing, *card, day) : std::nullopt;
  if (!weight) return std::nullopt;
  const market::RemovalFee* fee =
      market::removal_in_force(*card, size_class_at_exit(account, listing, *card, day), day);
  return fee ? market::fee_of_weight(fee->bands, fee->per_lb_above, *weight, fee->above_base) : std::nullopt;
}

std::vector<ExitValue> exit_values(const account::Account& account, size_t listing, const market::Facts& facts,
                                   Date day) {
  std::vector<ExitValue> values;
  const std::string& marketplace = account.listings[listing].marketplace;
  const auto& price = account.fees[listing].price;
  const auto removal = removal_fee(account, listing, facts, day);
  if (const auto* channel = facts.channel("liquidation"); channel && market::runs_in(*channel, marketplace) && price)
    values.push_back(liquidation(account, listing, facts, *channel, day));
  if (const auto* channel = facts.channel("wholesale");
      channel && market::runs_in(*channel, marketplace) && price &&
      account.stock[listing].available >= facts.playbook.wholesale.min_units && removal)
    values.push_back({channel->id,
                      price->to_double() * facts.playbook.wholesale.recovery - removal->to_double(),
                      facts.playbook.wholesale.delay_days,
                      {}});
  if (const auto* channel = facts.channel("removal"); channel && market::runs_in(*channel, marketplace)) {
    ExitValue value{channel->id, removal ? -removal->to_double() : 0, channel->delay_days.value_or(0), {}};
    if (!removal) value.unknown.push_back({"its fee is unknown", "移除费未提供"});
    values.push_back(std::move(value));
  }
  if (const market::RateCard* card = facts.rate_card(marketplace); card && !account.fees[listing].weight_lb)
    for (ExitValue& value : values) value.taken_lb = weight_at_most(account, listing, *card, day);
  // What is not known has no rank: it comes last.
  std::stable_sort(values.begin(), values.end(), [](const ExitValue& a, const ExitValue& b) {
    return a.known() != b.known() ? a.known() : a.per_unit > b.per_unit;
  });
  return values;
}

}  // namespace destock::economics
