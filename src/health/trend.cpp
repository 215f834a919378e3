#include "health/trend.h"

#include <algorithm>
#include <map>

namespace destock::health {
namespace {

constexpr int kMonthDays = 30;

struct Week {
  Money stock, excess;
  bool covered = true;
};

// Units sold in the month that ends with the day; nothing where the reports do not reach over it.
std::optional<int64_t> sold_in_month(const account::Account& account, size_t listing, Date last) {
  const Date first = last - Days(kMonthDays - 1);
  const bool covered = std::any_of(account.sales_spans.begin(), account.sales_spans.end(), [&](const auto& span) {
    return span.marketplace == account.listings[listing].marketplace && span.first_day <= first &&
           span.last_day >= last;
  });
  const bool whole = account.untold_days(account.listings[listing].marketplace, first, last) == 0;
  return covered && whole ? std::optional(account.units_sold(listing, first, last)) : std::nullopt;
}

}  // namespace

std::vector<TrendWeek> trend(const account::Account& account, const std::vector<Diagnosis>& diagnoses,
                             Currency base_currency, const market::Playbook& playbook) {
  std::map<Date, Week> weeks;
  for (const account::StockWeek& row : account.stock_weeks) {
    const auto& value = diagnoses[row.listing].unit_value;
    const auto rate = value ? account.rates.convert(*value, base_currency, account.as_of) : std::nullopt;
    if (!rate) continue;
    const Date last = account.as_of - Days(7 * row.weeks_ago);
    Week& week = weeks.try_emplace(last, Week{Money::zero(base_currency), Money::zero(base_currency)}).first->second;
    const auto stock = rate->by(row.units);
    const auto sum = stock ? week.stock.plus(*stock) : std::nullopt;
    if (!sum) return {};  // too large to reckon with: said among the account's warnings
    week.stock = *sum;
    // The day of the snapshot itself is not over.
    const auto sold = sold_in_month(account, row.listing, last - Days(1));
    week.covered = week.covered && (sold || row.units == 0);
    const auto& first = account.first_seen[row.listing];
    const bool is_new = first && days_between(*first, last) < playbook.age.new_listing_days;
    const Band band = band_of(row.units, sold, is_new, playbook.stock_to_sales);
    week.excess += *rate * excess_units(row.units, sold, band, playbook.stock_to_sales);
  }
  std::vector<TrendWeek> list;
  list.reserve(weeks.size());
  for (const auto& [day, week] : weeks)
    list.push_back({day, week.stock, week.covered ? std::optional<Money>(week.excess) : std::nullopt});
  return list;
}

}  // namespace destock::health
