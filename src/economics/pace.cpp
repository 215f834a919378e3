#include "economics/pace.h"

#include <algorithm>

namespace destock::economics {
namespace {

// By the shortest window that holds the days asked for, else by the longest there is.
std::optional<double> as_reported(const account::AmazonView& view, int over_days) {
  std::optional<double> pace;
  for (const auto& [days, units] : {std::pair(7, view.units_t7), std::pair(30, view.units_t30),
                                    std::pair(60, view.units_t60), std::pair(90, view.units_t90)}) {
    if (!units) continue;
    pace = static_cast<double>(*units) / days;
    if (days >= over_days) break;
  }
  return pace;
}

}  // namespace

std::optional<double> sold_a_day(const account::Account& account, size_t listing, int over_days) {
  const auto span = std::find_if(account.sales_spans.begin(), account.sales_spans.end(), [&](const auto& one) {
    return one.marketplace == account.listings[listing].marketplace;
  });
  if (span == account.sales_spans.end() && account.sales.days.of(listing).empty())
    return as_reported(account.amazon[listing], over_days);
  Date first = account.as_of - Days(over_days);
  if (span != account.sales_spans.end()) first = std::clamp(span->first_day, first, account.as_of - Days(1));
  const std::string& marketplace = account.listings[listing].marketplace;
  const int64_t told =
      days_between(first, account.as_of) - account.untold_days(marketplace, first, account.as_of - Days(1));
  if (told <= 0) return as_reported(account.amazon[listing], over_days);
  return static_cast<double>(account.units_since(listing, first)) / static_cast<double>(told);
}

}  // namespace destock::economics
