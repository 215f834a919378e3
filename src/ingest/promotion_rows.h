#pragma once
// What reports of promotions and of coupons share: a promotion stands in one row for each of its products.

#include <map>

#include "base/time_zone.h"
#include "ingest/report_format.h"

namespace destock::ingest {

class PromotionRows {
public:
  explicit PromotionRows(ReadContext& context) : context_(context) {}

  // Where both kinds of report have what a promotion is.
  struct HeadColumns {
    size_t marketplace, asked, id, starts, ends, currency;
  };
  struct Begun {
    account::PromotionRow promotion;
    Currency currency;
  };
  // The promotion of a row with its marketplace, id and days, and the currency of its amounts; nothing: it is refused.
  std::optional<Begun> begin(Row& row, const HeadColumns& columns);
  // A row of a promotion, with one product at most. Of two states of a promotion the one that was updated last counts.
  void add(account::PromotionRow promotion);
  void finish();

private:
  // When it begins and ends, with the marketplace's days; refuses the row where either cannot be told.
  bool take_days(Row& row, size_t starts, size_t ends, const account::MarketplaceEntry& marketplace,
                 account::PromotionRow& promotion);
  std::optional<int64_t> instant_of(Row& row, size_t column) const;
  std::optional<Date> day_in(const account::MarketplaceEntry& marketplace, int64_t instant);

  ReadContext& context_;
  std::map<std::string, ZoneClock, std::less<>> clocks_;
  std::map<std::pair<std::string, std::string>, size_t> at_;  // by marketplace and id
};

// UTC seconds of a cell; nothing where it is blank or cannot be read, which is counted.
std::optional<int64_t> update_in(Row& row, size_t column);

}  // namespace destock::ingest
