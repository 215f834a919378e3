#pragma once
// Inventory age (库龄): how many units are how old, and when the next of them meet the surcharge.

#include <array>
#include <optional>
#include <span>

#include "account/account.h"
#include "market/playbook.h"

namespace destock::health {

// The bands that are shown, with the units of each; nothing where ages are not known.
inline constexpr std::array<int, 6> kShownBandsFrom = {0, 91, 181, 271, 366, 456};
inline constexpr std::array<std::string_view, 6> kShownBandIds = {"0-90",    "91-180",  "181-270",
                                                                  "271-365", "366-455", "456+"};

// When units cross a day of age. From receipts the day is exact; a report's band gives a range.
struct Crossing {
  Date earliest, latest;
  int64_t units = 0;
  bool exact() const { return earliest == latest; }
};

struct Ageing {
  bool known = false;
  std::array<int64_t, 6> units{};  // by kShownBandIds
  int64_t aged_91_plus = 0;
  int64_t aged_181_plus = 0;
  std::optional<int> oldest_at_least;    // days
  std::optional<int> surcharge_from;     // the first day that the card in force charges; nothing: no card
  int64_t charged = 0;                   // units of that age or more
  std::optional<Crossing> next_charged;  // the next units to reach it
};

// `receipts` (oldest first) make the crossing exact where they explain the units on hand.
Ageing ageing(std::span<const account::AgeBand> bands, std::span<const account::Receipt> receipts, int64_t on_hand,
              Date as_of, const market::AgeRule& rule, std::optional<int> surcharge_from);

}  // namespace destock::health
