#include "clearance/price_response.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {

double price_multiplier(double price, double regular, const market::PriceResponseRule& rule) {
  return std::exp(rule.elasticity * rule.felt(std::log(price / regular)));
}

}  // namespace destock::clearance
