#pragma once
// What every use case works with: the facts, how reports name marketplaces, and the clock.

#include <string>
#include <vector>

#include "account/marketplace_book.h"
#include "account/report_names.h"
#include "base/clock.h"
#include "base/result.h"
#include "market/facts.h"

namespace destock::app {

struct Context {
  market::Facts facts;
  account::MarketplaceBook book;
  account::ReportNames report_names;
  Clock clock;
  unsigned threads = 1;
  bool own_playbook = false;     // given for this run: it goes before the account's rules
  std::vector<Text> left_aside;  // settings of the account that no longer fit
  std::string facts_mark;        // changes with the files that the facts are read from

  // Asked anew by each request, job and command: a context lives as long as its server.
  Date today() const { return clock.today(); }
  std::string now_utc() const { return clock.now_utc(); }
};

// Reads the facts folder (DESTOCK_DATA, else data/ beside the program or where it was installed).
// `playbook`: a user's own in place of the default one; empty: none.
// `facts`: a folder whose files stand in for shipped ones of the same name; empty: DESTOCK_FACTS, else none.
Result<Context> make_context(const std::string& playbook, const std::string& facts = {});

account::MarketplaceBook book_of(const market::Facts& facts);
account::ReportNames report_names_of(const market::Facts& facts);

}  // namespace destock::app
