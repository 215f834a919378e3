#include "simulate/learner.h"

#include <cmath>

#include "clearance/level_states.h"

namespace destock::simulate {
namespace {

using clearance::Decision;
using clearance::Programme;

struct Weighed {
  double value, weight;
};
// Against what is believed: of the elasticity, of what a programme adds to 1, and of demand's level.
constexpr Weighed kElasticities[] = {{0.75, 0.25}, {1, 0.5}, {1.3, 0.25}};
constexpr Weighed kUplifts[] = {{0, 0.1}, {0.5, 0.2}, {1, 0.35}, {1.5, 0.35}};
constexpr Weighed kLevels[] = {{0.65, 0.1}, {0.8, 0.2}, {1, 0.4}, {1.25, 0.2}, {1.55, 0.1}};
constexpr double kDrift = 0.03;  // a week: chance that the level is the next one up, and the next one down
// Where the level may wander: from, to and by a factor each; and how much more often it moves to its neighbour.
constexpr size_t kLevelsAgain = 3;
constexpr double kWidest = 0.03, kHighest = 4, kApart = 1.3;
constexpr double kMovedLevel = 0.06, kMovedElasticity = 0.06, kMovedUplift = 0.12;

// log P(D = k), negative binomial of that mean and dispersion; Poisson at 0.
double log_mass(int k, double mean, double dispersion) {
  if (mean <= 0) return k == 0 ? 0 : -60;
  if (dispersion < 1e-6) return k * std::log(mean) - mean - std::lgamma(k + 1.0);
  const double r = 1 / dispersion;
  const double p = r / (r + mean);
  return std::lgamma(k + r) - std::lgamma(r) - std::lgamma(k + 1.0) + r * std::log(p) + k * std::log(1 - p);
}

// P(D ≥ k), by the normal distribution: only to weigh suppositions.
double at_least(int k, double mean, double dispersion) {
  const double deviation = std::sqrt(mean + dispersion * mean * mean);
  return 0.5 * std::erfc((k - 0.5 - mean) / std::max(1e-9, deviation) / std::sqrt(2.0)) + 1e-12;
}

double uplift_of(const Programme& programme, double scale) {
  return 1 + std::max(0.0, programme.uplift - 1) * scale;
}

template <typename T>
void drop_front(std::vector<T>& list, int count) {
  const auto gone = std::min(list.size(), static_cast<size_t>(count));
  // The last value of a list holds on: one of it stays.
  list.erase(list.begin(),
             list.begin() + static_cast<std::ptrdiff_t>(gone == list.size() && gone > 0 ? gone - 1 : gone));
}

}  // namespace

Learner::Learner(const Decision& decision) : d_(decision), drift_(kDrift) {
  for (size_t i = 0; i < decision.elasticity.size(); ++i)
    for (const Weighed& e : kElasticities) elasticities_.push_back(decision.elasticity[i] * e.value);
  for (const Weighed& u : kUplifts) uplifts_.push_back(u.value);
  std::vector<double> chances;
  if (decision.levels.size() > 1) {
    wander_over_levels(decision, chances);
  } else {
    for (const Weighed& l : kLevels) {
      levels_.push_back(l.value);
      chances.push_back(l.weight);
    }
  }
  for (size_t e = 0; e < elasticities_.size(); ++e)
    for (size_t u = 0; u < uplifts_.size(); ++u)
      for (size_t l = 0; l < levels_.size(); ++l) {
        const size_t point = e / std::size(kElasticities);
        all_.push_back({e, u, l,
                        decision.weight[point] * kElasticities[e % std::size(kElasticities)].weight *
                            kUplifts[u].weight * chances[l]});
      }
  planned_ = means();
}

// A grid of levels, the spread of the first week's and how fast they wander.
void Learner::wander_over_levels(const Decision& decision, std::vector<double>& chances) {
  const clearance::LevelStates states = clearance::true_levels(decision);
  const auto squares = [&](size_t week) {
    double sum = 0;
    for (size_t s = 0; s < states.size(); ++s)
      sum += states.weight[s] * std::pow(std::log(std::max(kWidest, states.factor[s][week])), 2);
    return sum;
  };
  const auto weeks = static_cast<size_t>(decision.weeks);
  const double step = std::log(kApart);
  drift_ = std::clamp(squares(weeks) / static_cast<double>(weeks) / (2 * step * step), kDrift, 0.3);
  const double first = std::max(0.05, std::sqrt(squares(0)));
  double sum = 0;
  double level = kWidest;
  while (level < kHighest) {
    levels_.push_back(level);
    chances.push_back(std::exp(-0.5 * std::pow(std::log(level) / first, 2)));
    sum += chances.back();
    level *= kApart;
  }
  for (double& chance : chances) chance /= sum;
}

double Learner::mean_of(const Supposition& s, const SeenWeek& week) const {
  double factor = std::exp(elasticities_[s.elasticity] * d_.felt(week.level));
  if (week.programme >= 0) {
    const Programme& programme = d_.programmes[static_cast<size_t>(week.programme)];
    const double share = programme.days > 0 ? programme.days / double{kWeekDays} : 1;
    factor = (1 - share) + share * uplift_of(programme, uplifts_[s.uplift]) * factor;
  }
  return d_.base_in(week.week) * levels_[s.level] * factor;
}

Learner::Means Learner::means() const {
  Means out;
  double sum = 0;
  for (const Supposition& s : all_) {
    sum += s.weight;
    out.elasticity += s.weight * elasticities_[s.elasticity];
    out.uplift += s.weight * uplifts_[s.uplift];
    out.level += s.weight * levels_[s.level];
  }
  return {out.elasticity / sum, out.uplift / sum, out.level / sum};
}

// Demand does not stand still: a little of each level's weight goes to its neighbours. Levels lie side by side.
void Learner::drift() {
  const size_t levels = levels_.size();
  for (size_t begin = 0; begin < all_.size(); begin += levels) {
    std::vector<double> after(levels, 0);
    for (size_t l = 0; l < levels; ++l) {
      const double weight = all_[begin + l].weight;
      after[l] += weight * (1 - 2 * drift_);
      after[l > 0 ? l - 1 : l] += weight * drift_;
      after[l + 1 < levels ? l + 1 : l] += weight * drift_;
    }
    for (size_t l = 0; l < levels; ++l) all_[begin + l].weight = after[l];
  }
}

void Learner::see(const SeenWeek& week) {
  std::vector<double> logs;
  double most = -1e300;
  for (const Supposition& s : all_) {
    const double mean = mean_of(s, week);
    logs.push_back(week.sold_out ? std::log(at_least(week.sold, mean, d_.dispersion))
                                 : log_mass(week.sold, mean, d_.dispersion));
    most = std::max(most, logs.back());
  }
  double sum = 0;
  for (size_t i = 0; i < all_.size(); ++i) {
    all_[i].weight *= std::exp(std::max(-40.0, logs[i] - most));
    sum += all_[i].weight;
  }
  for (Supposition& s : all_) s.weight /= sum;
  drift();
}

bool Learner::has_moved() const {
  const Means now = means();
  return std::abs(std::log(now.level / planned_.level)) > kMovedLevel ||
         std::abs(now.elasticity / planned_.elasticity - 1) > kMovedElasticity ||
         std::abs(now.uplift - planned_.uplift) > kMovedUplift;
}

Decision Learner::decision_from(int week, const clearance::Standing& standing, int units) {
  planned_ = means();
  Decision d = d_;
  d.weeks -= week;
  d.on_hand = units;
  drop_front(d.base, week);
  for (double& base : d.base) base *= planned_.level;
  d.levels = clearance::fewer(d_.levels, kLevelsAgain);  // from the level of today they wander on as before
  d.elasticity = elasticities_;
  d.weight.assign(elasticities_.size(), 0);
  for (const Supposition& s : all_) d.weight[s.elasticity] += s.weight;
  if (static_cast<size_t>(week) < d.inbound.size()) {
    d.inbound.erase(d.inbound.begin(), d.inbound.begin() + week);
    d.inbound[0] = 0;  // is there already
  } else {
    d.inbound.clear();
  }
  for (Decision::Cohort& cohort : d.cohorts) {
    cohort.arrives = std::max(0, cohort.arrives - week);
    drop_front(cohort.rate, week);
  }
  for (clearance::BulkExit& exit : d.exits) drop_front(exit.by_week, week);
  for (size_t i = 0; i < d.programmes.size(); ++i) {
    Programme& programme = d.programmes[i];
    programme.uplift = uplift_of(programme, planned_.uplift);
    programme.weeks_until_eligible = std::max(0, programme.weeks_until_eligible - week);
    drop_front(programme.slots, week);
  }
  if (static_cast<size_t>(week) < d.no_change.size())
    d.no_change.erase(d.no_change.begin(), d.no_change.begin() + week);
  else
    d.no_change.clear();
  d.past = standing.past;
  d.cooling = standing.cooling;
  return d;
}

}  // namespace destock::simulate
