#include "economics/ladder.h"

#include <algorithm>

#include "economics/price_ending.h"

namespace destock::economics {
namespace {

Money referral_fee(const LadderInput& input, Money price) {
  const Money share = price.times(input.referral_rate);
  return input.referral_minimum ? std::max(share, *input.referral_minimum) : share;
}

// The shown price whose net is `net` (selling currency) after tax, referral and fulfilment.
Money price_for_net(const LadderInput& input, double net) {
  const double needed = net + input.fulfilment.to_double();
  const Currency currency = input.fulfilment.currency();
  const double keeps = 1 / (1 + input.tax_in_price) - input.referral_rate;
  const Money by_share = Money::from_double(needed / keeps, currency);
  if (!input.referral_minimum || by_share.times(input.referral_rate) >= *input.referral_minimum) return by_share;
  return Money::from_double((needed + input.referral_minimum->to_double()) * (1 + input.tax_in_price), currency);
}

Money profit_at(const LadderInput& input, Money price) {
  const Money net = price.times(1 / (1 + input.tax_in_price)) - referral_fee(input, price) - input.fulfilment;
  return Money::from_double(net.to_double() * input.rate, input.unit_cost.currency()) - input.unit_cost - input.freight;
}

Result<void> check(const LadderInput& input) {
  constexpr double kLeastKept = 0.001;  // of a price; with less no price reaches a target
  if (!is_rate(input.rate))
    return fail(ErrorKind::kBadInput,
                {"the exchange rate lies between 0.000001 and 1,000,000", "汇率应在 0.000001 与 1,000,000 之间"});
  if (input.referral_rate < 0 || 1 / (1 + input.tax_in_price) - input.referral_rate < kLeastKept)
    return fail(ErrorKind::kBadInput, {"the referral rate leaves nothing of the price", "佣金比例过高，售价无剩余"},
                "referral", {"give it as 15%", "请写成 15%"});
  if (input.unit_cost.units() < 0 || input.freight.units() < 0 || input.fulfilment.units() < 0)
    return fail(ErrorKind::kBadInput, {"costs and fees cannot be negative", "成本与费用不能为负数"});
  return {};
}

}  // namespace

std::string_view stage_id(Stage stage) {
  switch (stage) {
    case Stage::kBreakEven: return "break_even";
    case Stage::kRecoverPurchase: return "recover_purchase";
    case Stage::kRecoverHalfPurchase: return "recover_half_purchase";
  }
  return "";
}

Text stage_name(Stage stage) {
  switch (stage) {
    case Stage::kBreakEven: return {"break even", "保本清"};
    case Stage::kRecoverPurchase: return {"recover purchase cost", "收成本"};
    case Stage::kRecoverHalfPurchase: return {"recover half the purchase cost", "收一半成本"};
  }
  return {};
}

Result<std::array<LadderStage, 3>> price_ladder(const LadderInput& input) {
  if (const auto fine = check(input); !fine) return tl::unexpected(fine.error());
  const double purchase = input.unit_cost.to_double();
  const auto stage_at = [&](Stage stage, double target) {
    const Money price = nearest_ending(price_for_net(input, target / input.rate), input.ending);
    return LadderStage{stage, price, referral_fee(input, price), profit_at(input, price)};
  };
  return std::array<LadderStage, 3>{stage_at(Stage::kBreakEven, purchase + input.freight.to_double()),
                                    stage_at(Stage::kRecoverPurchase, purchase),
                                    stage_at(Stage::kRecoverHalfPurchase, purchase * input.last_stage_cost_share)};
}

}  // namespace destock::economics
