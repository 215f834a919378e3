#include "clearance/stock_grid.h"

#include <algorithm>
#include <cmath>

#include "clearance/wide.h"

namespace destock::clearance {
namespace {

// out[g] += Σ weight[j] · from[g − j]: the one loop that takes the time. Eight weights a pass, so that a point is read
// and written once for them; for wide vectors where the processor has them.
DESTOCK_WIDE void add_weighted(const double* weight, size_t weights, const double* from, size_t points, double* out) {
  size_t j = 0;
  for (; j + 8 <= weights; j += 8) {
    const double* w = weight + j;
    const double* f = from - j - 7;
    for (size_t g = 0; g < points; ++g)
      out[g] += w[7] * f[g] + w[6] * f[g + 1] + w[5] * f[g + 2] + w[4] * f[g + 3] + w[3] * f[g + 4] + w[2] * f[g + 5] +
                w[1] * f[g + 6] + w[0] * f[g + 7];
  }
  for (; j < weights; ++j) {
    const double w = weight[j];
    const double* f = from - j;
    for (size_t g = 0; g < points; ++g) out[g] += w * f[g];
  }
}

}  // namespace

void StockGrid::begin(const Decision& decision, size_t most) {
  d_ = &decision;
  power_.assign(static_cast<size_t>(decision.weeks) + 1, 1);
  for (size_t w = 1; w < power_.size(); ++w) power_[w] = power_[w - 1] * decision.discount_a_week;
  worth_.clear();
  for (int week = 0; !decision.worth_of_cash.empty() && week <= decision.weeks; ++week)
    worth_.push_back(decision.later(0, week));
  const auto units = static_cast<size_t>(std::max(1, decision.total_units()));
  points_ = std::min(units, most) + 1;
  step_ = static_cast<double>(units) / static_cast<double>(points_ - 1);
  bend_ = step_ <= 1 ? 0 : (step_ * step_ - 1) / (12 * step_ * step_);
  find_holding();
}

void StockGrid::find_holding() {
  holding_.resize(static_cast<size_t>(d_->weeks));
  for (int week = 0; week < d_->weeks; ++week) {
    auto& cost = holding_[static_cast<size_t>(week)];
    cost.assign(points_, 0);
    for (size_t g = 0; g < points_; ++g) cost[g] = d_->holding(week, stock(g));
  }
}

double StockGrid::at(const double* values, double units) const {
  const double point = std::min(units / step_, static_cast<double>(points_ - 1));
  const auto g = std::min(static_cast<size_t>(point), points_ - 2);
  return values[g] + (point - static_cast<double>(g)) * (values[g + 1] - values[g]);
}

double StockGrid::mean_later(int week, int weeks) const {
  double sum = 0;
  for (int w = 0; w < weeks; ++w) sum += later(week, w);
  return sum / weeks;
}

int StockGrid::arriving(int week, int weeks) const {
  int units = 0;
  for (int w = 1; w <= weeks; ++w)
    if (week + w < static_cast<int>(d_->inbound.size()) && week + w < d_->weeks) units += d_->inbound.begin()[week + w];
  return units;
}

void StockGrid::sharpen(const double* __restrict value, double* __restrict out) const {
  const double bend = bend_;
  out[0] = value[0];
  out[points_ - 1] = value[points_ - 1];
  for (size_t g = 1; g + 1 < points_; ++g) out[g] = value[g] - bend * (value[g - 1] - 2 * value[g] + value[g + 1]);
}

double StockGrid::sharp_at(const double* value, double point) const {
  const auto g = std::min(static_cast<size_t>(point), points_ - 2);
  const auto sharp = [&](size_t k) {
    return k == 0 || k + 1 == points_ ? value[k] : value[k] - bend_ * (value[k - 1] - 2 * value[k] + value[k + 1]);
  };
  const double low = sharp(g);
  return low + (std::min(point, static_cast<double>(points_ - 1)) - static_cast<double>(g)) * (sharp(g + 1) - low);
}

double StockGrid::sold_at(const MixedRow& row, double units) const {
  const double point = std::min(units / step_, static_cast<double>(points_ - 1));
  const auto g = std::min(static_cast<size_t>(point), points_ - 2);
  const double low = row.sold(g);
  return low + (point - static_cast<double>(g)) * (row.sold(g + 1) - low);
}

void StockGrid::average(const MixedRow& row, const double* value, int arriving, std::vector<double>& out) {
  const size_t reach = row.reach();
  padded_.resize(points_ + reach);
  double* base = padded_.data() + reach;
  if (arriving > 0) {
    moved_.resize(points_);
    for (size_t g = 0; g < points_; ++g) moved_[g] = at(value, stock(g) + arriving);
    value = moved_.data();
  }
  sharpen(value, base);
  std::fill(padded_.begin(), padded_.begin() + static_cast<std::ptrdiff_t>(reach), base[0]);
  out.assign(points_, row.rest() * base[0]);
  if (row.share == 0) {
    add_weighted(row.low->weight.data(), row.low->weight.size(), base, points_, out.data());
    return;
  }
  weights_.resize(reach);
  for (size_t j = 0; j < reach; ++j) weights_[j] = row.weight(j);
  add_weighted(weights_.data(), reach, base, points_, out.data());
}

double StockGrid::average_at(const MixedRow& row, const double* value, int arriving, double units) const {
  const double more = arriving / step_;
  const double from = units / step_;
  double sum = row.rest() * sharp_at(value, more);
  const size_t reach = row.reach();
  for (size_t j = 0; j < reach; ++j)
    sum += row.weight(j) * sharp_at(value, std::max(0.0, from - static_cast<double>(j)) + more);
  return sum;
}

}  // namespace destock::clearance
