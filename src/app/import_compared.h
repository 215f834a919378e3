#pragma once
// What the reports of an import say of the same days, beside each other.

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "account/marketplace_book.h"
#include "account/report_facts.h"
#include "account/report_kind.h"
#include "base/text.h"
#include "ingest/read_report.h"

namespace destock::app {

// Units sold a day, by what says so.
class Compared {
public:
  void add(account::ReportKind kind, const account::ReportFacts& facts);
  // A sentence for each marketplace of which two reports or more have whole days in common.
  std::vector<Text> sentences() const;

private:
  struct Said {
    std::map<int64_t, int64_t> units;  // by day
    int64_t first = 0, last = 0;       // whole days that it speaks for
  };
  std::map<std::string, std::map<account::ReportKind, Said>> said_;  // by marketplace
};

// Stock that several listings of an import show under one FNSKU.
class PoolsSeen {
public:
  void add(account::ReportKind kind, const account::ReportFacts& facts, const account::MarketplaceBook& book);
  std::vector<Text> sentences() const;

private:
  struct Shown {
    std::string marketplace, network, sku, asin, fnsku;
    int64_t units = 0;
    Date day;
    bool own = false;
  };
  std::map<account::ReportKind, std::map<std::pair<std::string, std::string>, Shown>>
      shown_;  // the newest of a listing
};

// Units that rows of an import say lie in other countries of a network, beside what those countries' reports count.
class ElsewhereSeen {
public:
  void add(const account::ReportFacts& facts, const account::MarketplaceBook& book);
  bool any() const { return !whole_.empty(); }
  // `in_force`: everything that is, this import with it. Units that no report counts are said, with what would.
  std::vector<Text> sentences(const account::FactsInForce& in_force, const account::MarketplaceBook& book) const;

private:
  std::map<std::pair<std::string, std::string>, int64_t> whole_;  // units of a network, by it and FNSKU
};

// Costs of an import's sheets and files.
class CostsSeen {
public:
  // Notes in the report costs and freights that differ from what another said; `name`: of the file, and its sheet.
  void note(const std::string& name, ingest::ReadReport& report);

private:
  using Seen = std::map<std::pair<std::string, std::string>, std::pair<Money, std::string>>;  // by SKU, site; whose
  Seen costs_, freights_;
};

}  // namespace destock::app
