#pragma once
// destock facts --check: how fresh every card is and when its next known change is; which of the seller's own figures
// disagree, by money a year; what is known not to be known, and the money at stake.

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/fact_coverage.h"
#include "app/json.h"
#include "economics/fee_audit.h"
#include "economics/own_rates.h"

namespace destock::app {

struct CardChange {
  std::string marketplace, id;  // "fulfilment.standard"
  std::optional<Date> from;     // of the row in force
  std::optional<Date> next;     // the next known change; nothing: none is known
  std::string source;
  std::optional<market::Confidence> confidence;
  bool disputed = false;  // sources differ on some of its figures
};
// Every kind of fee of every card that has rows, on a day.
std::vector<CardChange> card_changes(const market::Facts& facts, Date day);

// Fees that are in no figure of an account's, by marketplace.
struct UnknownFee {
  std::string marketplace, fee;
  Text say;
  size_t skus = 0;               // with stock, that it touches
  std::optional<Money> at_most;  // a month, by the dearest figure that any card or source has; nothing: cannot be said
  std::set<size_t> listings{};   // these SKUs
};
std::vector<UnknownFee> unknown_fees(const account::Account& account, const market::Facts& facts);
// "fees unknown: affects 14 SKUs, at most USD 320 a month", by marketplace.
std::vector<Text> unknown_lines(const std::vector<UnknownFee>& fees);

Json unknown_fees_json(const std::vector<UnknownFee>& fees, Lang lang);
Json own_rates_json(const std::vector<economics::OwnRate>& rates);
Json card_changes_json(const std::vector<CardChange>& changes, Date day);
deliver::Table unknown_fees_table(const std::vector<UnknownFee>& fees);
deliver::Table own_rates_table(const std::vector<economics::OwnRate>& rates);
deliver::Table card_changes_table(const std::vector<CardChange>& changes, Date day);

}  // namespace destock::app
