#pragma once
// A seller's account as weekly series: what was sold, at what price, with what promotion, and how much of each week the
// shelf was full. Weeks end the day before the account's day.

#include <string>
#include <vector>

#include "account/account.h"
#include "demand/panel.h"

namespace destock::demand {

inline constexpr int kYearWeeks = 52;
inline constexpr int kMostWeeks = 156;  // older history says little of today

// One series a listing, in the account's order; empty where no sales report speaks for its marketplace. The columns
// share the panel's offsets.
struct History {
  // Units a week, as if every day had been in stock and like others: not known under three such days. Spikes that
  // people left out are none.
  Panel panel;
  std::vector<float> sold;       // units sold, as they were
  std::vector<bool> told;        // some report of sales tells of the week; else what was sold is not known
  std::vector<float> in_stock;   // share of the week's days
  std::vector<float> log_price;  // of a unit, net of its discount: the middle of the days; kNotKnown until one is known
  std::vector<float> promotion;  // share of units sold with one
  std::vector<bool> launched;    // by series: its first week is its launch, not the first week we have
  std::vector<std::string> groups;  // of panel.group: "US · Home & Kitchen"

  // Days before the account's day at which a row's week begins.
  static int days_back(size_t length, size_t week) { return kWeekDays * static_cast<int>(length - week); }
};

History weekly_history(const account::Account& account);

// The regular price of a series: the median price of its last weeks without a promotion, else of its last weeks;
// kNotKnown where it never had one.
double regular_log_price(const History& history, size_t series);

}  // namespace destock::demand
