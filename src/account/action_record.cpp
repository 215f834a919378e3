#include "account/action_record.h"

#include <algorithm>

namespace destock::account {

std::string_view desk_event_id(DeskEventKind kind) {
  return kDeskEventIds.at(static_cast<size_t>(kind));
}

std::optional<DeskEventKind> desk_event_of(std::string_view id) {
  const auto* found = std::find(kDeskEventIds.begin(), kDeskEventIds.end(), id);
  if (found == kDeskEventIds.end()) return std::nullopt;
  return static_cast<DeskEventKind>(found - kDeskEventIds.begin());
}

}  // namespace destock::account
