#include "health/stock_to_sales.h"

#include <algorithm>
#include <cmath>

namespace destock::health {

std::string_view band_id(Band band) {
  switch (band) {
    case Band::kStockoutRisk: return "stockout_risk";
    case Band::kHealthy: return "healthy";
    case Band::kExcess: return "excess";
    case Band::kDead: return "dead";
    case Band::kNew: return "new";
    case Band::kNoStock: return "no_stock";
    case Band::kUnknown: return "unknown";
  }
  return "";
}

Text band_name(Band band) {
  switch (band) {
    case Band::kStockoutRisk: return {"stockout risk", "断货风险"};
    case Band::kHealthy: return {"healthy", "健康"};
    case Band::kExcess: return {"excess", "冗余"};
    case Band::kDead: return {"dead stock", "滞销库存"};
    case Band::kNew: return {"new", "新品"};
    case Band::kNoStock: return {"no stock", "无库存"};
    case Band::kUnknown: return {"unknown", "未提供"};
  }
  return {};
}

std::optional<double> stock_to_sales(int64_t stock, std::optional<int64_t> units_last_month) {
  if (!units_last_month || *units_last_month <= 0) return std::nullopt;
  return static_cast<double>(stock) / static_cast<double>(*units_last_month);
}

Band band_of(int64_t stock, std::optional<int64_t> units_last_month, bool is_new,
             const market::StockToSalesRule& rule) {
  if (!units_last_month) return stock > 0 ? Band::kUnknown : Band::kNoStock;
  const auto ratio = stock_to_sales(stock, units_last_month);
  if (!ratio) {
    if (stock <= 0) return Band::kNoStock;
    return is_new ? Band::kNew : Band::kDead;
  }
  if (*ratio < rule.healthy_from) return Band::kStockoutRisk;
  return *ratio <= rule.healthy_to ? Band::kHealthy : Band::kExcess;
}

int64_t excess_units(int64_t stock, std::optional<int64_t> units_last_month, Band band,
                     const market::StockToSalesRule& rule) {
  if (band == Band::kDead) return stock;
  if (band != Band::kExcess || !units_last_month) return 0;
  const double kept = rule.healthy_to * static_cast<double>(*units_last_month);
  return std::max<int64_t>(0, stock - static_cast<int64_t>(std::ceil(kept - 1e-9)));
}

}  // namespace destock::health
