#pragma once
// What an account sets for itself in place of the shipped facts: rules of the playbook, channels off, how its prices
// end. Kept as texts by name:
//   rule.<section>.<key>    a figure or a list of them, as in the playbook's file: 0.12, [3, 7, 14, 30]
//   channel.<id>            off
//   programme.<id>          on: the account is in it
//   programme.<id>.without  SKUs that stay out of it, parted by ";": "DE MAT-01" in one store, "MAT-01" in all
//   ending.<marketplace>    x.x9, x.99, x8 or none
//   removal.<part>          of the address that units come back to: kRemovalSettings

#include <map>
#include <string>
#include <vector>

#include "market/facts.h"

namespace destock::market {

using Settings = std::map<std::string, std::string>;

inline constexpr std::string_view kRemovalSettings[] = {"name",    "line1", "line2",       "line3", "city",
                                                        "country", "state", "postal_code", "phone"};
bool is_removal_setting(std::string_view key);

// A rule as it stands: what it is called, its value as in the playbook's file.
struct RuleValue {
  const RuleGroup* group;
  const RuleWords* words;
  std::string id;     // section.key
  std::string value;  // "0.12", "[3, 7, 14, 30]"
};
// Every rule that has words, in their order.
std::vector<RuleValue> rules_of(const Facts& facts);

struct FactsWithSettings {
  Facts facts;
  std::vector<Text> left_aside;  // settings that no longer fit, and why
};
// All rules or none: together they must make a playbook.
FactsWithSettings with_settings(Facts facts, const Settings& settings);

// A programme of any marketplace that changes a fee; nullptr where no card has it.
const ProgrammeName* programme_named(const Facts& facts, std::string_view id);

// The SKUs of a setting that leaves some out: "DE MAT-01; MAT-02".
std::vector<std::string> skus_left_out(std::string_view value);

// A channel may be turned off, unless it is the seller's own price.
inline bool may_be_off(const Channel& channel) {
  return channel.kind != ChannelKind::kPrice;
}

}  // namespace destock::market
