#pragma once
// Which orders a report of sales tells, by store and day: a report of the same days that lacks some of another's is a
// part of one, for no order ever leaves Amazon's reports.

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "account/report_facts.h"

namespace destock::ingest {

class OrderIds {
public:
  // An order of a line; lines of one order mostly follow each other.
  void saw(const std::string& marketplace, Date day, std::string_view order);
  // What was seen, each order once a day, ascending. Once.
  std::vector<account::OrdersOfDay> take();

private:
  using ByDay = std::map<Date, std::vector<uint32_t>>;
  std::map<std::string, ByDay, std::less<>> by_store_;
  std::vector<uint32_t>* open_ = nullptr;  // of the store and day last seen
  std::string open_store_;
  Date open_day_{};
};

}  // namespace destock::ingest
