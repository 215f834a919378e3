#include "clearance/row_shelf.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kApart = 0.1;  // of the logarithm
constexpr double kLeast = 0.02, kMost = 40'000;
const int kFirst = static_cast<int>(std::floor(std::log(kLeast) / kApart));

}  // namespace

void RowShelf::begin(double step, size_t points, size_t families) {
  step_ = step;
  points_ = points;
  families_.resize(families);
  for (Family& family : families_) {
    family.part = -1;
    for (DemandRow& row : family.rows) row.sold.clear();
  }
}

const DemandRow& RowShelf::kept(size_t family, int place, double part) {
  Family& rows = families_[family];
  if (rows.part < 0) rows.part = part;
  const auto at = static_cast<size_t>(place - kFirst);
  if (rows.rows.size() <= at) rows.rows.resize(at + 1);
  DemandRow& row = rows.rows[at];
  if (row.sold.empty()) {
    const double mean = std::exp(kApart * place);
    demand_row(mean, mean + rows.part * mean * mean, step_, points_, row);
  }
  return row;
}

void RowShelf::row(size_t family, double mean, double variance, DemandRow& out) {
  if (mean < 2 * kLeast || mean > kMost) {
    demand_row(mean, variance, step_, points_, out);
    return;
  }
  const int place = static_cast<int>(std::floor(std::log(mean) / kApart));
  const double part = std::max(0.0, (variance - mean) / (mean * mean));
  kept(family, place + 1, part);
  const DemandRow& low = kept(family, place, part);
  const DemandRow& high = kept(family, place + 1, part);
  const double below = std::exp(kApart * place);
  const double share = std::clamp((mean - below) / (std::exp(kApart * (place + 1)) - below), 0.0, 1.0);
  out.sold.resize(points_);
  for (size_t g = 0; g < points_; ++g) out.sold[g] = low.sold[g] + share * (high.sold[g] - low.sold[g]);
  out.weight.assign(std::max(low.weight.size(), high.weight.size()), 0);
  for (size_t j = 0; j < low.weight.size(); ++j) out.weight[j] = (1 - share) * low.weight[j];
  for (size_t j = 0; j < high.weight.size(); ++j) out.weight[j] += share * high.weight[j];
  out.rest = (1 - share) * low.rest + share * high.rest;
}

}  // namespace destock::clearance
