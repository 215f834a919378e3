#pragma once
// Payments summed as they are kept: FBA orders by SKU and day, all else by what it is. The common end of settlements
// and of reports of dates.

#include <map>
#include <set>
#include <string>
#include <tuple>

#include "ingest/report_format.h"
#include "ingest/sku_numbers.h"

namespace destock::ingest {

// The sum, or what it was where it would not fit.
inline void add_to(int64_t& sum, int64_t amount) {
  int64_t more = 0;
  if (!__builtin_add_overflow(sum, amount, &more)) sum = more;
}

class SettledSums {
public:
  explicit SettledSums(bool whole) : whole_(whole) {}

  account::SettledDay& day_of(const std::string& settlement, const std::string& marketplace, const std::string& sku,
                              Date day, Currency currency);
  // How many units a line is of is not said: what is taken of a unit of that SKU and day cannot be.
  void units_unknown(const account::SettledDay& day) { unknown_.insert(&day); }
  void add(account::SettledAmount amount);
  void finish(ReadContext& context);

private:
  bool whole_;
  std::map<std::tuple<std::string, std::string, std::string, Date>, account::SettledDay> days_;
  std::map<std::string, account::SettledAmount> amounts_;
  std::set<const account::SettledDay*> unknown_;
};

}  // namespace destock::ingest
