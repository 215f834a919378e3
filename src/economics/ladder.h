#pragma once
// The three-stage price ladder of the playbook (保本清 → 收成本 → 收运费): break even, recover the purchase cost,
// recover half of it. Each stage's price solves
//     price ÷ (1 + tax) − max(price × referral, referral minimum) − fulfilment = target ÷ rate
// and goes to the nearest price with the usual ending. Source of the rule: amz123.com/t/fEBsWBXa (July 2025).

#include <array>
#include <optional>

#include "base/money.h"
#include "base/result.h"
#include "market/marketplace.h"

namespace destock::economics {

struct LadderInput {
  Money unit_cost;                        // purchase price, in the cost's currency
  Money freight;                          // first leg and duty, same currency
  Money fulfilment;                       // in the selling currency
  double referral_rate = 0;               // of the shown price
  std::optional<Money> referral_minimum;  // selling currency
  double rate = 1;                        // one unit of the selling currency in the cost's currency
  double tax_in_price = 0;                // VAT contained in the price, as a rate on the net price
  market::PriceEnding ending = market::PriceEnding::kTenthNine;
  double last_stage_cost_share = 0.5;
};

enum class Stage { kBreakEven, kRecoverPurchase, kRecoverHalfPurchase };
std::string_view stage_id(Stage stage);  // "break_even"
Text stage_name(Stage stage);

struct LadderStage {
  Stage stage;
  Money price;         // selling currency, as shown to buyers
  Money referral_fee;  // selling currency
  Money profit;        // cost's currency, everything counted
};

// kBadInput: a referral of 100 % or more, a rate or amount that is not positive.
Result<std::array<LadderStage, 3>> price_ladder(const LadderInput& input);

}  // namespace destock::economics
