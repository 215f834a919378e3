#include "market/calendar.h"

namespace destock::market {

const Event* next_event(const Calendar& calendar, std::string_view id, Date on_or_after) {
  const Event* next = nullptr;
  for (const Event& event : calendar.events)
    if (event.id == id && event.last_day >= on_or_after && (!next || event.first_day < next->first_day)) next = &event;
  return next;
}

}  // namespace destock::market
