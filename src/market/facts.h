#pragma once
// All facts of data/, read and checked once at start. Immutable afterwards: safe to share between threads.

#include <filesystem>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/exchange_rates.h"
#include "base/result.h"
#include "market/calendar.h"
#include "market/channel.h"
#include "market/demand_priors.h"
#include "market/marketplace.h"
#include "market/playbook.h"
#include "market/promotions.h"
#include "market/rate_card.h"
#include "market/report_checks.h"
#include "market/report_names.h"

namespace destock::market {

// A rate to go on with until the seller gives his own. data/rates/shipped.toml
struct ShippedRate : Sourced {
  Currency from, to;
  double rate = 0;
};

struct Facts {
  std::map<std::string, Marketplace, std::less<>> marketplaces;
  std::map<std::string, RateCard, std::less<>> rate_cards;
  std::map<std::string, RateCard, std::less<>> public_cards;  // before own rates were put in; empty: none were
  std::map<std::string, Channel, std::less<>> channels;
  std::map<std::string, Calendar, std::less<>> calendars;
  Playbook playbook;
  std::string playbook_text;  // as its file has it, without the remarks
  std::vector<RuleGroup> rule_words;
  ReportChecks checks;
  ReportNames report_names;
  Promotions promotions;
  DemandPriors demand;
  std::vector<ShippedRate> shipped_rates;
  std::vector<std::string> enrolled;  // programmes that the account is in; market/settings.h
  // By programme, the SKUs that stay out of it: "DE MAT-01" in one store, "MAT-01" in all.
  std::map<std::string, std::set<std::string, std::less<>>, std::less<>> not_enrolled;
  // Those that a SKU of the account is in.
  std::vector<std::string> programmes_of(std::string_view marketplace, std::string_view sku) const;
  // Puts them into `rates`, behind what the seller gave.
  void ship_rates(ExchangeRates& rates) const;

  const RateCard* rate_card(std::string_view marketplace) const;
  // The card as it is shipped, where the seller's own rates stand before it.
  const RateCard* public_card(std::string_view marketplace) const;
  const Calendar* calendar(std::string_view marketplace) const;
  const Channel* channel(std::string_view id) const;
};

// Where facts lie: the shipped folder, and the user's own, whose files stand in for shipped ones of the same name.
struct FactFolders {
  std::filesystem::path shipped;
  std::filesystem::path own;  // empty: none

  FactFolders(std::filesystem::path shipped_, std::filesystem::path own_ = {})
      : shipped(std::move(shipped_)), own(std::move(own_)) {}
  std::filesystem::path file(const char* name) const;
};

// Reads data/ whole. A wrong file is named with line and reason; a gap, an overlap or a row without a source is an
// error.
Result<Facts> load_facts(const FactFolders& folders);

// One file of facts looked at by itself: a rate card, a channel, a calendar, a marketplace or a playbook, told by its
// keys. An error names line and reason; a warning is what a reader of the file should look at again.
struct Linted {
  std::string kind;
  size_t rows = 0;  // of dated facts
  std::vector<Text> warnings;
};
Result<Linted> lint_fact_file(const std::filesystem::path& file, const Facts& facts);

// A user's own playbook in place of the one that is there.
Result<void> load_playbook(const std::filesystem::path& file, Facts& facts);

}  // namespace destock::market
