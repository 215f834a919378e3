#pragma once
// Public retail histories that `destock backtest` knows, as their files are laid out. Read whole; the first cell that
// cannot be read stops it, named with file, line, column and value.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/result.h"

namespace destock::app {

// Data Mining Cup 2018: a sports web shop. dmc2018_items, _sales, _prices (.csv or .csv.gz).
struct ShopItem {
  std::string id, category;  // product and size
  double stock = 0;          // on 1 February 2018
};
struct ShopSale {
  std::string id;
  Date day;
  double units = 0;
};
struct ShopPrice {
  std::string id;
  Date from;
  double price = 0;
};
struct ShopFiles {
  std::vector<ShopItem> items;
  std::vector<ShopSale> sales;
  std::vector<ShopPrice> prices;
};
// Nothing where the folder does not hold the set.
Result<std::optional<ShopFiles>> read_shop(const std::string& folder);

// A supermarket's vegetables by day: vegetables_daily (.csv or .csv.gz). Kilograms and prices a kilogram.
struct VegetableDay {
  Date day;
  std::string code, category;
  double regular = 0, clearance = 0;  // kilograms
  std::optional<double> regular_price, clearance_price;
};
Result<std::optional<std::vector<VegetableDay>>> read_vegetables(const std::string& folder);

}  // namespace destock::app
