#pragma once
// A SKU's weeks drawn in characters: bars of what was sold, the fit, the fan of the forecast, stock-outs and events.

#include <string>
#include <vector>

#include "base/date.h"
#include "base/text.h"

namespace destock::cli {

struct ChartWeek {
  Date begin;
  bool past = true;
  double sold = 0;           // past
  double expected = -1;      // past: fitted; to come: the mean. Below zero: not known
  double low = 0, high = 0;  // to come: p10 and p90
  bool out_of_stock = false, promotion = false;
  bool told = true;  // past: some report tells of it
  char event = 0;    // a letter of the key below the chart
};

// As many of the weeks around the present as `width` columns hold.
std::string weeks_chart(const std::vector<ChartWeek>& weeks, const std::vector<std::pair<char, Text>>& events,
                        Lang lang, size_t width);

}  // namespace destock::cli
