#include "demand/launch.h"

#include <algorithm>
#include <cmath>

namespace destock::demand {
namespace {

constexpr size_t kWeeks = 13;         // of a launch
constexpr size_t kSettledWeeks = 13;  // after it, that tell the later pace
constexpr double kPriorLaunches = 5;

struct Sums {
  std::vector<double> units = std::vector<double>(kWeeks, 0);
  std::vector<double> pace = std::vector<double>(kWeeks, 0);
  double launches = 0;
};

std::vector<double> shrunk(const Sums& sums, const std::vector<double>& prior) {
  std::vector<double> share(kWeeks);
  const double weight = sums.launches / (sums.launches + kPriorLaunches);
  for (size_t k = 0; k < kWeeks; ++k) {
    const double own = sums.pace[k] > 0 ? std::clamp(sums.units[k] / sums.pace[k], 0.05, 2.0) : prior[k];
    share[k] = std::exp(weight * std::log(own) + (1 - weight) * std::log(prior[k]));
  }
  return share;
}

}  // namespace

std::vector<LaunchCurve> learn_launches(const History& history, const Panel& panel, const market::LaunchPrior& prior) {
  std::vector<double> start(kWeeks, 1);
  for (size_t k = 0; k < kWeeks; ++k)
    start[k] = std::pow(prior.first_week_share, std::max(0.0, 1 - static_cast<double>(k) / prior.weeks));
  std::vector<Sums> groups(history.groups.size());
  Sums all;
  for (size_t i = 0; i < panel.size(); ++i) {
    const auto units = panel.of(i);
    if (!history.launched[i] || units.size() < kWeeks + kSettledWeeks / 2) continue;
    double sum = 0;
    double known = 0;
    for (size_t t = kWeeks; t < std::min(units.size(), kWeeks + kSettledWeeks); ++t)
      if (!std::isnan(units[t])) {
        sum += units[t];
        ++known;
      }
    if (known < 4 || sum <= 0) continue;
    const double pace = sum / known;
    for (Sums* sums : {&groups[static_cast<size_t>(panel.group[i])], &all}) {
      ++sums->launches;
      for (size_t k = 0; k < kWeeks; ++k) {
        if (std::isnan(units[k])) continue;
        sums->units[k] += std::min(units[k], 4 * pace) / std::sqrt(pace);
        sums->pace[k] += std::sqrt(pace);
      }
    }
  }
  const std::vector<double> account = shrunk(all, start);
  std::vector<LaunchCurve> curves;
  curves.reserve(groups.size());
  for (const Sums& sums : groups) curves.push_back({shrunk(sums, account), sums.launches});
  return curves;
}

}  // namespace destock::demand
