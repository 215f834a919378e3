#pragma once
// Movements of stock summed by SKU, day and event: the common end of the ledger's detailed view and of receipts.

#include <map>
#include <tuple>

#include "ingest/report_format.h"
#include "ingest/sku_numbers.h"

namespace destock::ingest {

inline constexpr std::string_view kReceipts = "Receipts";

class StockEvents {
public:
  void add(const std::string& marketplace, const std::string& sku, Date day, const std::string& event, bool sellable,
           int64_t units) {
    sums_[{marketplace, sku, day, event, sellable}] += units;
  }
  void finish(ReadContext& context) {
    CoverageCount count;
    SkuNumbers skus;
    for (const auto& [key, units] : sums_) {
      const auto& [marketplace, sku, day, event, sellable] = key;
      count.add(marketplace, day, event == kReceipts ? units : 0, skus.of(sku));
      context.facts.stock_events.push_back({marketplace, sku, day, event, sellable, units});
    }
    count.finish(context.facts);
  }

private:
  std::map<std::tuple<std::string, std::string, Date, std::string, bool>, int64_t> sums_;
};

}  // namespace destock::ingest
