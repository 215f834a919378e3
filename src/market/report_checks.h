#pragma once
// When a report looks short, bloated or changed. data/checks/reports.toml

#include <cstdint>

namespace destock::market {

struct ReportChecks {
  double rows_share_low;   // fewer rows than this share of the last good report: set aside
  double rows_share_high;  // more than this share
  double units_share_low;  // the same for total units
  double units_share_high;
  int64_t min_rows;             // reports smaller than this are not compared
  double best_sellers_missing;  // share of the last month's best-sellers that a good report may lack
  int64_t best_sellers;         // how many best-sellers are looked for
  int64_t most_units;           // in stock of a SKU: more is doubted aloud
  int64_t month_units;          // sold in a month: of fewer, its loss is no surprise
  double orders_gone;           // share of another report's orders that one of the same days may lack
  int64_t hole_days;            // without a sale in the middle of a report of sales
  double cost_times_price;      // a cost or freight of more prices than this is doubted aloud
  double cost_least_share;      // so is a cost of a smaller share of the price
  double cost_usual_from;       // of the price: what costs usually are, to tell their currency
  double cost_usual_to;
  double planning_covers_selling;  // share of selling SKUs with stock a planning report must hold
};

}  // namespace destock::market
