#pragma once
// Every fee of one product on one day, each with the card row that gave it. What no card knows is named, and where two
// sources differ both figures are there, and neither is in the money.

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "economics/fulfilment.h"
#include "market/facts.h"

namespace destock::economics {

struct AgedLine {
  int from_day;
  std::optional<int> to_day;      // nothing: open
  std::optional<Money> per_unit;  // a month; nothing: sources differ
  std::optional<Money> one, other;
};

// A fee that two sources give differently.
struct Dispute {
  std::string fee;  // "fulfilment", "removal"
  Money one, other;
  std::string source;
  Text note;
};

struct QuoteAsked {
  std::string marketplace;
  PackageSize size;
  Money price;
  std::string category;
  Date day;
  std::vector<std::string> programmes;
};

struct FeeQuote {
  std::string marketplace;
  Currency currency;
  Date day;
  std::vector<std::string> programmes{};
  bool metric = false;
  double tax_in_price = 0;       // as a rate on the net price
  double tax_in_fulfilment = 0;  // contained in the fulfilment fees
  std::optional<TierFound> tier{};
  std::optional<FulfilmentFee> fulfilment{};
  std::optional<FeePart> referral{};
  std::optional<FeePart> closing{};            // of media, beside the referral fee
  std::optional<Money> referral_tax{};         // comes on top of both
  std::optional<FeePart> selling_surcharge{};  // on top of referral and fulfilment
  std::optional<FeePart> storage_per_month{};  // of the day's month
  std::optional<FeePart> storage_jan_sep{}, storage_oct_dec{};
  std::vector<AgedLine> aged{};  // by the day's card
  std::string aged_source{};
  std::optional<FeePart> removal{};
  std::optional<FeePart> liquidation{};  // what a unit brings, before the processing fee where that is unknown
  std::vector<Dispute> disputes{};
  std::vector<Text> notes{};    // that a reader should know
  std::vector<Text> unknown{};  // fees that are in no figure
};

// kNotFound: a marketplace or a programme that the facts do not know.
Result<FeeQuote> fee_quote(const market::Facts& facts, const QuoteAsked& asked);
Result<FeeQuote> fee_quote(const market::Facts& facts, const std::string& marketplace, const PackageSize& size,
                           const Money& price, const std::string& category, Date day);

}  // namespace destock::economics
