#include "clearance/price_response.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {

double price_multiplier(double price, double regular, const market::PriceResponseRule& rule) {
  const double ratio = std::max(price / regular, 1 - rule.max_extrapolated_discount);
  return std::pow(ratio, rule.elasticity);
}

}  // namespace destock::clearance
