#pragma once
// Real retail histories, read from the developers' part of the shared data; nothing of it is copied here.

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "demand/panel.h"

namespace destock::bench {

// Units by period of one product, kNotKnown before it was on sale; tail and quiet as in demand::Panel.
struct RetailSeries {
  std::string id, group;
  std::vector<double> units, tail;
  std::vector<float> quiet;
};
struct RetailSet {
  std::string name;
  int periods_per_year = 52;
  int horizon = 8;
  size_t least_history = 26;  // periods known before an origin
  std::vector<RetailSeries> series;
};

// Products with prices and flags, by week.
struct PricedSeries {
  std::string group;
  std::vector<int> week;
  std::vector<double> units, log_price;
  std::vector<std::vector<double>> controls;
};

// What one product sold by day, as orders and not as a forecast's series.
struct DaySold {
  int64_t day = 0;  // day number
  int64_t units = 0;
  int64_t revenue = 0;  // 1/10,000
};
struct DailySales {
  std::string sku, category;
  std::vector<DaySold> days;  // ascending
};

// The folder, from DESTOCK_RETAIL or beside the project; nothing where it is absent.
std::optional<std::string> retail_folder();

RetailSet carparts(const std::string& folder);
// Every fifth of the item–store series: 3,000.
RetailSet m5(const std::string& folder);
// Two years of invoices; credit notes that undo an order of the same product and size are taken off it.
RetailSet uci(const std::string& folder);

std::vector<DailySales> uci_days(const std::string& folder);
// The 3,000 series of m5(), at one price.
std::vector<DailySales> m5_days(const std::string& folder);
// A sports web shop, four months.
std::vector<DailySales> sports_days(const std::string& folder);

std::vector<PricedSeries> orange_juice(const std::string& folder);
std::vector<PricedSeries> breakfast(const std::string& folder);
// The 3,000 series of m5() with their weekly prices.
std::vector<PricedSeries> m5_prices(const std::string& folder);

}  // namespace destock::bench
