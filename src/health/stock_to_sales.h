#pragma once
// The stock-to-sales ratio (库销比) and the bands it makes. Source of the rule: amz123.com/t/fEBsWBXa (July 2025).

#include <cstdint>
#include <optional>
#include <string_view>

#include "base/text.h"
#include "market/playbook.h"

namespace destock::health {

enum class Band {
  kStockoutRisk,  // below 2
  kHealthy,       // 2 to 3, inclusive
  kExcess,        // above 3
  kDead,          // stock and no sales
  kNew,           // stock and no sales, listed for less than 30 days
  kNoStock,       // neither stock nor sales
  kUnknown,       // nothing says what was sold
};
std::string_view band_id(Band band);  // "stockout_risk"
Text band_name(Band band);

// stock ÷ units of the month; nothing where no unit was sold: dead stock has no ratio.
std::optional<double> stock_to_sales(int64_t stock, std::optional<int64_t> units_last_month);

Band band_of(int64_t stock, std::optional<int64_t> units_last_month, bool is_new, const market::StockToSalesRule& rule);

// Stock above what the playbook holds: stock − 3 × month; all of it where it is dead.
int64_t excess_units(int64_t stock, std::optional<int64_t> units_last_month, Band band,
                     const market::StockToSalesRule& rule);

}  // namespace destock::health
