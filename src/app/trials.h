#pragma once
// Actions that a person puts in beside the plan's, to see what comes of a channel that no figure is known for: a
// business price, remote fulfilment, another marketplace's network.

#include <optional>
#include <string>
#include <vector>

#include "app/todo.h"

namespace destock::app {

struct Trial {
  std::string channel;                                        // one that the newest plan notes as without a figure
  std::vector<std::string> skus;                              // empty: those that the plan says to try it on
  std::string marketplace;                                    // of those that have the SKU; empty: all
  double off = 0;                                             // of a business price: part of today's price
  std::optional<std::vector<account::QuantityTier>> tiers{};  // of a business price; nothing: the playbook's
  std::optional<Date> from{};                                 // nothing: today
  std::optional<int> weeks{};                                 // nothing: the playbook's
  std::string why;
};

struct TrialsMade {
  std::vector<std::string> ids;                        // of actions, approved
  std::vector<std::pair<std::string, Text>> not_made;  // SKU, and why
};

// One approved action a listing, without a figure of what it brings: none is known. kBadUsage where the channel is none
// that is tried so or something is out of its bounds; kNotFound where there is no plan, or it names no SKU to try.
Result<TrialsMade> put_in_trials(store::Store& store, int64_t account, const Context& context, const Trial& trial,
                                 const std::string& person);

}  // namespace destock::app
