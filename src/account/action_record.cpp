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

DeskEvent event_of(const ActionRecord& action, DeskEventKind kind, const std::string& person, const std::string& at) {
  DeskEvent event;
  event.action = action.id;
  event.marketplace = action.marketplace;
  event.sku = action.sku;
  event.kind = kind;
  event.person = person;
  event.at = at;
  return event;
}

}  // namespace destock::account
