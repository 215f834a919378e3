#pragma once
// How long an order takes, as a distribution: what the cost sheet says, or what purchase orders really took.

#include <span>
#include <vector>

#include "account/account.h"
#include "base/text.h"
#include "restock/order_problem.h"

namespace destock::restock {

struct LeadTime {
  struct Point {
    double days = 0, weight = 0;
  };
  std::vector<Point> points;  // weights sum to 1
  bool spread_known = false;  // else one figure is all there is
  Text basis;

  double mean() const;
};

// One figure; or a shortest and a longest, between which all days are as likely (three points of the same mean and
// variance).
LeadTime one_lead_time(double days, Text basis);
LeadTime lead_time_between(double shortest, double longest, Text basis);
// What orders took, each as likely; on average no less than what is said of it.
LeadTime lead_time_of(std::span<const int> days, double said, Text basis);

// Of a listing: by its own received orders where there are a few, else by its supplier's; by the cost sheet; else so
// many days.
LeadTime lead_time(const account::Account& account, size_t listing, int otherwise);
inline constexpr size_t kFewestOrders = 3;

// By week of arrival: a day between two weeks' starts is a chance of each. `more_days`: of a holiday of the factories.
std::vector<LeadWeek> in_weeks(const LeadTime& lead, int64_t more_days);

}  // namespace destock::restock
