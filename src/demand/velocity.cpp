#include "demand/velocity.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr int kMonthDays = 30;

const account::SalesSpan* span_of(const account::Account& account, size_t listing) {
  for (const account::SalesSpan& span : account.sales_spans)
    if (span.marketplace == account.listings[listing].marketplace) return &span;
  return nullptr;
}

bool planning_speaks_for(const account::Account& account, const std::string& marketplace) {
  return std::any_of(account.reports.begin(), account.reports.end(), [&](const account::ReportAge& report) {
    return report.report == account::ReportKind::kPlanning && report.marketplace == marketplace;
  });
}

SalesBasis basis_of(const account::Account& account, size_t listing, Date first, Date last, int64_t units) {
  const account::SalesSpan* span = span_of(account, listing);
  const auto& reported = account.amazon[listing].units_t30;
  const bool overlaps = span && span->last_day >= first && span->first_day <= last;
  const int64_t untold = account.untold_days(account.listings[listing].marketplace, first, last);
  const bool covers = overlaps && span->first_day <= first && span->last_day >= last;
  if (covers && untold == 0) return SalesBasis::kOrders;
  // Orders that miss a part of the month are believed unless Amazon counted more.
  const bool week_told = untold + kWeekDays <= kMonthDays;
  if (overlaps && (reported ? *reported <= units : week_told)) return SalesBasis::kOrdersPartial;
  if (reported) return SalesBasis::kReport;
  if ((account.stock[listing].flags & account::kNotInPlanning) != 0 &&
      planning_speaks_for(account, account.listings[listing].marketplace))
    return SalesBasis::kNotSelling;
  return SalesBasis::kUnknown;
}

int64_t stockouts_in(const account::Account& account, size_t listing, Date first, Date last) {
  const auto days = account.stockout_days.of(listing);
  const auto from = std::lower_bound(days.begin(), days.end(), static_cast<int32_t>(day_number(first)));
  const auto to = std::upper_bound(days.begin(), days.end(), static_cast<int32_t>(day_number(last)));
  return to - from;
}

}  // namespace

std::string_view sales_basis_id(SalesBasis basis) {
  switch (basis) {
    case SalesBasis::kOrders: return "orders";
    case SalesBasis::kOrdersPartial: return "orders_partial";
    case SalesBasis::kReport: return "report";
    case SalesBasis::kNotSelling: return "not_selling";
    case SalesBasis::kUnknown: return "unknown";
  }
  return "";
}

std::optional<double> weighted_velocity(const Averages& averages, const std::vector<double>& weights) {
  double sum = 0;
  double weight = 0;
  double all = 0;
  for (size_t i = 0; i < averages.size() && i < weights.size(); ++i) {
    all += weights[i];
    if (!averages[i]) continue;
    sum += weights[i] * *averages[i];
    weight += weights[i];
  }
  if (weight <= 0) return std::nullopt;
  return sum * all / weight;
}

Velocity velocity(const account::Account& account, size_t listing, const market::VelocityRule& rule) {
  const Date last = account.as_of - Days(1);
  const Date first = account.as_of - Days(kMonthDays);
  Velocity result;
  const int64_t units = account.units_sold(listing, first, last);
  result.basis = basis_of(account, listing, first, last, units);
  result.stockout_days = stockouts_in(account, listing, first, last);
  const account::AmazonView& amazon = account.amazon[listing];
  // Of a month that was told in part, the days that were told speak for it.
  const auto told_of = [&](int days) {
    if (amazon.units_t30) return static_cast<double>(days);  // that counted no more
    const Date from = account.as_of - Days(days);
    return static_cast<double>(days - account.untold_days(account.listings[listing].marketplace, from, last));
  };
  for (size_t i = 0; i < rule.window_days.size() && i < result.averages.size(); ++i) {
    const int window = rule.window_days[i];
    auto& average = result.averages[i];
    switch (result.basis) {
      case SalesBasis::kOrders:
      case SalesBasis::kOrdersPartial:
        if (const double told = told_of(window); told > 0)
          average = static_cast<double>(account.units_sold(listing, account.as_of - Days(window), last)) / told;
        break;
      case SalesBasis::kReport:
        if (window == 7 && amazon.units_t7) average = static_cast<double>(*amazon.units_t7) / 7;
        if (window == kMonthDays) average = static_cast<double>(*amazon.units_t30) / kMonthDays;
        break;
      case SalesBasis::kNotSelling: average = 0; break;
      case SalesBasis::kUnknown: break;
    }
  }
  if (result.basis == SalesBasis::kOrders || result.basis == SalesBasis::kOrdersPartial)
    result.units_last_month = std::llround(static_cast<double>(units) * kMonthDays / told_of(kMonthDays));
  if (result.basis == SalesBasis::kReport) result.units_last_month = amazon.units_t30;
  if (result.basis == SalesBasis::kNotSelling) result.units_last_month = 0;
  result.weighted = weighted_velocity(result.averages, rule.weights);
  const int64_t in_stock_days = kMonthDays - result.stockout_days;
  if (result.units_last_month && in_stock_days > 0)
    result.in_stock = static_cast<double>(*result.units_last_month) / static_cast<double>(in_stock_days);
  return result;
}

}  // namespace destock::demand
