#include "clearance/stock_layers.h"

#include <algorithm>

namespace destock::clearance {
namespace {

template <typename Add>
void spread(const account::AgeBand& band, Add add) {
  const int to = band.to_day.value_or(band.from_day);
  const int parts = std::max(1, (to - band.from_day + 30) / 30);
  for (int part = parts - 1; part >= 0; --part)  // oldest first
    add(band.from_day + (to - band.from_day) * (2 * part + 1) / (2 * parts), static_cast<double>(band.units) / parts);
}

}  // namespace

std::vector<StockLayer> stock_layers(const SkuCase& sku) {
  std::vector<StockLayer> layers;
  double known = 0;
  for (auto band = sku.ages.rbegin(); band != sku.ages.rend(); ++band) {
    if (band->units <= 0) continue;
    spread(*band, [&](int age, double units) {
      layers.push_back({age, units});
      known += units;
    });
  }
  // The report's ages count other units than our stock does (reserved, pending): scaled to what is on hand.
  if (known > 0)
    for (StockLayer& layer : layers) layer.units *= sku.on_hand / known;
  else
    layers.push_back({0, sku.on_hand});
  return layers;
}

}  // namespace destock::clearance
