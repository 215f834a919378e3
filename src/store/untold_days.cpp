#include "store/untold_days.h"

#include <algorithm>

#include "account/sales_gaps.h"
#include "store/orders_of_day.h"

namespace destock::store {
namespace {

using account::ReportKind;

// Between purchase and shipment.
constexpr int kLongestWait = 10;  // days
// Of a day's shipments that were bought on days of orders: more, and the day is left out.
constexpr double kMostToldAlready = 0.1;

using DaysOf = std::map<int32_t, std::vector<int64_t>>;

class Seam {
public:
  Seam(soci::session& sql, const std::vector<Covering>& coverings, std::string marketplace)
      : sql_(sql), marketplace_(std::move(marketplace)) {
    for (const Covering& covering : coverings) kinds_.emplace(covering.import, covering.report);
  }

  bool all_of(const std::vector<int64_t>& imports, ReportKind kind) const {
    return !imports.empty() &&
           std::all_of(imports.begin(), imports.end(), [&](int64_t import) { return kinds_.at(import) == kind; });
  }

  // The orders of these days, ascending.
  std::vector<uint32_t> orders_of(const DaysOf& days, int32_t first, int32_t last) const {
    std::vector<uint32_t> orders;
    for (auto day = days.lower_bound(first); day != days.end() && day->first <= last; ++day)
      for (const int64_t import : day->second) {
        const Date date = date_of_day_number(day->first);
        for (const auto& of_day : read_orders_of_day(sql_, import, marketplace_, date, date))
          orders.insert(orders.end(), of_day.orders.begin(), of_day.orders.end());
      }
    std::sort(orders.begin(), orders.end());
    return orders;
  }

private:
  soci::session& sql_;
  std::string marketplace_;
  std::map<int64_t, ReportKind> kinds_;
};

double share_in(const std::vector<uint32_t>& orders, const std::vector<uint32_t>& others) {
  if (orders.empty()) return 0;
  const auto both = std::count_if(orders.begin(), orders.end(), [&](uint32_t order) {
    return std::binary_search(others.begin(), others.end(), order);
  });
  return static_cast<double>(both) / static_cast<double>(orders.size());
}

std::vector<account::SalesSpan> leave_out_seams(soci::session& sql, const std::vector<Covering>& coverings,
                                                const std::string& marketplace, DaysOf& days) {
  const Seam seam(sql, coverings, marketplace);
  std::vector<int32_t> begins;  // of shipments, on the day after orders
  for (const auto& [day, imports] : days) {
    const auto before = days.find(day - 1);
    if (before != days.end() && seam.all_of(imports, ReportKind::kShipments) &&
        seam.all_of(before->second, ReportKind::kAllOrders))
      begins.push_back(day);
  }
  std::vector<account::SalesSpan> gaps;
  for (const int32_t begin : begins) {
    const auto told = seam.orders_of(days, begin - kLongestWait, begin - 1);
    int32_t end = begin;
    for (auto day = days.find(end); day != days.end() && end < begin + kLongestWait; day = days.find(end)) {
      if (!seam.all_of(day->second, ReportKind::kShipments)) break;
      if (share_in(seam.orders_of(days, end, end), told) <= kMostToldAlready) break;
      days.erase(day);
      ++end;
    }
    if (end > begin) gaps.push_back({marketplace, date_of_day_number(begin), date_of_day_number(end - 1)});
  }
  return gaps;
}

}  // namespace

std::vector<account::SalesSpan> gaps_of_sales(soci::session& sql, const std::vector<Covering>& coverings,
                                              const std::string& marketplace, Date as_of, DaysOf& days) {
  std::vector<account::Coverage> told;
  for (const Covering& covering : coverings)
    if (covering.span.marketplace == marketplace && account::is_sales(covering.report)) told.push_back(covering.span);
  auto gaps = account::sales_gaps(std::move(told), as_of - Days(1));
  for (auto& seam : leave_out_seams(sql, coverings, marketplace, days)) gaps.push_back(std::move(seam));
  return gaps;
}

void add_ledger_gaps(const std::string& marketplace, const DaysOf& days, std::vector<account::SalesSpan>& gaps) {
  std::optional<int32_t> before;
  for (const auto& [day, imports] : days) {
    if (before && day - *before > 2)
      gaps.push_back({marketplace, date_of_day_number(*before + 1), date_of_day_number(day - 1)});
    before = day;
  }
}

}  // namespace destock::store
