#include "clearance/stock_grid.h"

#include <algorithm>
#include <cmath>

#include "clearance/wide.h"

namespace destock::clearance {
namespace {

constexpr size_t kAtOnce = 8;

// out[g] = start + Σ weight[j] · from[g − j]: the one loop that takes the time. Eight weights a pass, so that a point
// is read and written once for them; for wide vectors where the processor has them. `passes` times eight weights.
DESTOCK_WIDE void add_weighted(const double* weight, size_t passes, const double* from, size_t points, double start,
                               double* out) {
  for (size_t pass = 0; pass < passes; ++pass) {
    const double* w = weight + pass * kAtOnce;
    const double* f = from - pass * kAtOnce - (kAtOnce - 1);
    if (pass == 0)
      for (size_t g = 0; g < points; ++g)
        out[g] = start + w[7] * f[g] + w[6] * f[g + 1] + w[5] * f[g + 2] + w[4] * f[g + 3] + w[3] * f[g + 4] +
                 w[2] * f[g + 5] + w[1] * f[g + 6] + w[0] * f[g + 7];
    else
      for (size_t g = 0; g < points; ++g)
        out[g] += w[7] * f[g] + w[6] * f[g + 1] + w[5] * f[g + 2] + w[4] * f[g + 3] + w[3] * f[g + 4] +
                  w[2] * f[g + 5] + w[1] * f[g + 6] + w[0] * f[g + 7];
  }
}

// What is taken of a bend: none of it where a neighbour bends as much the other way. There the value jumps, as where a
// programme's least units begin.
inline double smooth_bend(double left, double here, double right) {
  const double up = std::max(std::max(left, right), 0.0);
  const double down = std::min(std::min(left, right), 0.0);
  return here < 0 ? std::min(here + up, 0.0) : std::max(here + down, 0.0);
}

// The value less `bend` of its own bend; `bends`: as many points to work in.
DESTOCK_WIDE void sharpen(const double* __restrict value, double bend, size_t points, double* __restrict bends,
                          double* __restrict out) {
  bends[0] = bends[points - 1] = 0;
  for (size_t g = 1; g + 1 < points; ++g) bends[g] = value[g - 1] - 2 * value[g] + value[g + 1];
  out[0] = value[0];
  out[points - 1] = value[points - 1];
  for (size_t g = 1; g + 1 < points; ++g) out[g] = value[g] - bend * smooth_bend(bends[g - 1], bends[g], bends[g + 1]);
}

// (1 − share) · low + share · high, where each reaches; noughts up to `to`.
DESTOCK_WIDE void mix_weights(const std::vector<double>& low, const std::vector<double>& high, double share, size_t to,
                              double* out) {
  const double* l = low.data();
  const double* h = high.data();
  const size_t both = std::min(low.size(), high.size());
  for (size_t j = 0; j < both; ++j) out[j] = (1 - share) * l[j] + share * h[j];
  for (size_t j = both; j < low.size(); ++j) out[j] = (1 - share) * l[j];
  for (size_t j = both; j < high.size(); ++j) out[j] = share * h[j];
  for (size_t j = std::max(low.size(), high.size()); j < to; ++j) out[j] = 0;
}

}  // namespace

void StockGrid::begin(const Decision& decision, size_t most) {
  d_ = &decision;
  same_ = nullptr;
  power_.assign(static_cast<size_t>(decision.weeks) + 1, 1);
  for (size_t w = 1; w < power_.size(); ++w) power_[w] = power_[w - 1] * decision.discount_a_week;
  worth_.clear();
  for (int week = 0; !decision.worth_of_cash.empty() && week <= decision.weeks; ++week)
    worth_.push_back(decision.later(0, week));
  const auto units = static_cast<size_t>(std::max(1, decision.total_units()));
  points_ = std::min(units, most) + 1;
  step_ = static_cast<double>(units) / static_cast<double>(points_ - 1);
  forget_values();
  bend_ = step_ <= 1 ? 0 : (step_ * step_ - 1) / (12 * step_ * step_);
  find_holding();
}

void StockGrid::begin_as(const Decision& decision, const StockGrid& other) {
  d_ = &decision;
  same_ = &other;
  power_ = other.power_;
  worth_ = other.worth_;
  points_ = other.points_;
  step_ = other.step_;
  bend_ = other.bend_;
  forget_values();
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

double StockGrid::sharp_at(const double* value, double point) const {
  const auto g = std::min(static_cast<size_t>(point), points_ - 2);
  const auto bend = [&](size_t k) {
    return k == 0 || k + 1 >= points_ ? 0 : value[k - 1] - 2 * value[k] + value[k + 1];
  };
  const auto sharp = [&](size_t k) {
    return k == 0 || k + 1 == points_ ? value[k] : value[k] - bend_ * smooth_bend(bend(k - 1), bend(k), bend(k + 1));
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

void StockGrid::forget_values() {
  for (Sharp& sharp : sharps_) sharp.value = nullptr;
}

const double* StockGrid::sharp_of(const double* value, int arriving, bool again) {
  const size_t pad = (points_ / kAtOnce + 2) * kAtOnce;
  for (const Sharp& sharp : sharps_)
    if (sharp.value == value && sharp.arriving == arriving) return sharp.padded.data() + pad;
  if (again) last_sharp_ = (last_sharp_ + 1) % (kSharps - 1);
  Sharp& made = sharps_[again ? last_sharp_ : kSharps - 1];
  made.value = again ? value : nullptr;
  made.arriving = arriving;
  made.padded.resize(points_ + pad);
  if (arriving > 0) {
    moved_.resize(points_);
    for (size_t g = 0; g < points_; ++g) moved_[g] = at(value, stock(g) + arriving);
    value = moved_.data();
  }
  double* base = made.padded.data() + pad;
  bends_.resize(points_);
  sharpen(value, bend_, points_, bends_.data(), base);
  std::fill(made.padded.begin(), made.padded.begin() + static_cast<std::ptrdiff_t>(pad), base[0]);
  return base;
}

void StockGrid::average(const MixedRow& row, const double* value, int arriving, bool again, std::vector<double>& out) {
  const size_t passes = (row.reach() + kAtOnce - 1) / kAtOnce;
  weights_.resize(passes * kAtOnce);
  out.resize(points_);
  const double* sharp = sharp_of(value, arriving, again);
  mix_weights(row.low->weight, row.high->weight, row.share, weights_.size(), weights_.data());
  add_weighted(weights_.data(), passes, sharp, points_, row.rest() * sharp[0], out.data());
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
