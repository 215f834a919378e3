#include "clearance/exact_programme.h"

#include <cmath>
#include <map>

#include "clearance/fluid_bound.h"

namespace destock::clearance {
namespace {

// P(D = k), k = 0 …, until nothing is left of it; what is left lies beyond the last.
std::vector<double> masses(const Offer& demand, int most) {
  std::vector<double> out;
  const bool poisson = demand.variance <= demand.mean * 1.0001;
  const double p = poisson ? 1 : demand.mean / demand.variance;
  const double r = poisson ? 0 : demand.mean * p / (1 - p);
  double mass = poisson ? std::exp(-demand.mean) : std::exp(r * std::log(p));
  double sum = 0;
  for (int k = 0; k < most && sum < 1 - 1e-12; ++k) {
    out.push_back(mass);
    sum += mass;
    mass *= (poisson ? demand.mean : (1 - p) * (r + k)) / (k + 1);
  }
  return out;
}

class Exact {
public:
  Exact(const Decision& decision, const PolicyChoice* policy)
      : d_(decision), policy_(policy), end_(end_value(decision)), most_(decision.total_units()) {}

  double value() { return at(0, Standing::at_start(d_))[static_cast<size_t>(d_.on_hand)]; }

private:
  // Only what binds: the lowest price of the last w weeks, for each w within the floor's.
  void keep_what_binds(Standing& standing) const {
    standing.past.resize(static_cast<size_t>(d_.floor_weeks));
    for (size_t w = 0; w < standing.past.size(); ++w) {
      PaidWeek& here = standing.past[w];
      here.units = here.price = 0;
      if (w > 0 && standing.past[w - 1].lowest > 0 && (here.lowest <= 0 || standing.past[w - 1].lowest < here.lowest))
        here.lowest = standing.past[w - 1].lowest;
    }
    if (!d_.monotone) standing.lowest_level = 0;
  }

  // Values by stock at the start of a week, inbound of the week already in.
  const std::vector<double>& at(int week, Standing standing) {
    keep_what_binds(standing);
    std::vector<double> key{static_cast<double>(week), static_cast<double>(standing.lowest_level)};
    key.insert(key.end(), standing.cooling.begin(), standing.cooling.end());
    for (const PaidWeek& paid : standing.past) key.push_back(paid.lowest);
    const auto found = known_.find(key);
    if (found != known_.end()) return found->second;
    return known_.emplace(std::move(key), work_out(week, standing)).first->second;
  }

  std::vector<double> work_out(int week, const Standing& standing) {
    const auto points = static_cast<size_t>(most_) + 1;
    std::vector<double> value(points);
    if (week == d_.weeks) {
      for (size_t x = 0; x < points; ++x) value[x] = value_of(end_, static_cast<double>(x));
      return value;
    }
    if (policy_) return follow(week, standing);
    std::fill(value.begin(), value.end(), -1e300);
    for (int programme = -1; programme < static_cast<int>(d_.programmes.size()); ++programme)
      for (size_t level = 0; level < d_.ladder.size(); ++level) {
        if (!allowed(d_, standing, week, programme, level)) continue;
        const std::vector<double> here = taken(week, standing, programme, level);
        for (size_t x = 0; x < points; ++x) value[x] = std::max(value[x], here[x]);
      }
    if (const auto exit = d_.exit_value(week)) {
      double best = -1e300;
      for (size_t x = 0; x < points; ++x) {
        best = std::max(best, value[x] - *exit * static_cast<double>(x));
        value[x] = best + *exit * static_cast<double>(x);
      }
    }
    return value;
  }

  std::vector<double> follow(int week, const Standing& standing) {
    std::vector<double> value(static_cast<size_t>(most_) + 1);
    std::map<std::pair<int, int>, std::vector<double>> by_choice;
    for (int x = 0; x <= most_; ++x) {
      const Choice choice = (*policy_)(week, standing, x);
      auto found = by_choice.find({choice.programme, choice.level});
      if (found == by_choice.end())
        found = by_choice
                    .emplace(std::pair(choice.programme, choice.level),
                             taken(week, standing, choice.programme, static_cast<size_t>(choice.level)))
                    .first;
      const int out = std::min(x, static_cast<int>(std::lround(choice.exit_units)));
      value[static_cast<size_t>(x)] =
          out * d_.exit_value(week).value_or(0) + found->second[static_cast<size_t>(x) - static_cast<size_t>(out)];
    }
    return value;
  }

  // An action's value at every stock.
  std::vector<double> taken(int week, const Standing& standing, int programme, size_t level) {
    const int weeks = programme < 0 ? 1 : d_.programmes[static_cast<size_t>(programme)].weeks;
    Standing next = standing;
    next.pass(d_, {programme, static_cast<int>(level), 0}, 0);
    const std::vector<double>& then = at(week + weeks, next);
    const Effect effect = effect_of(d_, programme, level);
    const Offer offer = offer_of(d_, effect, week, programme);
    const std::vector<double> mass = masses(offer, most_ + 1);
    double paid = 0;  // mean discount of the weeks' sales
    for (int w = 0; w < weeks; ++w) paid += d_.later(week, w) / weeks;
    const double net = (effect.net - offer.sale_cost) * paid;
    const double later = d_.later(week, weeks);
    int arriving = 0;
    for (int then_week = week + 1; then_week <= week + weeks; ++then_week)
      if (then_week < static_cast<int>(d_.inbound.size()) && then_week < d_.weeks)
        arriving += d_.inbound[static_cast<size_t>(then_week)];
    const auto left_value = [&](int left) { return then[static_cast<size_t>(std::min(most_, left + arriving))]; };
    std::vector<double> value(static_cast<size_t>(most_) + 1);
    for (int x = 0; x <= most_; ++x) {
      double sum = 0;
      double rest = 1;
      for (int k = 0; k < x && static_cast<size_t>(k) < mass.size(); ++k) {
        const double q = mass[static_cast<size_t>(k)];
        rest -= q;
        sum += q * (net * k + later * left_value(x - k));
      }
      sum += std::max(0.0, rest) * (net * x + later * left_value(0)) - offer.fee;
      for (int w = 0; w < weeks; ++w) sum -= d_.later(week, w) * d_.holding(week + w, x);
      value[static_cast<size_t>(x)] = sum;
    }
    return value;
  }

  const Decision& d_;
  const PolicyChoice* policy_;
  Concave end_;
  int most_;
  std::map<std::vector<double>, std::vector<double>> known_;
};

}  // namespace

double exact_value(const Decision& decision) {
  return Exact(decision, nullptr).value();
}

double exact_value_of(const Decision& decision, const PolicyChoice& policy) {
  return Exact(decision, &policy).value();
}

}  // namespace destock::clearance
