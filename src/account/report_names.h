#pragma once
// What files call the columns of reports, and how files that are not read are told by name.

#include <map>
#include <string>
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
};

}  // namespace destock::account
