#pragma once
// All facts of data/, read and checked once at start. Immutable afterwards: safe to share between threads.

#include <filesystem>
#include <map>
#include <string>
#include <vector>

#include "base/result.h"
#include "market/calendar.h"
#include "market/channel.h"
#include "market/marketplace.h"
#include "market/playbook.h"
#include "market/rate_card.h"
#include "market/report_checks.h"

namespace destock::market {

struct Facts {
  std::map<std::string, Marketplace, std::less<>> marketplaces;
  std::map<std::string, RateCard, std::less<>> rate_cards;
  std::map<std::string, Channel, std::less<>> channels;
  std::map<std::string, Calendar, std::less<>> calendars;
  Playbook playbook;
  ReportChecks checks;

  const RateCard* rate_card(std::string_view marketplace) const;
  const Calendar* calendar(std::string_view marketplace) const;
  const Channel* channel(std::string_view id) const;
};

// Reads data/ whole. A wrong file is named with line and reason; a gap, an overlap or a row without a source is an
// error.
Result<Facts> load_facts(const std::filesystem::path& data_dir);

// A user's own playbook in place of the default one.
Result<Playbook> load_playbook(const std::filesystem::path& file);

}  // namespace destock::market
