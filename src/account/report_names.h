#pragma once
// What files call the columns of reports, and how files that are not read are told by name.

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"

namespace destock::account {

struct UnreadReport {
  Text name, says;
  std::vector<std::vector<std::string>> marks;  // columns; all of one mark are its own
};

struct ReportNames {
  // Other names of a column, the likeliest first; by report ("fba_inventory") and the column's own name.
  std::map<std::pair<std::string, std::string>, std::vector<std::string>, std::less<>> columns{};
  std::vector<UnreadReport> unread{};
  // What cells say in the languages that reports come in, by what it means: "order_cancelled", "sellable", "inch".
  std::map<std::string, std::vector<std::string>, std::less<>> words{};
  const std::vector<std::string>& words_for(std::string_view meaning) const {
    static const std::vector<std::string> kNone;
    const auto found = words.find(meaning);
    return found == words.end() ? kNone : found->second;
  }
};

}  // namespace destock::account
