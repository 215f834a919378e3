#pragma once
// Every fee of one product on one day, each with the card row that gave it. What no card knows is named.

#include <optional>
#include <string>
#include <vector>

#include "economics/fulfilment.h"
#include "market/facts.h"

namespace destock::economics {

struct AgedLine {
  int from_day;
  std::optional<int> to_day;  // nothing: open
  Money per_unit;             // a month
};

struct FeeQuote {
  std::string marketplace;
  Currency currency;
  Date day;
  std::optional<TierFound> tier;
  std::optional<FulfilmentFee> fulfilment;
  std::optional<FeePart> referral;
  std::optional<FeePart> storage_per_month;  // of the day's month
  std::optional<FeePart> storage_jan_sep, storage_oct_dec;
  std::vector<AgedLine> aged;  // by the day's card
  std::string aged_source;
  std::optional<FeePart> removal;
  std::optional<FeePart> liquidation;  // what a unit brings, before the processing fee where that is unknown
  std::vector<Text> unknown;
};

// kNotFound: a marketplace that the facts do not know.
Result<FeeQuote> fee_quote(const market::Facts& facts, const std::string& marketplace, const PackageSize& size,
                           const Money& price, const std::string& category, Date day);

}  // namespace destock::economics
