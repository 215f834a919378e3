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
  return heaviest_at_fee(card, account.listings[listing].category, fees.size_tier, *fees.fulfilment_fee, *fees.price,
                         day);
}

// What the price leaves once the tax that it contains is paid.
double without_tax(const market::Facts& facts, const account::Account& account, size_t listing, const Money& price) {
  const auto found = facts.marketplaces.find(account.listings[listing].marketplace);
  return price.to_double() / (1 + (found == facts.marketplaces.end() ? 0 : found->second.tax_in_price));
}

Text differ(const char* en, const char* zh, const market::Priced& priced) {
  const std::string figures = priced.fee.str() + " / " + priced.other->decimal();
  return {std::string(en) + " is not known: sources differ, " + figures,
          std::string(zh) + "不确定：来源不一致，" + figures};
}

// The table of its size and category on a day, at its weight.
std::optional<market::Priced> removal_priced(const account::Account& account, size_t listing,
                                             const market::Facts& facts, Date day) {
  const market::RateCard* card = facts.rate_card(account.listings[listing].marketplace);
  const auto weight = card ? weight_at_most(account, listing, *card, day) : std::nullopt;
  if (!weight) return std::nullopt;
  const market::RemovalFee* fee =
      market::removal_in_force(*card, size_class_at_exit(account, listing, *card, day), day);
  return fee ? fee->table.priced(*weight) : std::nullopt;
}

ExitValue liquidation(const account::Account& account, size_t listing, const market::Facts& facts,
                      const market::Channel& channel, Date day) {
  const Money price = *account.fees[listing].price;
  const market::RateCard* card = facts.rate_card(account.listings[listing].marketplace);
  const auto weight = card ? weight_at_most(account, listing, *card, day) : std::nullopt;
  const market::LiquidationTerms* terms =
      card ? market::liquidation_in_force(*card, size_class_at_exit(account, listing, *card, day), day) : nullptr;
  const double gross = without_tax(facts, account, listing, price) * facts.playbook.liquidation.recovery_of_price;
  ExitValue value{channel.id, gross * (1 - (terms ? terms->referral_on_gross : 0)), channel.delay_days.value_or(0), {}};
  const auto processing = terms && weight ? terms->processing.priced(*weight) : std::nullopt;
  if (processing && !processing->disputed())
    value.per_unit -= processing->fee.to_double();
  else
    value.unknown.push_back(processing ? differ("its processing fee", "处理费", *processing)
                                       : Text{"its processing fee is unknown", "处理费未提供"});
  return value;
}

}  // namespace

std::optional<Money> removal_fee(const account::Account& account, size_t listing, const market::Facts& facts,
                                 Date day) {
  const auto priced = removal_priced(account, listing, facts, day);
  return priced && !priced->disputed() ? std::optional(priced->fee) : std::nullopt;
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
    values.push_back(
        {channel->id,
         without_tax(facts, account, listing, *price) * facts.playbook.wholesale.recovery - removal->to_double(),
         facts.playbook.wholesale.delay_days,
         {}});
  if (const auto* channel = facts.channel("removal"); channel && market::runs_in(*channel, marketplace)) {
    ExitValue value{channel->id, removal ? -removal->to_double() : 0, channel->delay_days.value_or(0), {}};
    if (!removal) {
      const auto priced = removal_priced(account, listing, facts, day);
      value.unknown.push_back(priced ? differ("its fee", "移除费", *priced)
                                     : Text{"its fee is unknown", "移除费未提供"});
    }
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
