#include "clearance/row_shelf.h"

#include <algorithm>
#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kApart = 0.1;  // of the logarithm
constexpr double kLeast = 0.02, kMost = 40'000;
const int kFirst = static_cast<int>(std::floor(std::log(kLeast) / kApart));
const int kLast = static_cast<int>(std::ceil(std::log(kMost) / kApart)) + 1;
const int kRows = kLast - kFirst + 1;
constexpr double kPartsApart = 1.0 / 30;  // of the logarithm of the part, a little added so that none has a place too
constexpr double kALittle = 0.003;
constexpr int kParts = 600;

double mean_at(int place) {
  static const std::vector<double> kMeans = [] {
    std::vector<double> means;
    for (int at = kFirst; at <= kLast; ++at) means.push_back(std::exp(kApart * at));
    return means;
  }();
  return kMeans[static_cast<size_t>(place - kFirst)];
}

}  // namespace

void RowShelf::begin(double step, size_t points) {
  if (step == step_ && points == points_) return;
  step_ = step;
  points_ = points;
  families_.resize(kParts);
  for (int place : in_use_)
    for (DemandRow& row : families_[static_cast<size_t>(place)]->rows) row.sold.clear();
  in_use_.clear();
}

RowShelf::Family& RowShelf::family_of(double part) {
  const int place =
      std::clamp(static_cast<int>(std::lround(std::log((part + kALittle) / kALittle) / kPartsApart)), 0, kParts - 1);
  auto& family = families_[static_cast<size_t>(place)];
  if (!family) {
    family = std::make_unique<Family>();
    family->part = kALittle * std::expm1(kPartsApart * place);
    family->rows.resize(static_cast<size_t>(kRows));
  }
  if (std::find(in_use_.begin(), in_use_.end(), place) == in_use_.end()) in_use_.push_back(place);
  return *family;
}

const DemandRow& RowShelf::kept(Family& family, int place) {
  DemandRow& row = family.rows[static_cast<size_t>(place - kFirst)];
  if (row.sold.empty()) {
    const double mean = mean_at(place);
    demand_row(mean, mean + family.part * mean * mean, step_, points_, row);
  }
  return row;
}

std::optional<MixedRow> RowShelf::row(double mean, double variance) {
  if (mean < 2 * kLeast || mean > kMost) return std::nullopt;
  const int place = static_cast<int>(std::floor(std::log(mean) / kApart));
  Family& family = family_of(std::max(0.0, (variance - mean) / (mean * mean)));
  const double below = mean_at(place);
  const double share = std::clamp((mean - below) / (mean_at(place + 1) - below), 0.0, 1.0);
  return MixedRow{&kept(family, place), &kept(family, place + 1), share};
}

}  // namespace destock::clearance
