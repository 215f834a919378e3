#pragma once
// Events and seasons. data/calendars/<marketplace>.toml

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "market/sourced.h"

namespace destock::market {

struct Event {
  std::string id;  // "halloween", "prime_day", …
  Text name;
  Date first_day;
  Date last_day;
  // The last day stock must be in a fulfilment centre, where published.
  std::optional<Date> stock_in_by;
  // The last day to submit a deal for it, where published.
  std::optional<Date> deals_close;
  std::string source;
  Confidence confidence = Confidence::kSingle;
};

struct Calendar {
  std::string marketplace;
  std::vector<Event> events;
};

// The first event of that id that ends on or after a day.
const Event* next_event(const Calendar& calendar, std::string_view id, Date on_or_after);

}  // namespace destock::market
