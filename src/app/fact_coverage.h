#pragma once
// Which facts there are, by marketplace: what kind, from when, how sure, from where; and what is unknown.

#include <optional>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/text.h"
#include "deliver/table.h"
#include "market/facts.h"

namespace destock::app {

struct FactRowInForce {
  std::string marketplace;  // empty: every marketplace
  Text kind;
  std::string id;  // "storage", "fulfilment.apparel", …
  std::optional<Date> from, to;
  std::optional<market::Confidence> confidence;  // nothing: unknown
  std::string source;
  bool disputed = false;  // sources differ on some of its figures: those are not counted
  // Words for how sure it is: "confirmed", "conflict"; unknown where there is no fact.
  std::optional<Text> sure() const;
};

// Whether sources differ on some weight of it.
bool disputed(const market::WeightTable& table);

// What is in force on a day; kinds without a row are listed as unknown.
std::vector<FactRowInForce> fact_coverage(const market::Facts& facts, Date day);
std::string_view confidence_id(market::Confidence confidence);  // "confirmed"
Text confidence_name(market::Confidence confidence);
deliver::Table facts_table(const std::vector<FactRowInForce>& rows, Date day);

}  // namespace destock::app
