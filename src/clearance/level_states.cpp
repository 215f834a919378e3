#include "clearance/level_states.h"

#include <cmath>

namespace destock::clearance {
namespace {

constexpr double kNoSpread = 1e-9;

double factor_in(const LevelPath& path, int week) {
  return path.factor.empty() ? 1 : path.factor[std::min(static_cast<size_t>(week), path.factor.size() - 1)];
}

// Σ weight · (a − 1) · (b − 1)
double together(const LevelStates& states, int a, int b) {
  double sum = 0;
  for (size_t s = 0; s < states.size(); ++s)
    sum += states.weight[s] * (states.factor[s][static_cast<size_t>(a)] - 1) *
           (states.factor[s][static_cast<size_t>(b)] - 1);
  return sum;
}

// The chance to stay at which a state's level is the mean of next week's, as nearly as one figure for all can make it.
void find_keeps(LevelStates& states, int weeks) {
  states.keeps.clear();
  for (int week = 0; week < weeks; ++week) {
    const double next = together(states, week + 1, week + 1);
    states.keeps.push_back(next > kNoSpread ? std::clamp(together(states, week, week + 1) / next, 0.0, 1.0) : 0);
  }
}

}  // namespace

double LevelStates::keeps_through(int week, int weeks) const {
  double stays = 1;
  for (int w = week; w < week + weeks; ++w) stays *= keeps[static_cast<size_t>(w)];
  return stays;
}

LevelStates true_levels(const Decision& decision) {
  LevelStates states;
  static const LevelPath known{1, {}};
  const size_t count = std::max<size_t>(1, decision.levels.size());
  for (size_t s = 0; s < count; ++s) {
    const LevelPath& path = decision.levels.empty() ? known : decision.levels[s];
    states.weight.push_back(path.weight);
    states.factor.emplace_back();
    for (int week = 0; week <= decision.weeks; ++week) states.factor.back().push_back(factor_in(path, week));
  }
  find_keeps(states, decision.weeks);
  return states;
}

LevelStates believed_levels(const Decision& decision) {
  LevelStates states = true_levels(decision);
  // Of the level's variance the part that nobody knows at a week's start.
  double unknown = together(states, 0, 0);
  for (int week = 0; week <= decision.weeks; ++week) {
    const double all = together(states, week, week);
    const double share = all > kNoSpread ? std::sqrt(std::max(0.0, all - unknown) / all) : 0;
    const double more = week < decision.weeks ? together(states, week + 1, week + 1) - all : 0;
    for (auto& factor : states.factor) {
      double& here = factor[static_cast<size_t>(week)];
      here = 1 + share * (here - 1);
    }
    const double mean = decision.base_in(week);
    const double noise = (mean > 0 ? 1 / mean : 1e9) + decision.dispersion;
    unknown = std::max(0.0, unknown * noise / (unknown + noise) + more);
  }
  find_keeps(states, decision.weeks);
  return states;
}

LevelStates drawn_levels(const Decision& decision, bool watched) {
  if (!watched) {
    LevelStates states = true_levels(decision);
    states.keeps.insert(states.keeps.begin(), 0);
    states.keeps.resize(static_cast<size_t>(decision.weeks));
    return states;
  }
  LevelStates states = believed_levels(decision);
  for (auto& factor : states.factor) {
    factor.erase(factor.begin());
    factor.push_back(factor.back());
  }
  return states;
}

std::vector<LevelPath> fewer(std::vector<LevelPath> levels, size_t most) {
  const auto end = [](const LevelPath& path) { return path.factor.empty() ? 1 : path.factor.back(); };
  std::stable_sort(levels.begin(), levels.end(),
                   [&](const LevelPath& a, const LevelPath& b) { return end(a) < end(b); });
  while (levels.size() > most) {
    size_t nearest = 0;
    double least = 0;
    for (size_t i = 0; i + 1 < levels.size(); ++i) {
      const double apart = end(levels[i + 1]) - end(levels[i]);
      const double lost =
          levels[i].weight * levels[i + 1].weight / (levels[i].weight + levels[i + 1].weight) * apart * apart;
      if (i == 0 || lost < least) {
        least = lost;
        nearest = i;
      }
    }
    LevelPath& into = levels[nearest];
    const LevelPath& gone = levels[nearest + 1];
    const double both = into.weight + gone.weight;
    into.factor.resize(std::max(into.factor.size(), gone.factor.size()), end(into));
    for (size_t week = 0; week < into.factor.size(); ++week)
      into.factor[week] =
          (into.weight * into.factor[week] + gone.weight * factor_in(gone, static_cast<int>(week))) / both;
    into.weight = both;
    levels.erase(levels.begin() + static_cast<std::ptrdiff_t>(nearest) + 1);
  }
  return levels;
}

Decision in_state(const Decision& decision, const LevelStates& states, size_t state) {
  Decision d = decision;
  d.levels.clear();
  const auto& factor = states.factor[state];
  const size_t weeks = std::max(decision.base.size(), factor.size());
  d.base.resize(weeks);
  for (size_t week = 0; week < weeks; ++week)
    d.base[week] = decision.base_in(static_cast<int>(week)) * factor[std::min(week, factor.size() - 1)];
  return d;
}

}  // namespace destock::clearance
