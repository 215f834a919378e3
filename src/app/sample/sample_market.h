#pragma once
// A made-up seller: 430 listings in two marketplaces over the fourteen months before a day, with season, promotions,
// stock-outs, dead and aged stock. Everything follows from seed and day: the same give the same account on every
// machine.

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"

namespace destock::app::sample {

// splitmix64: the same numbers everywhere, which std:: distributions do not promise.
class Random {
public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t next();
  double uniform();                            // [0, 1)
  int64_t between(int64_t low, int64_t high);  // inclusive
  int64_t poisson(double mean);

private:
  uint64_t state_;
};

enum class Story { kSteady, kFast, kMild, kHeavy, kAged, kDead, kNew, kSeasonal };

struct Cohort {
  int32_t day;  // received
  int64_t units;
};
struct SoldDay {
  int32_t day;
  int64_t units;
  double price;     // charged
  double discount;  // promotion a unit
};
struct LedgerEntry {
  int32_t day;
  int64_t starting, receipts, shipments, returns, ending;
};

struct SampleListing {
  std::string marketplace, sku, asin, fnsku, title, category, season, owner, tag;
  Story story;
  double price, cost_cny, freight_cny, fulfilment, volume_cuft, weight_lb;
  double sides_in[3];
  int lead_time_days, moq, carton;
  int64_t available, fc_transfer, fc_processing, reserved_orders, inbound_working, inbound_shipped, inbound_receiving,
      unfulfillable;
  std::vector<Cohort> cohorts;  // of what is left, oldest first
  std::vector<SoldDay> sold;
  std::vector<LedgerEntry> ledger;
  std::vector<Cohort> returned;  // day, units
  bool has_cost;
};

struct SampleMarket {
  Date first_day, snapshot;  // sales up to the day before the snapshot, and a few on its morning
  std::vector<SampleListing> listings;
};

SampleMarket make_market(uint64_t seed, Date snapshot);

}  // namespace destock::app::sample
