#include "restock/lead_time.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace destock::restock {

double LeadTime::mean() const {
  double days = 0;
  for (const Point& point : points) days += point.weight * point.days;
  return days;
}

LeadTime one_lead_time(double days, Text basis) {
  return {{{days, 1}}, false, std::move(basis)};
}

LeadTime lead_time_between(double shortest, double longest, Text basis) {
  if (shortest >= longest) return one_lead_time(shortest, std::move(basis));
  constexpr double kEnd = 1.0 / 6;
  return {{{shortest, kEnd}, {(shortest + longest) / 2, 1 - 2 * kEnd}, {longest, kEnd}}, true, std::move(basis)};
}

LeadTime lead_time_of(std::span<const int> days, double said, Text basis) {
  LeadTime lead{{}, days.size() > 1, std::move(basis)};
  for (const int one : days) lead.points.push_back({static_cast<double>(one), 1 / static_cast<double>(days.size())});
  // A sheet may count to the seller's own door: what is said of the whole way is then longer.
  const double more = std::max(0.0, said - lead.mean());
  for (LeadTime::Point& point : lead.points) point.days += more;
  return lead;
}

namespace {

constexpr int kYoungerThan = 730;  // days since an order was placed that still tells
constexpr size_t kMostOrders = 24;

// Days that orders took, the newest first.
template <typename Of>
std::vector<int> days_taken(const account::Account& account, Of of) {
  std::vector<std::pair<Date, int>> found;
  for (const auto& [listing, order] : account.purchase_orders)
    if (order.ordered_on && order.received_on && of(listing, order) &&
        days_between(*order.ordered_on, account.as_of) < kYoungerThan)
      found.emplace_back(*order.ordered_on, static_cast<int>(days_between(*order.ordered_on, *order.received_on)));
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first > b.first; });
  if (found.size() > kMostOrders) found.resize(kMostOrders);
  std::vector<int> days;
  days.reserve(found.size());
  for (const auto& [day, took] : found) days.push_back(took);
  return days;
}

}  // namespace

LeadTime lead_time(const account::Account& account, size_t listing, int otherwise) {
  const account::CostFacts& cost = account.costs[listing];
  const auto said = static_cast<double>(cost.lead_time_days.value_or(0));
  const auto own = days_taken(account, [&](size_t of, const auto&) { return of == listing; });
  const auto text = [](size_t orders, const char* en, const char* zh) {
    const std::string n = std::to_string(orders);
    return Text{n + en, n + zh};
  };
  if (own.size() >= kFewestOrders)
    return lead_time_of(own, said, text(own.size(), " of its purchase orders received", " 张已到货采购单"));
  const auto of_supplier = days_taken(account, [&](size_t, const account::PurchaseOrder& order) {
    return !cost.supplier.empty() && order.supplier == cost.supplier;
  });
  if (of_supplier.size() >= kFewestOrders)
    return lead_time_of(
        of_supplier, said,
        text(of_supplier.size(), " of its supplier's purchase orders received", " 张该供应商的已到货采购单"));
  if (cost.lead_time_from && cost.lead_time_to)
    return lead_time_between(static_cast<double>(*cost.lead_time_from), static_cast<double>(*cost.lead_time_to),
                             {"the cost sheet's span", "成本表中的区间"});
  if (cost.lead_time_days)
    return one_lead_time(said, {"the cost sheet; its spread is not known", "成本表；波动未提供"});
  return one_lead_time(otherwise, {"the playbook's, where the cost sheet gives none", "成本表未提供，按规则默认交期"});
}

std::vector<LeadWeek> in_weeks(const LeadTime& lead, int64_t more_days) {
  std::map<int, double> weights;
  for (const LeadTime::Point& point : lead.points) {
    const double weeks = (point.days + static_cast<double>(more_days)) / kWeekDays;
    const auto whole = static_cast<int>(std::floor(weeks));
    const double part = weeks - whole;
    weights[whole] += point.weight * (1 - part);
    if (part > 0) weights[whole + 1] += point.weight * part;
  }
  std::vector<LeadWeek> out;
  for (const auto& [weeks, weight] : weights)
    if (weight > 0) out.push_back({weeks, weight});
  return out;
}

}  // namespace destock::restock
