#include "market/playbook.h"

#include <algorithm>
#include <cmath>

#include "market/deep_cut.h"

namespace destock::market {

double PriceResponseRule::felt(double log_ratio) const {
  if (max_extrapolated_discount < 1) log_ratio = std::max(log_ratio, std::log(1 - max_extrapolated_discount));
  return bent(log_ratio, bends_from, gain_beyond);
}

}  // namespace destock::market
