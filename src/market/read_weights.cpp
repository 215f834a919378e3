#include "market/read_weights.h"

#include <cmath>

namespace destock::market {

double pounds_per(const FactTable& row) {
  const std::string unit = row.text("unit");
  if (unit == "oz") return 1.0 / 16;
  if (unit == "lb") return 1;
  if (unit == "kg") return kPoundsPerKg;
  if (unit == "g") return kPoundsPerKg / 1000;
  row.wrong("unit", {"must be oz, lb, kg or g", "须为 oz、lb、kg 或 g"});
}

WeightTable read_weight_table(const FactTable& row, std::string_view key, std::string_view above, Currency currency) {
  WeightTable table;
  if (!row.has(key)) return table;
  const double pound = pounds_per(row);
  for (const FactRow& band : row.rows(key)) {
    WeightBand read{band.number(0) * pound, band.money(1, currency), {}};
    if (band.size() > 2) read.other = band.money(2, currency);
    if (!table.bands.empty() && (read.to_lb <= table.bands.back().to_lb || read.fee < table.bands.back().fee))
      row.tell(key, {"must rise with its fee", "重量与费用须一并递增"});
    table.bands.push_back(read);
  }
  if (!row.has(above)) return table;
  const FactTable beyond = row.table(above);
  table.above = WeightTable::Above{beyond.number("from") * pound,        beyond.number_or("step", 1) * pound,
                                   beyond.money("base", currency),       beyond.money("per_step", currency),
                                   beyond.money_if("base_or", currency), beyond.money_if("per_step_or", currency)};
  if (table.bands.empty() || std::abs(table.bands.back().to_lb - table.above->from_lb) > 1e-9)
    beyond.wrong("from", {"must begin where the bands end", "须从分段结束处开始"});
  if (table.above->step_lb <= 0) beyond.tell("step", {"must be above zero", "须大于 0"});
  return table;
}

}  // namespace destock::market
