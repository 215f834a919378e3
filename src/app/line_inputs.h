#pragma once
// All that goes into a line of the optimal plan, as a hash. Two lines of the same inputs are the same to the last byte,
// so that one may stand for the other (decision 0033).

#include "app/state.h"
#include "clearance/sku_decision.h"

namespace destock::app {

class LineInputs {
public:
  // What lines share: the program, the facts as the account has set them, its own rates. The context must outlast it.
  LineInputs(const AccountState& state, const Context& context);
  // Safe to call from any thread.
  std::string of(const clearance::SkuCase& sku, const clearance::Outlook& outlook, const account::Listing& listing,
                 const clearance::PlanWishes& wishes) const;

private:
  const market::Facts& facts_;
  std::string shared_;
};

}  // namespace destock::app
