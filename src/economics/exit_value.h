#pragma once
// What leaving in bulk brings, a unit: liquidation, wholesale, removal. Negative: it costs.

#include <optional>
#include <string>
#include <vector>

#include "account/account.h"
#include "market/facts.h"

namespace destock::economics {

struct ExitValue {
  std::string channel;        // id of data/channels
  double per_unit = 0;        // marketplace's currency
  int delay_days = 0;         // until the money comes
  std::vector<Text> unknown;  // fees that are not known: per_unit is then before them, and nothing may rest on it
  std::optional<double> taken_lb{};  // the weight is not known: its fulfilment fee allows no more than this
  bool known() const { return unknown.empty(); }
};

// Every exit that the marketplace offers, the best first, those with an unknown fee last. Liquidation and wholesale
// need a price.
std::vector<ExitValue> exit_values(const account::Account& account, size_t listing, const market::Facts& facts,
                                   Date day);

// Removal or disposal of a unit; nothing where the table is unknown, or the weight and what its fulfilment fee allows.
std::optional<Money> removal_fee(const account::Account& account, size_t listing, const market::Facts& facts, Date day);

}  // namespace destock::economics
