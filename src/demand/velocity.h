#pragma once
// How fast a listing sells: units of the last full month and the playbook's weighted velocity (日均销量).

#include <array>
#include <optional>
#include <vector>

#include "account/account.h"
#include "market/playbook.h"

namespace destock::demand {

// Where the figures come from.
enum class SalesBasis {
  kOrders,         // sales reports that cover the month before the snapshot
  kOrdersPartial,  // sales reports that cover a part of it
  kReport,         // Amazon's own units of 7 and 30 days
  kNotSelling,     // no figure, but the planning report leaves the SKU out: nothing sold in 90 days
  kUnknown,
};
std::string_view sales_basis_id(SalesBasis basis);

// Units a day over each window of the playbook, in its order; windows beyond the playbook's are empty.
using Averages = std::array<std::optional<double>, market::kMostVelocityWindows>;

struct Velocity {
  SalesBasis basis = SalesBasis::kUnknown;
  std::optional<int64_t> units_last_month;  // the 30 full days before the snapshot's day, which is not complete
  Averages averages{};
  std::optional<double> weighted;  // units a day
  std::optional<double> in_stock;  // units a day over the month's days in stock
  int64_t stockout_days = 0;       // of the last month
};

Velocity velocity(const account::Account& account, size_t listing, const market::VelocityRule& rule);

// The playbook's mix: 0.1 · 3-day + 0.4 · 7-day + 0.3 · 14-day + 0.2 · 30-day. Windows without a figure give their
// weight to the others.
std::optional<double> weighted_velocity(const Averages& averages, const std::vector<double>& weights);

}  // namespace destock::demand
