#pragma once
// Sums sold lines to units a day per listing: the common end of All Orders and Fulfilled Shipments.

#include <cstdint>
#include <map>
#include <vector>

#include "account/report_facts.h"
#include "base/time_zone.h"
#include "ingest/order_ids.h"
#include "ingest/report_format.h"

namespace destock::ingest {

// A day in a marketplace, and the instant where the report gives one with its zone.
struct Moment {
  Date day;
  std::optional<int64_t> instant;
};

// When the first of all lines was last updated; a day where the file has no times.
struct FirstUpdate {
  std::optional<int64_t> instant{};
  std::optional<Date> day{};
};

class SalesCount {
public:
  explicit SalesCount(ReadContext& context) : context_(&context) {}

  // When a line happened, in the marketplace's own day; refuses the row where the date is missing, wrong or in the
  // future.
  std::optional<Moment> moment_of(Row& row, size_t column, const account::MarketplaceEntry& marketplace);
  // A line was read, sold or not: the report speaks for its moment.
  void saw(const account::MarketplaceEntry& marketplace, const Moment& moment, account::ListingIndex listing,
           std::string_view order);
  void sold(account::ListingIndex listing, Date day, int64_t units, std::optional<Money> revenue,
            std::optional<Money> promo_discount);
  // Sorts the days, writes the coverage. The file speaks for its whole span in every marketplace it names. A report by
  // last update, whose orders begin days before the first update of any, speaks whole only from that update on: few
  // orders stand before it beside those that follow. Where as many do, all count, and that is asked.
  void finish(const FirstUpdate& first_update = {});

private:
  const ZoneClock* clock_of(const account::MarketplaceEntry& marketplace);
  size_t slot_of(account::ListingIndex listing, int32_t day);
  void grow();
  void drop_before_update(const FirstUpdate& update);
  // The first whole day by marketplace of a report by last update; of another: none.
  std::map<std::string, Date, std::less<>> whole_from(const FirstUpdate& update) const;
  bool few_before(Date from) const;
  void note_doubt(Date from);

  struct Span {
    Date first_day, last_day;
    std::optional<int64_t> first_instant, last_instant;
    int64_t rows = 0, units = 0;
  };
  Span whole_span() const;  // days and instants of all marketplaces; rows and units are left out
  ReadContext* context_;
  OrderIds orders_;
  std::map<std::string, ZoneClock, std::less<>> clocks_;
  std::map<std::string, Span, std::less<>> spans_;
  const account::MarketplaceEntry* last_marketplace_ = nullptr;
  const ZoneClock* last_clock_ = nullptr;
  Span* last_span_ = nullptr;
  std::vector<uint32_t> table_;  // open addressing over facts.sales; 0: free
};

}  // namespace destock::ingest
