#pragma once
// Size tiers and fulfilment fees of a rate card, as dated rows. Lengths in inches, weights in pounds, whatever the file
// says. Where two sources differ a figure has its other beside it: it stays out of the money, and both are shown.

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/money.h"
#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

// Whether `text` holds `word` (lower case), without regard to case.
bool holds(std::string_view text, std::string_view word);
// Whether a category's name has the word in it (lower case), whole or in the plural: "Outdoors" has no "door".
bool names(std::string_view text, std::string_view word);
bool names_any(std::string_view text, const std::vector<std::string>& words);

struct SizeTier {
  std::string id;
  Text name;
  std::optional<double> max_lb;                           // of shipping weight; nothing: no limit
  std::optional<double> max_unit_lb, max_dimensional_lb;  // of each weight by itself
  std::optional<std::array<double, 3>> sides_in;          // longest, median, shortest, each inclusive
  std::optional<double> length_plus_girth_in;             // longest + 2 · (median + shortest)
  std::optional<double> sum_of_sides_in;
  bool unit_weight = false;  // the unit's own weight counts, not the dimensional one
  bool bulky = false;        // the bulky minimum counts for its dimensional weight; stored as oversize
};

struct SizeTiers : Sourced {
  std::string group;                          // whose products it measures; "standard": all others
  std::optional<double> dimensional_divisor;  // cubic inches a pound; nothing: not known, unit weight is used
  double bulky_minimum_in = 0;
  bool metric = false;               // the card is written in centimetres and kilograms
  bool unit_weight_by_rule = false;  // no dimensional weight here, and that is known
  std::vector<SizeTier> tiers;       // the first that fits
};

// Weight up to `to_lb` (inclusive) costs fees[price band]; nothing: not known.
struct FulfilmentBand {
  double to_lb;
  std::vector<std::optional<Money>> fees;
};

struct FulfilmentTier {
  std::string tier;
  std::vector<FulfilmentBand> bands;
  // Beyond the bands: base + per_step for each step begun above from_lb, or by the exact weight.
  struct Beyond {
    double from_lb;
    std::vector<std::optional<Money>> base;
    double step_lb;
    std::vector<Money> per_step;  // by price band
    bool exact = false;
    std::optional<Money> per_step_or;  // what another source has
    std::optional<double> to_lb;       // the table ends here
  };
  std::optional<Beyond> beyond;
  std::optional<Confidence> confidence;  // where it is not the table's
};

// Prices below it, or up to it, are in its band; a higher one in the next.
struct PriceBound {
  Money at;
  bool inclusive;
  bool holds(const Money& price) const { return inclusive ? price <= at : price < at; }
};

struct FulfilmentTable : Sourced {
  std::string group;                     // "standard", "apparel", "dangerous_goods", "selected", "low_price"
  std::string programme;                 // whose members pay it; empty: everyone else
  std::vector<std::string> categories;   // words of the categories that belong to the group
  std::vector<PriceBound> price_bounds;  // bands: one for each bound, and what is above the last
  // The low-price table is for prices up to a limit, which is lower for some categories.
  std::optional<Money> up_to, up_to_special;
  std::vector<std::string> special_categories;
  bool abroad = false;           // of stock in another country: its members pay it before every other table
  bool unit_weight = false;      // the unit's own weight counts
  bool peak = false;             // of the days from effective_from to effective_to, in place of the ordinary one
  bool rise = false;             // of a peak: what comes on top of the ordinary fee
  bool others_ordinary = false;  // of a peak: a tier that it leaves out keeps its ordinary fee
  std::vector<FulfilmentTier> tiers;

  const FulfilmentTier* tier(std::string_view id) const;
  size_t price_band(const Money& price) const;
  // Whether a price is low enough for it.
  bool takes(const Money& price, std::string_view category) const;
};

// On top of the fulfilment fee: a share of it, or an amount.
struct FulfilmentSurcharge : Sourced {
  Text name;
  double rate = 0;                      // of the fulfilment fee
  std::optional<Money> amount;          // a unit
  std::vector<std::string> categories;  // whose products pay it; empty: all
};

// On top of what Amazon takes of a sale, referral and fulfilment, from sellers who say that it holds for them.
struct SellingSurcharge : Sourced {
  Text name;
  std::string programme;
  double rate = 0;
};

// A programme changes what a unit costs: comes on top, or off.
struct ProgrammeFee {
  Text name;
  bool off = false;      // a discount
  bool outside = false;  // paid by those who are not in the programme; whether it applies is not for the card to say
  FulfilmentTable table;
};
// A programme that a seller may be in.
struct ProgrammeName {
  std::string id;
  Text name;
};

struct OvermaxFee : Sourced {
  double longest_over_in, length_plus_girth_over_in;
  std::vector<std::pair<std::string, Money>> fees;  // by tier
};

// Days on which fulfilment costs more, by tables marked `peak`; where a group has none, what it costs is not known.
struct PeakSeason {
  Date from, to;
  std::string source;
  std::vector<std::string> ordinary_groups;  // that pay no more
  std::vector<std::string> without;          // categories that its tables are not said for: what they pay is not known
};

struct LowInventoryFee : Sourced {
  std::string programme;         // whose members pay it; empty: everyone
  std::vector<int> days_below;   // ascending
  double from_units_a_week = 0;  // slower products are let off
  std::vector<int> windows;      // days over which supply is looked at: the longest of them counts
  struct Row {
    std::string tier;
    std::optional<double> to_lb;
    std::vector<Money> fees;  // one for each of days_below
  };
  std::vector<Row> rows;
  // Of a unit sold with so many days of supply; nothing: none.
  std::optional<Money> fee(std::string_view tier, std::optional<double> weight_lb, double days_of_supply) const;
};

// Storage utilisation surcharge, per volume on top of the base rate, by weeks of stock held.
struct UtilisationSurcharge : Sourced {
  std::string size_class = "standard";
  Text applies;
  double least_volume = 0;          // a day, in the card's unit; less is let off
  int free_days = 0;                // younger stock is not counted
  int over_days = 0;                // over which shipments are averaged
  int first_shipment_days = 0;      // whoever has shipped for no longer is let off
  std::vector<unsigned> months;     // in which it is charged
  std::vector<unsigned> months_or;  // in which one source has it charged, and another not
  struct Band {
    double from_weeks;
    std::optional<double> to_weeks;  // exclusive
    Money per_volume;
  };
  std::vector<Band> bands;
  const Band* band(double weeks) const;
};

}  // namespace destock::market
