#pragma once
// What holds an approved action back from being written.

#include <optional>
#include <span>
#include <vector>

#include "app/carry_out.h"

namespace destock::app {

struct CheckedBy {
  Date today;
  const std::map<std::string, Date>* newest = nullptr;  // snapshot by marketplace
  bool has_address = false;
  const market::CarryOutRule* rule = nullptr;
};

// Items and, beside each, why it is held back; nothing: it may be written. `others`: everything that runs or waits.
std::vector<std::optional<Text>> held_back(std::span<const TodoItem> items, std::span<const TodoItem> others,
                                           const CheckedBy& by);

}  // namespace destock::app
